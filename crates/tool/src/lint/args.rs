//! The arguments of `lint`.

use std::{io, num::NonZero, path::PathBuf};

use clap::{
    ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use kaizala_actions::{body::BodyKind, lint::Rule, support::Method};

use crate::{
    console::has_color,
    input::Reading,
    parsers::{Weight, allowance, body_kind, names, rules, severity},
    report,
};

/// The headings of the help.
const INPUT: &str = "Input";
const REPORTS: &str = "Reports";
const RULES: &str = "Rules and exit code";
const FIXES: &str = "Fixes";
const SETTINGS: &str = "Settings";

const EXAMPLES: &str = "\
Examples:
  Check a folder of recorded bodies
      kaizala-actions lint recorded/
  Check a pipe, one line per finding
      jq .body log.json | kaizala-actions lint --format concise
  Annotate a pull request and keep a SARIF file
      kaizala-actions lint --format github --output sarif=lint.sarif recorded/
  Show what would be fixed
      kaizala-actions lint --diff recorded/";

/// Check recorded bodies and exchanges
///
/// Exit code: 0 if there are no errors, 1 if there are, 2 if an input could not be read or has
/// nothing to check, 130 if interrupted (129 by SIGHUP, 143 by SIGTERM).
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(crate) struct LintArgs {
    /// Set the kind of body [default: detected from its members]
    #[arg(help_heading = INPUT, long = "as", value_name = "OPERATION.DIRECTION", value_parser = known_body_kind())]
    pub body: Option<BodyKind>,
    #[command(flatten)]
    pub reading: Reading,
    /// Set the report on stdout [default: full]
    #[arg(help_heading = REPORTS, long)]
    pub format: Option<report::Format>,
    /// Print no report on stdout; --output and the exit code are unaffected
    #[arg(help_heading = REPORTS, long, conflicts_with_all = ["format", "diff"])]
    pub quiet: bool,
    /// Also write a report to a file, as in sarif=lint.sarif; may be repeated
    #[arg(help_heading = REPORTS, long, value_name = "FORMAT=FILE", value_parser = output)]
    pub output: Vec<(report::Format, PathBuf)>,
    /// Print counts by rule, body and action type to stderr
    #[arg(help_heading = REPORTS, long)]
    pub statistics: bool,
    /// Also report what of the contract the input exercises, and what it has that the contract
    /// lacks: in json, markdown and summary, and otherwise on stderr
    #[arg(help_heading = REPORTS, long, conflicts_with = "diff")]
    pub coverage: bool,
    /// Accept a type that the matrix does not list for a method, as in announcement:post
    #[arg(help_heading = RULES, long, value_name = "TYPE:METHOD", value_parser = allowance)]
    pub allow: Vec<(String, Method)>,
    /// Ignore a rule, by id or name
    #[arg(help_heading = RULES, long, value_name = "RULE", value_parser = rules(), hide_possible_values = true)]
    pub ignore: Vec<&'static Rule>,
    /// List at most N findings of a body, errors first; all are counted [default: 1000]
    #[arg(help_heading = REPORTS, long, value_name = "N")]
    pub most_findings: Option<usize>,
    /// Exit with 1 if there are warnings, too
    #[arg(help_heading = RULES, long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub deny_warnings: Option<bool>,
    /// Exit with 0 if there are findings; unreadable inputs still exit with 2
    #[arg(help_heading = RULES, long)]
    pub exit_zero: bool,
    /// Accept inputs with nothing to check, such as a script without a call
    #[arg(help_heading = INPUT, long)]
    pub allow_empty: bool,
    /// Set the number of threads; the order of the findings stays the same [default: number of
    /// cores]
    #[arg(help_heading = SETTINGS, long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
    /// Fix what can be fixed without doubt, in place; for stdin, print the result to stdout
    #[arg(help_heading = FIXES, long, conflicts_with_all = ["diff", "write_baseline"])]
    pub fix: bool,
    /// Print what --fix would change as a unified diff, and write nothing
    #[arg(help_heading = FIXES, long, conflicts_with_all = ["baseline", "write_baseline"])]
    pub diff: bool,
    /// Set the severity of a rule, or turn it off, as in unknown-member=error
    #[arg(help_heading = RULES, long, value_name = "RULE=SEVERITY", value_parser = severity)]
    pub severity: Vec<Weight>,
    /// Hide the findings in this baseline file
    #[arg(help_heading = RULES, long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write all findings to a baseline file
    #[arg(help_heading = RULES, long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    /// Check responses against this survey, as it was posted
    #[arg(help_heading = INPUT, long, value_name = "FILE")]
    pub survey: Option<PathBuf>,
    /// Read settings from this file [default: kaizala-actions.toml here or in the nearest folder
    /// above]
    #[arg(help_heading = SETTINGS, long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Read no settings file
    #[arg(help_heading = SETTINGS, long)]
    pub no_config: bool,
    /// Print the settings and where each comes from, and exit
    #[arg(help_heading = SETTINGS, long)]
    pub print_config: bool,
    /// When to use color; NO_COLOR turns it off
    #[arg(help_heading = REPORTS, long, value_enum, default_value_t)]
    pub color: Color,
    /// Files, folders (*.json, *.ndjson, *.jsonl and *.har, also with .gz or .zst), or - for stdin
    /// [default: stdin]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

impl LintArgs {
    /// The severities of rules; the last one for a rule counts.
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
        self.reading.fill(file.reading);
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
