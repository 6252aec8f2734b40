//! The settings of a run, from the command line and from `kaizala-actions.toml`.

use std::{
    collections::HashSet,
    fs,
    io::{self, IsTerminal as _, Write},
    path::{self, Component, Path, PathBuf},
    sync::Arc,
};

use kaizala_actions::lint::{Linter, ReportedRules, Survey};

use super::{
    args::LintArgs,
    aside,
    config::{self, AMONG_EXCHANGES, Config},
    judge::Judge,
};
use crate::{
    files::{self, Source},
    identity::Identity,
    input::{Format, Reading},
    name,
    parsers::misspelt,
    report,
    text::about,
};

/// A terminal is not read unless it is named: bodies are not typed.
const NOTHING_TO_READ: &str =
    "name a file or a folder, or pipe a body to stdin; `-` reads what is typed";

/// The command line, filled up with what the file says.
pub(crate) struct Settings {
    /// As if all of it had been said on the command line.
    pub args: LintArgs,
    /// The arguments that were given.
    given: LintArgs,
    config: Option<Config>,
    linter: Linter,
    /// The rules that the reports have a finding of, if they show no others.
    pub reported: Option<Arc<ReportedRules>>,
    /// What is not linted in a folder.
    aside: HashSet<Identity>,
}

impl Settings {
    /// # Errors
    /// What is wrong with the file, or with the survey that it or the command line names.
    pub fn new(given: &LintArgs) -> Result<Self, String> {
        let mut config = if given.no_config {
            None
        } else {
            Config::find(given.config.as_deref())?
        };
        let mut given = given.clone();
        if !given.print_config {
            given.reading.load()?;
            if let Some(config) = &mut config {
                config.said.load()?;
            }
        }
        let mut args = given.clone();
        if let Some(config) = &config {
            args.add(config.said.args.clone());
        }
        args.reading.check()?;
        if args.reading.has_exchanges() {
            if given.body.is_some() {
                let teller = match config.filter(|_| given.reading.input.is_none()) {
                    Some(Config { file, said }) => {
                        let line = said.lines("input").next().unwrap_or_default();
                        format!("the input set in {}:{line}", name::of(&file))
                    }
                    None => "this --input".to_owned(),
                };
                return Err(format!(
                    "--as is for bodies, and {teller} is for exchanges: {AMONG_EXCHANGES}"
                ));
            }
            // The input format of the command line takes precedence over the body kinds of the
            // file.
            args.body = None;
            if let Some(config) = &mut config {
                config.said.args.body = None;
            }
        }
        args.format.get_or_insert_default();
        args.deny_warnings.get_or_insert_default();
        if args.paths.is_empty() {
            if io::stdin().is_terminal() && !given.print_config {
                return Err(NOTHING_TO_READ.into());
            }
            args.paths.push(PathBuf::from("-"));
        }
        let mut linter = Linter::new();
        let survey = args.survey.as_ref();
        if let Some(path) = survey.filter(|_| !given.print_config) {
            let text = fs::read(path).map_err(about(path))?;
            linter = linter.survey(Survey::read(&text).map_err(about(path))?);
        }
        let has_baseline = args.baseline.is_some() || args.write_baseline.is_some();
        let is_shown = !args.quiet || !args.output.is_empty() || args.statistics;
        linter = match args.most_findings {
            // It has to see all of them.
            _ if has_baseline => linter.most_findings(usize::MAX),
            _ if !is_shown => linter.count_only(),
            Some(most) => linter.most_findings(most),
            None => linter,
        };
        let stdout = args.format.filter(|_| !args.quiet);
        let files = args.output.iter().map(|(format, _)| *format);
        let has_counts_alone =
            !has_baseline && files.chain(stdout).all(report::Format::has_counts_alone);
        let reported = has_counts_alone.then(Arc::<ReportedRules>::default);
        if let Some(reported) = &reported {
            linter = linter.list_first(reported.clone());
        }
        let aside = aside::files(&args, config.as_ref())?;
        Ok(Self {
            args,
            given,
            config,
            linter,
            reported,
            aside,
        })
    }

    /// The documents of all paths.
    pub fn sources(&self) -> Vec<Source> {
        files::sources(&self.args.paths, &self.aside)
    }

    /// Notes to print before anything is linted.
    pub fn notes(&self) -> impl Iterator<Item = String> {
        let said = self.config.iter().flat_map(|config| &config.said.overrides);
        let overrides = said.flat_map(|other| &other.args.allow);
        misspelt(self.args.allow.iter().chain(overrides))
    }

    /// The linter for the documents of a path. The last setting counts: the command line after the
    /// overrides, and those after the rest of the file.
    pub fn judge(&self, path: &str) -> Judge {
        let mut judge = Judge {
            linter: self.linter.clone(),
            body: None,
            reading: Reading::default(),
        };
        let mut said = Vec::new();
        if let Some(Config { file, said: all }) = &self.config {
            said.push(&all.args);
            let path = path_beside(file, name::path(path)).unwrap_or_default();
            let overrides = all.overrides.iter();
            let overrides = overrides.filter(|other| other.globs.is_match(&path));
            said.extend(overrides.map(|other| &other.args));
        }
        said.push(&self.given);
        for args in said {
            judge.body = args.body.or(judge.body);
            let before = std::mem::replace(&mut judge.reading, args.reading.clone());
            judge.reading.fill(before);
            for (name, method) in &args.allow {
                judge.linter = judge.linter.allow(name, *method);
            }
            for (rule, severity) in args.weights() {
                judge.linter = match severity {
                    Some(severity) => judge.linter.severity(rule, severity),
                    None => judge.linter.ignore(rule),
                };
            }
        }
        if let Some(secrets) = judge.reading.secrets() {
            judge.linter = judge.linter.hidden(secrets);
        }
        judge
    }

    /// The note about a file with exchanges, if it was declared to contain bodies.
    pub fn ignored_as_note(&self, path: &str, judge: &Judge, format: Format) -> Option<String> {
        let said = match self.given.body {
            Some(_) => "--as",
            // That some files have another input than the others, the file may say.
            None if judge.reading.format() != Format::Auto => return None,
            None => "`as`",
        };
        (judge.body.is_some() && format.has_exchanges())
            .then(|| format!("{path} holds exchanges, and {said} is for bodies: {AMONG_EXCHANGES}"))
    }

    /// Prints the settings as a file that makes them, with where each comes from.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        config::print(&self.args, &self.given, self.config.as_ref(), out)
    }
}

/// The path that a path has from the folder of a file, if it is below that.
pub(crate) fn path_beside(file: &Path, path: impl AsRef<Path>) -> Option<PathBuf> {
    let folder = normalize_path(&file.join(".."))?;
    let path = normalize_path(path.as_ref())?;
    path.strip_prefix(folder).ok().map(Path::to_owned)
}

/// An absolute path without `.` and `..`, as it is written: what links stand for does not matter to
/// a pattern.
fn normalize_path(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for part in path::absolute(path).ok()?.components() {
        match part {
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    Some(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_normalized_without_a_look_at_the_disk() {
        assert_eq!(
            normalize_path(Path::new("/a/./b/../c")).as_deref(),
            Some(Path::new("/a/c"))
        );
    }
}
