//! `lint --print-config`: prints the settings as a configuration file, with the source of each.

use std::{
    io::{self, Write},
    iter,
    path::Path,
};

use indexmap::IndexMap;
use kaizala_actions::lint::{Severity, printable};

use super::{
    file::{Config, Said},
    value::quoted,
};
use crate::{
    lint::args::LintArgs,
    parsers::{Weight, name},
};

/// Prints the settings: `args` are the arguments that were `given`, combined with the file.
pub(crate) fn print(
    args: &LintArgs,
    given: &LintArgs,
    config: Option<&Config>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let file = config.map(|config| config.file.display().to_string());
    let file = file.as_deref().map(printable);
    match &file {
        Some(file) => writeln!(out, "# {file}")?,
        None => writeln!(out, "# no kaizala-actions.toml here or above")?,
    }
    let file = file.unwrap_or_default();
    let nothing = Said::default();
    let said = config.map_or(&nothing, |config| &config.said);
    let lines = |said: &Said, key| -> Vec<_> {
        let lines = said.lines(key);
        lines.map(|line| format!("{file}:{line}")).collect()
    };
    let given_after = |key| {
        let given = iter::repeat_with(|| "command line".to_owned());
        lines(said, key).into_iter().chain(given)
    };
    for ((key, value), (_, given)) in in_toml(args).into_iter().zip(in_toml(given)) {
        let Some(value) = value else { continue };
        let line = lines(said, key).pop();
        let origin = match &line {
            _ if given.is_some() => "command line",
            Some(line) => line,
            None => "default",
        };
        writeln!(out, "{key} = {value} # {origin}")?;
    }
    if !args.allow.is_empty() {
        writeln!(out, "allow = [")?;
        for (value, origin) in allowances(args).zip(given_after("allow")) {
            writeln!(out, "    {value}, # {origin}")?;
        }
        writeln!(out, "]")?;
    }
    print_rules("rules", args.weights().zip(given_after("rules")), out)?;
    for (other, start) in said.overrides.iter().zip(lines(said, "overrides")) {
        writeln!(out, "\n[[overrides]] # {start}")?;
        for (key, value) in in_toml(&other.args) {
            if let Some(value) = value {
                writeln!(out, "{key} = {value}")?;
            }
        }
        let allow: Vec<_> = allowances(&other.args).collect();
        if !allow.is_empty() {
            writeln!(out, "allow = [{}]", allow.join(", "))?;
        }
        let rules = other.args.weights().zip(lines(other, "rules"));
        print_rules("overrides.rules", rules, out)?;
    }
    Ok(())
}

/// Arguments with a single value, by key.
fn in_toml(args: &LintArgs) -> [(&'static str, Option<String>); 12] {
    let reading = &args.reading;
    let path = |path: &Path| quoted(&path.display().to_string());
    let paths: Vec<_> = args.paths.iter().map(|name| path(name)).collect();
    let paths = (!paths.is_empty()).then(|| format!("[{}]", paths.join(", ")));
    [
        ("paths", paths),
        ("format", args.format.map(|format| quoted(&name(&format)))),
        (
            "deny-warnings",
            args.deny_warnings.map(|deny| deny.to_string()),
        ),
        ("as", args.body.map(|kind| quoted(kind.name()))),
        ("input", reading.input.map(|input| quoted(&name(&input)))),
        ("body-column", reading.body_column.as_deref().map(quoted)),
        ("id-column", reading.id_column.as_deref().map(quoted)),
        ("map", reading.map.as_ref().map(in_quotes)),
        ("id-pointer", reading.id_pointer.as_ref().map(in_quotes)),
        (
            "environment",
            reading.environment.as_ref().map(|it| path(it.path())),
        ),
        ("baseline", args.baseline.as_deref().map(path)),
        ("survey", args.survey.as_deref().map(path)),
    ]
}

fn in_quotes(value: &impl ToString) -> String {
    quoted(&value.to_string())
}

fn allowances(args: &LintArgs) -> impl Iterator<Item = String> {
    let allow = args.allow.iter();
    allow.map(|(name, method)| quoted(&format!("{name}:{method}").to_lowercase()))
}

/// Prints the severity of each rule, which is the last one that was set.
fn print_rules(
    table: &str,
    weights: impl Iterator<Item = (Weight, String)>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut last = IndexMap::new();
    for ((rule, severity), origin) in weights {
        last.shift_remove(rule.name);
        last.insert(rule.name, (severity.map_or("off", Severity::name), origin));
    }
    if !last.is_empty() {
        writeln!(out, "\n[{table}]")?;
    }
    let mut last = last.into_iter();
    last.try_for_each(|(rule, (level, origin))| writeln!(out, "{rule} = \"{level}\" # {origin}"))
}
