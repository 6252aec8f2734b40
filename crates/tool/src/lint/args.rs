//! The arguments of `lint`.

use std::{io, num::NonZero, path::PathBuf};

use clap::{
    ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use kaizala_actions::{body::BodyKind, lint::Rule, support::Method};

use crate::{
    console::has_color,
    input::Format,
    parsers::{Weight, allowance, body_kind, names, rules, severity},
    report,
};

/// Say what is wrong with recorded bodies and exchanges
///
/// Exit code: 0 without an error, 1 with one, 2 when something could not be read or has nothing to
/// judge, 130 when it was interrupted (129 by SIGHUP, 143 by SIGTERM).
#[derive(Clone, Debug, Default, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(crate) struct LintArgs {
    /// Which body the documents are; found out from their members without it
    #[arg(long = "as", value_name = "OPERATION.DIRECTION", value_parser = known_body_kind())]
    pub body: Option<BodyKind>,
    /// What the files hold; auto without it
    #[arg(long, value_name = "FORMAT")]
    pub input: Option<Format>,
    /// How to report on stdout; full without it
    #[arg(long)]
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
    #[arg(long, value_name = "RULE", value_parser = rules(), hide_possible_values = true)]
    pub ignore: Vec<&'static Rule>,
    /// List at most so many findings of a text, errors first; 1000 without it. The others are counted
    #[arg(long, value_name = "N")]
    pub most_findings: Option<usize>,
    /// Let warnings count as errors in the exit code
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub deny_warnings: Option<bool>,
    /// Let findings alone leave the exit code 0; what cannot be read or judged does not
    #[arg(long)]
    pub exit_zero: bool,
    /// Let an input in which there is nothing to judge pass, as a script without a call
    #[arg(long)]
    pub allow_empty: bool,
    /// How many threads to lint with; as many as the machine has cores without it. The order of the
    /// findings is the same
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
    /// Fix what can surely be fixed, in the files; of stdin, print the fixed text and report to
    /// stderr
    #[arg(long, conflicts_with_all = ["diff", "write_baseline"])]
    pub fix: bool,
    /// Show as a unified diff what --fix would change, and change nothing
    #[arg(long, conflicts_with_all = ["baseline", "write_baseline"])]
    pub diff: bool,
    /// How much the findings of a rule weigh, or off, as in unknown-member=error
    #[arg(long, value_name = "RULE=SEVERITY", value_parser = severity)]
    pub severity: Vec<Weight>,
    /// Report only what this file does not have
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write all that is found to a file, as known from now on
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    /// The survey that responses are to, as it was posted: holds each answer to its question
    #[arg(long, value_name = "FILE")]
    pub survey: Option<PathBuf>,
    /// The settings; without it, kaizala-actions.toml here or in the nearest folder above
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Look for no settings
    #[arg(long)]
    pub no_config: bool,
    /// Print the settings and where each comes from, and lint nothing
    #[arg(long)]
    pub print_config: bool,
    /// When to use colour; NO_COLOR is honoured
    #[arg(long, value_enum, default_value_t)]
    pub color: Color,
    /// Files, folders (all *.json, *.ndjson, *.jsonl and *.har below, also with .gz or .zst), or -
    /// for stdin, as without any
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

impl LintArgs {
    /// How much the findings of rules are to weigh; the last that is said of a rule holds.
    pub fn weights(&self) -> impl Iterator<Item = Weight> {
        let ignored = self.ignore.iter().map(|rule| (*rule, None));
        self.severity.iter().copied().chain(ignored)
    }

    /// Adds what a file says: where only one thing can be said, these arguments win.
    pub fn add(&mut self, file: Self) {
        if self.paths.is_empty() {
            self.paths = file.paths;
        }
        self.format = self.format.or(file.format);
        self.deny_warnings = self.deny_warnings.or(file.deny_warnings);
        self.body = self.body.or(file.body);
        self.input = self.input.or(file.input);
        self.allow.splice(..0, file.allow);
        self.baseline = self.baseline.take().or(file.baseline);
        self.survey = self.survey.take().or(file.survey);
        self.severity.splice(..0, file.severity);
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    /// Whether stdout is to have colour.
    pub fn is_wanted(self) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => has_color(&io::stdout()),
        }
    }
}

fn known_body_kind() -> impl TypedValueParser<Value = BodyKind> {
    PossibleValuesParser::new(BodyKind::ALL.iter().copied().map(body_kind))
        .try_map(|name| name.parse::<BodyKind>())
}

fn output(text: &str) -> Result<(report::Format, PathBuf), String> {
    let (name, file) = text
        .split_once('=')
        .ok_or("write FORMAT=FILE, as in sarif=lint.sarif")?;
    let format = report::Format::from_str(name, false).map_err(|_| {
        let formats = names::<report::Format>().join(", ");
        format!("no format {name}; there are {formats}")
    })?;
    if file.is_empty() {
        Err("the file is missing: write FORMAT=FILE".to_owned())
    } else {
        Ok((format, PathBuf::from(file)))
    }
}
