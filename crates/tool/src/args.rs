//! The arguments: help and completions are made from these definitions too.

use std::{num::NonZero, path::PathBuf};

use clap::{
    Parser, Subcommand, ValueEnum, builder::PossibleValue, builder::PossibleValuesParser,
    builder::TypedValueParser as _,
};
use clap_complete::Shell;
use kaizala_actions::{body::BodyKind, contract::Dialect, lint::Rule, support::Method};

use super::lint::Working;
use crate::{input::Format, report};

/// The contract of Microsoft Kaizala's /actions API: lints recorded bodies, calls the API, and
/// prints what the contract says.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, arg_required_else_help = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Lint(LintArgs),
    #[cfg(feature = "client")]
    #[command(flatten)]
    Call(super::calls::Call),
    /// Print the support matrix: which action types can be listed (GET) and posted (POST)
    Matrix {
        /// How to print it
        #[arg(long, value_enum, default_value_t)]
        format: TableFormat,
    },
    /// List the rules of the linter
    Rules {
        /// How to print them
        #[arg(long, value_enum, default_value_t)]
        format: RulesFormat,
    },
    /// Explain a rule: what it finds, why, an example and its source
    Explain {
        /// Id or name of the rule, as in KZ201 or unsupported-method
        #[arg(value_parser = rule)]
        rule: &'static Rule,
    },
    /// Print the OpenAPI document
    Spec {
        /// How to print it
        #[arg(long, value_enum, default_value_t)]
        format: SpecFormat,
    },
    /// Print the JSON Schema of a body, or of kaizala-actions.toml
    Schema {
        /// In which dialect
        #[arg(long, value_enum, default_value_t)]
        draft: Draft,
        /// Which body, or config for kaizala-actions.toml
        #[arg(value_name = "OPERATION.DIRECTION|config", value_parser = subject())]
        of: Subject,
    },
    /// Write the reference of the contract: pages for a browser, which need no server and no
    /// network
    Docs {
        /// Where to write it; what was written there before is replaced, and nothing else
        #[arg(long, value_name = "FOLDER", default_value = "kaizala-actions-docs")]
        output: PathBuf,
    },
    #[cfg(feature = "sandbox")]
    Serve(ServeArgs),
    /// Show everything at once: start a sandbox, post, list, page, answer, be refused, lint what
    /// was recorded
    #[cfg(all(feature = "client", feature = "sandbox"))]
    Demo,
    /// Print the manual page of the tool or of a command
    Man {
        /// Which command; the tool itself without it
        #[arg(value_name = "COMMAND", conflicts_with = "output")]
        command: Option<String>,
        /// Write all pages to this folder instead
        #[arg(long, value_name = "FOLDER")]
        output: Option<PathBuf>,
    },
    /// Print the completions for a shell
    Completions {
        /// Which shell
        #[arg(value_enum)]
        shell: Shell,
    },
}

