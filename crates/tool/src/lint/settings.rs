//! What holds for a run: the command line, and what `kaizala-actions.toml` says beside it.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Write},
    path::{Component, Path, PathBuf},
};

use clap::ValueEnum as _;
use kaizala_actions::lint::{Linter, Severity, Survey};

use super::{
    config::{Config, Scope, Told},
    judge::Judge,
};
use crate::{
    args::{Input, LintArgs},
    input::Format,
};

/// What holds in place of `--as`.
pub(super) const AMONG_EXCHANGES: &str = "which body is which, method and path tell";

/// The command line, filled up with what the file says.
pub(super) struct Settings {
    /// As if all of it had been said on the command line.
    pub args: LintArgs,
    pub deny_warnings: bool,
    /// What was said there.
    given: LintArgs,
    config: Option<Config>,
    linter: Linter,
    /// The folder that overrides count from, and the one that paths do.
    folders: Option<(PathBuf, PathBuf)>,
}

impl Settings {
    /// # Errors
    /// What is wrong with the file, or with the survey that it or the command line names.
    pub fn new(given: &LintArgs) -> Result<Self, String> {
        let working = &given.working;
        let config = if working.no_config {
            None
        } else {
            Config::find(working.config.as_deref())?
        };
        let mut args = given.clone();
        if let Some(config) = &config {
            let told = config.paths.as_ref().filter(|_| args.paths.is_empty());
            args.paths.extend(
                told.into_iter()
                    .flat_map(|paths| paths.value.iter().cloned()),
            );
            args.format = args
                .format
                .or(config.format.as_ref().map(|format| format.value));
            fill(&mut args.working.baseline, config.baseline.as_ref());
            fill(&mut args.working.survey, config.survey.as_ref());
            fill(&mut args.body, config.general.body.as_ref());
            fill(&mut args.input, config.general.input.as_ref());
        }
        if args.input.is_some_and(Input::has_exchanges) {
            if given.body.is_some() {
                let told = config.as_ref().filter(|_| given.input.is_none());
                let told = told.and_then(|config| {
                    Some(format!(
                        "{}:{}",
                        config.file.display(),
                        config.general.input.as_ref()?.line
                    ))
                });
                return Err(format!(
                    "--as is for bodies, and {} is for exchanges: {AMONG_EXCHANGES}",
                    match told {
                        Some(line) => format!("the input that {line} tells"),
                        None => "this --input".to_owned(),
                    }
                ));
            }
            // What the command line says of the input wins over what the file says of bodies.
            args.body = None;
        }
        if args.paths.is_empty() {
            args.paths.push(PathBuf::from("-"));
        }
        let deny_warnings = args
            .deny_warnings
            .or_else(|| Some(config.as_ref()?.deny_warnings.as_ref()?.value))
            .unwrap_or_default();
        let mut linter = Linter::new();
        if let Some(path) = args
            .working
            .survey
            .as_ref()
            .filter(|_| !working.print_config)
        {
            let text = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
            linter = linter.survey(
                Survey::read(&text).map_err(|error| format!("{}: {error}", path.display()))?,
            );
        }
        if let Some(config) = &config {
            linter = scoped(linter, &config.general);
        }
        let folders = config
            .as_ref()
            .filter(|config| !config.overrides.is_empty())
            .and_then(|config| {
                let here = std::env::current_dir().ok()?;
                Some((plain(&here.join(config.folder())), here))
            });
        let linter = commanded(linter, given);
        Ok(Self {
            args,
            deny_warnings,
            given: given.clone(),
            config,
            linter,
            folders,
        })
    }

    /// What judges the documents of a path.
    pub fn judge(&self, path: &str) -> Judge {
        let mut judge = Judge {
            linter: self.linter.clone(),
            body: self.args.body,
            input: None,
        };
        let mut input = self.args.input;
        judge.input = input.and_then(Input::format);
        let (Some(config), Some((folder, here))) = (&self.config, &self.folders) else {
            return judge;
        };
        let place = plain(&here.join(path));
        let Ok(place) = place.strip_prefix(folder) else {
            return judge;
        };
        let mut is_overridden = false;
        for scope in config
            .overrides
            .iter()
            .filter(|other| other.globs.is_match(place))
            .map(|other| &other.scope)
        {
            is_overridden = true;
            judge.linter = scoped(judge.linter, scope);
            judge.body = self
                .given
                .body
                .or(scope.body.as_ref().map(|told| told.value))
                .or(judge.body);
            input = self
                .given
                .input
                .or(scope.input.as_ref().map(|told| told.value))
                .or(input);
        }
        judge.input = input.and_then(Input::format);
        if is_overridden {
            judge.linter = commanded(judge.linter, &self.given);
        }
        judge
    }

