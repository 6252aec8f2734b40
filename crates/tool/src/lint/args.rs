//! The arguments of `lint` about working with what is found.

use std::path::PathBuf;

use kaizala_actions::lint::{Rule, Severity};

use crate::args::rule;

#[derive(Clone, Debug, Default, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(crate) struct Working {
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
}

/// How much the findings of a rule are to weigh; none to leave them out.
pub(crate) type Weight = (&'static Rule, Option<Severity>);

fn severity(text: &str) -> Result<Weight, String> {
    let (name, severity) = text
        .split_once('=')
        .ok_or("write RULE=SEVERITY, as in unknown-member=error")?;
    Ok((rule(name)?, level(severity)?))
}

/// `off`, or a severity.
pub(super) fn level(name: &str) -> Result<Option<Severity>, String> {
    match name {
        "off" => Ok(None),
        "note" => Ok(Some(Severity::Note)),
        "warning" => Ok(Some(Severity::Warning)),
        "error" => Ok(Some(Severity::Error)),
        _ => Err("a severity is error, warning, note or off".to_owned()),
    }
}