/// Say what is wrong with recorded bodies and exchanges
///
/// Exit code: 0 without an error, 1 with one, 2 when something could not be read, 130 when it was
/// interrupted.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct LintArgs {
    /// Which body the documents are; found out from their members without it
    #[arg(long = "as", value_name = "OPERATION.DIRECTION", value_parser = body_kind())]
    pub body: Option<BodyKind>,
    /// What the files hold; auto without it
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input: Option<Input>,
    /// How to report on stdout; full without it
    #[arg(long, value_enum)]
    pub format: Option<report::Format>,
    /// Report nothing on stdout; the exit code tells, and so do the files of --output
    #[arg(long, conflicts_with_all = ["format", "diff"])]
    pub quiet: bool,
    /// Report into a file too, as in sarif=lint.sarif; any number of times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output)]
    pub output: Vec<(report::Format, PathBuf)>,
    /// Print counts by rule, body and action type on stderr
    #[arg(long)]
    pub statistics: bool,
    /// Let a type pass that the contract does not have there, as in announcement:post
    #[arg(long, value_name = "TYPE:METHOD", value_parser = allowance)]
    pub allow: Vec<(String, Method)>,
    /// Leave out the findings of a rule, by id or name
    #[arg(long, value_name = "RULE", value_parser = rule)]
    pub ignore: Vec<&'static Rule>,
    /// Let warnings count as errors in the exit code
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub deny_warnings: Option<bool>,
    /// How many threads to lint with; as many as the machine has cores without it. The order of the
    /// findings is the same
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
    #[command(flatten)]
    pub working: Working,
    /// When to use colour; NO_COLOR is honoured
    #[arg(long, value_enum, default_value_t)]
    pub color: Color,
    /// Files, folders (all *.json, *.ndjson, *.jsonl and *.har below, also with .gz or .zst), or -
    /// for stdin, as without any
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// Serve the API: a sandbox that enforces the contract and remembers what was posted
///
/// Every call needs the header accessToken; without --token any value will do. Control endpoints
/// are below /_sandbox/: health, reset, snapshot, restore, exchanges (as HAR), faults. The
/// reference of the contract is at /, for a browser. SIGTERM or Ctrl-C ends it.
#[cfg(feature = "sandbox")]
#[derive(Debug, clap::Args)]
pub(super) struct ServeArgs {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4010")]
    pub listen: std::net::SocketAddr,
    /// A token to take, instead of any
    #[arg(long = "token", value_name = "TOKEN")]
    pub tokens: Vec<String>,
    /// Let a type be posted that the contract does not have there, as in announcement:post
    #[arg(long, value_name = "TYPE:METHOD", value_parser = allowance)]
    pub allow: Vec<(String, Method)>,
    /// Let what a rule finds pass, by id or name
    #[arg(long, value_name = "RULE", value_parser = rule)]
    pub ignore: Vec<&'static Rule>,
    /// Refuse what a rule finds, though it be a warning
    #[arg(long, value_name = "RULE", value_parser = rule)]
    pub deny: Vec<&'static Rule>,
    /// What there is from the start, as JSON; no other group exists then
    #[arg(long, value_name = "FILE")]
    pub seed: Option<PathBuf>,
    /// Let ids, times and media addresses be the same in every run with the same number
    #[arg(long, value_name = "N")]
    pub deterministic: Option<u64>,
    /// Keep the state in an SQLite file; without it, in memory
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Refuse more calls a minute of one token with 429
    #[arg(long, value_name = "N/min", value_parser = per_minute)]
    pub throttle: Option<u32>,
    /// Answer every call with 308 and this endpoint
    #[arg(long, value_name = "URL")]
    pub moved_to: Option<String>,
    /// The most bytes of a body
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 20)]
    pub body_limit: usize,
    /// Do not log the requests
    #[arg(long)]
    pub quiet: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum TableFormat {
    #[default]
    Text,
    Markdown,
    Json,
    /// As RFC 4180 has it, with the names of the columns first
    Csv,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum RulesFormat {
    #[default]
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum SpecFormat {
    /// As it was written, with its comments
    #[default]
    Yaml,
    Json,
}

/// What a JSON Schema is of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject {
    Body(BodyKind),
    Config,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Draft {
    /// Draft 2020-12
    #[default]
    #[value(name = "2020-12")]
    Draft202012,
    /// Draft-07, for tools that know no newer one
    #[value(name = "7", aliases = ["07", "draft-07"])]
    Draft7,
}

impl From<Draft> for Dialect {
    fn from(draft: Draft) -> Self {
        match draft {
            Draft::Draft202012 => Self::Draft202012,
            Draft::Draft7 => Self::Draft7,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    #[default]
    Auto,
    Always,
    Never,
}

/// What a file holds, if that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Input {
    Auto,
    Is(Format),
}

impl Input {
    pub fn format(self) -> Option<Format> {
        match self {
            Self::Auto => None,
            Self::Is(format) => Some(format),
        }
    }

    /// Whether it is said to be exchanges.
    pub fn has_exchanges(self) -> bool {
        self.format().is_some_and(Format::has_exchanges)
    }
}

impl ValueEnum for Input {
    fn value_variants<'a>() -> &'a [Self] {
        const {
            &[
                Self::Auto,
                Self::Is(Format::Json),
                Self::Is(Format::Ndjson),
                Self::Is(Format::Exchanges),
                Self::Is(Format::Har),
                Self::Is(Format::Curl),
            ]
        }
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Auto => Some(PossibleValue::new("auto").help("Found out from the content")),
            Self::Is(format) => format.to_possible_value(),
        }
    }
}

fn body_kind() -> impl clap::builder::TypedValueParser<Value = BodyKind> {
    PossibleValuesParser::new(BodyKind::ALL.iter().map(|kind| kind.name()))
        .try_map(|name| name.parse::<BodyKind>())
}

fn subject() -> impl clap::builder::TypedValueParser<Value = Subject> {
    let names = BodyKind::ALL
        .iter()
        .map(|kind| kind.name())
        .chain(["config"]);
    PossibleValuesParser::new(names).map(|name| name.parse().map_or(Subject::Config, Subject::Body))
}

pub(super) fn rule(name: &str) -> Result<&'static Rule, String> {
    Rule::find(name).ok_or_else(|| match Rule::nearest(name) {
        Some(near) => format!("no such rule; did you mean {} ({})?", near.name, near.id),
        None => "no such rule; `kaizala-actions rules` lists them".to_owned(),
    })
}

pub(super) fn allowance(text: &str) -> Result<(String, Method), String> {
    let (name, method) = text
        .rsplit_once(':')
        .ok_or("write TYPE:METHOD, as in announcement:post")?;
    if name.is_empty() {
        return Err("the type is missing: write TYPE:METHOD, as in announcement:post".to_owned());
    }
    let method = method
        .parse::<Method>()
        .map_err(|error| error.to_string())?;
    Ok((name.to_owned(), method))
}

fn output(text: &str) -> Result<(report::Format, PathBuf), String> {
    let formats = || {
        report::Format::value_variants()
            .iter()
            .filter_map(ValueEnum::to_possible_value)
    };
    let names = || {
        formats()
            .map(|format| format.get_name().to_owned())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (name, file) = text
        .split_once('=')
        .ok_or("write FORMAT=FILE, as in sarif=lint.sarif")?;
    let format = report::Format::from_str(name, false)
        .map_err(|_| format!("no format {name}; there are {}", names()))?;
    if file.is_empty() {
        Err("the file is missing: write FORMAT=FILE".to_owned())
    } else {
        Ok((format, PathBuf::from(file)))
    }
}

#[cfg(feature = "sandbox")]
fn per_minute(text: &str) -> Result<u32, String> {
    text.strip_suffix("/min")
        .unwrap_or(text)
        .parse()
        .map_err(|_| "write N/min, as in 100/min".to_owned())
}