    /// What to say where a file turns out to hold exchanges, so that nothing is made of what it was
    /// said to hold.
    pub fn unheeded(&self, path: &str, judge: &Judge, format: Format) -> Option<String> {
        let said = if self.given.body.is_some() {
            "--as"
        } else {
            "`as`"
        };
        // That some files have another input than the others, the file may say.
        let is_meant = judge.input.is_some() && self.given.body.is_none();
        (judge.body.is_some() && format.has_exchanges() && !is_meant)
            .then(|| format!("{path} holds exchanges, and {said} is for bodies: {AMONG_EXCHANGES}"))
    }

    /// Prints the settings as a file that makes them, with where each comes from.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self {
            args,
            given,
            config,
            ..
        } = self;
        let file = config
            .as_ref()
            .map(|config| config.file.display().to_string());
        let line = |line: usize| format!("{}:{line}", file.as_deref().unwrap_or_default());
        let origin = |is_given: bool, told: Option<usize>| match (is_given, told) {
            (true, _) => "command line".to_owned(),
            (false, Some(told)) => line(told),
            (false, None) => "default".to_owned(),
        };
        let general = config.as_ref().map(|config| &config.general);
        match &file {
            Some(file) => writeln!(out, "# {}", comment(file))?,
            None => writeln!(out, "# no kaizala-actions.toml here or above")?,
        }
        let paths: Vec<_> = args
            .paths
            .iter()
            .map(|path| quoted(&path.display().to_string()))
            .collect();
        let told = config
            .as_ref()
            .and_then(|config| Some(config.paths.as_ref()?.line));
        writeln!(
            out,
            "paths = [{}] # {}",
            paths.join(", "),
            comment(&origin(!given.paths.is_empty(), told))
        )?;
        if let Some(format) = args.format.unwrap_or_default().to_possible_value() {
            let told = config
                .as_ref()
                .and_then(|config| Some(config.format.as_ref()?.line));
            writeln!(
                out,
                "format = {} # {}",
                quoted(format.get_name()),
                comment(&origin(given.format.is_some(), told))
            )?;
        }
        let told = config
            .as_ref()
            .and_then(|config| Some(config.deny_warnings.as_ref()?.line));
        writeln!(
            out,
            "deny-warnings = {} # {}",
            self.deny_warnings,
            comment(&origin(given.deny_warnings.is_some(), told))
        )?;
        if let Some(body) = args.body {
            let told = general.and_then(|scope| Some(scope.body.as_ref()?.line));
            writeln!(
                out,
                "as = {} # {}",
                quoted(body.name()),
                comment(&origin(given.body.is_some(), told))
            )?;
        }
        if let Some(input) = args.input.and_then(|input| input.to_possible_value()) {
            let told = general.and_then(|scope| Some(scope.input.as_ref()?.line));
            writeln!(
                out,
                "input = {} # {}",
                quoted(input.get_name()),
                comment(&origin(given.input.is_some(), told))
            )?;
        }
        for (name, path, is_given, told) in [
            (
                "baseline",
                &args.working.baseline,
                given.working.baseline.is_some(),
                config.as_ref().and_then(|config| config.baseline.as_ref()),
            ),
            (
                "survey",
                &args.working.survey,
                given.working.survey.is_some(),
                config.as_ref().and_then(|config| config.survey.as_ref()),
            ),
        ] {
            if let Some(path) = path {
                let origin = origin(is_given, told.map(|told| told.line));
                writeln!(
                    out,
                    "{name} = {} # {}",
                    quoted(&path.display().to_string()),
                    comment(&origin)
                )?;
            }
        }
        let allowed = general
            .into_iter()
            .flat_map(|scope| &scope.allow)
            .map(|told| (&told.value, line(told.line)));
        let allowed: Vec<_> = allowed
            .chain(
                given
                    .allow
                    .iter()
                    .map(|allow| (allow, "command line".to_owned())),
            )
            .collect();
        if !allowed.is_empty() {
            writeln!(out, "allow = [")?;
            for ((name, method), origin) in allowed {
                writeln!(
                    out,
                    "    {}, # {}",
                    quoted(&format!("{name}:{method}").to_lowercase()),
                    comment(&origin)
                )?;
            }
            writeln!(out, "]")?;
        }
        let told = general
            .into_iter()
            .flat_map(|scope| &scope.rules)
            .map(|told| (told.value, line(told.line)));
        let given = given
            .working
            .severity
            .iter()
            .copied()
            .chain(given.ignore.iter().map(|rule| (*rule, None)));
        let mut weights: Vec<_> = told
            .chain(given.map(|weight| (weight, "command line".to_owned())))
            .collect();
        // The last that is said of a rule holds.
        let mut index = 0;
        while index < weights.len() {
            if weights[index + 1..]
                .iter()
                .any(|((rule, _), _)| *rule == weights[index].0.0)
            {
                weights.remove(index);
            } else {
                index += 1;
            }
        }
        print_rules(&weights, "rules", out)?;
        for told in config.iter().flat_map(|config| &config.overrides) {
            let patterns: Vec<_> = told
                .patterns
                .iter()
                .map(|pattern| quoted(pattern))
                .collect();
            writeln!(
                out,
                "\n[[overrides]] # {}\npaths = [{}]",
                comment(&line(told.line)),
                patterns.join(", ")
            )?;
            if let Some(body) = &told.scope.body {
                writeln!(out, "as = {}", quoted(body.value.name()))?;
            }
            if let Some(input) = told
                .scope
                .input
                .as_ref()
                .and_then(|input| input.value.to_possible_value())
            {
                writeln!(out, "input = {}", quoted(input.get_name()))?;
            }
            let allowed =
                told.scope.allow.iter().map(|told| {
                    quoted(&format!("{}:{}", told.value.0, told.value.1).to_lowercase())
                });
            let allowed: Vec<_> = allowed.collect();
            if !allowed.is_empty() {
                writeln!(out, "allow = [{}]", allowed.join(", "))?;
            }
            let weights: Vec<_> = told
                .scope
                .rules
                .iter()
                .map(|told| (told.value, line(told.line)))
                .collect();
            print_rules(&weights, "overrides.rules", out)?;
        }
        Ok(())
    }
}

fn print_rules(
    weights: &[(super::args::Weight, String)],
    table: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    if !weights.is_empty() {
        writeln!(out, "\n[{table}]")?;
    }
    for ((rule, severity), origin) in weights {
        writeln!(
            out,
            "{} = {} # {}",
            rule.name,
            quoted(severity.map_or("off", Severity::name)),
            comment(origin)
        )?;
    }
    Ok(())
}

fn fill<T: Clone>(value: &mut Option<T>, told: Option<&Told<T>>) {
    if value.is_none() {
        *value = told.map(|told| told.value.clone());
    }
}

/// A linter with what a scope of the file says.
fn scoped(linter: Linter, scope: &Scope) -> Linter {
    let linter = scope.allow.iter().fold(
        linter,
        |linter,
         Told {
             value: (name, method),
             ..
         }| linter.allow(name, *method),
    );
    scope
        .rules
        .iter()
        .fold(linter, |linter, told| weighed(linter, told.value))
}

/// A linter with what the command line says, which wins.
fn commanded(linter: Linter, args: &LintArgs) -> Linter {
    let linter = args
        .allow
        .iter()
        .fold(linter, |linter, (name, method)| linter.allow(name, *method));
    let linter = args
        .working
        .severity
        .iter()
        .fold(linter, |linter, weight| weighed(linter, *weight));
    args.ignore
        .iter()
        .fold(linter, |linter, rule| linter.ignore(rule))
}

fn weighed(linter: Linter, (rule, severity): super::args::Weight) -> Linter {
    match severity {
        Some(severity) => linter.severity(rule, severity),
        None => linter.ignore(rule),
    }
}

/// A path without `.` and `..`, as it is written: what links stand for does not matter to a
/// pattern.
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

/// A string of TOML, with escapes for all that a terminal should not see.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(letter);
            }
            letter
                if kaizala_actions::lint::printable(letter.encode_utf8(&mut [0; 4])).len()
                    > letter.len_utf8() =>
            {
                let _ = write!(quoted, "\\U{:08X}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

fn comment(text: &str) -> std::borrow::Cow<'_, str> {
    kaizala_actions::lint::printable(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped_as_toml_wants_it() {
        assert_eq!(
            quoted("a\"b\\c\n\u{202e}é"),
            "\"a\\\"b\\\\c\\U0000000A\\U0000202Eé\""
        );
    }

    #[test]
    fn a_path_is_made_plain_without_a_look_at_the_disk() {
        assert_eq!(plain(Path::new("/a/./b/../c")), Path::new("/a/c"));
    }
}
