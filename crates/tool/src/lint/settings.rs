//! What holds for a run: the command line, and what `kaizala-actions.toml` says beside it.

use std::{
    fs,
    io::{self, Write},
    path::{Component, Path, PathBuf},
};

use kaizala_actions::lint::{Linter, Survey};

use super::{
    args::{Input, LintArgs},
    config::{self, AMONG_EXCHANGES, Config, Setting},
    judge::Judge,
};
use crate::input::Format;

/// The command line, filled up with what the file says.
pub(crate) struct Settings {
    /// As if all of it had been said on the command line.
    pub args: LintArgs,
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
        let mut config = if working.no_config {
            None
        } else {
            Config::find(working.config.as_deref())?
        };
        let mut args = given.clone();
        for located in config.iter().flat_map(|config| &config.settings) {
            if (located.key.given)(given).is_empty() {
                located.setting.clone().put(&mut args);
            }
        }
        if args.input.is_some_and(Input::has_exchanges) {
            if given.body.is_some() {
                return Err(format!(
                    "--as is for bodies, and {} is for exchanges: {AMONG_EXCHANGES}",
                    match config.filter(|_| given.input.is_none()) {
                        Some(config) => format!("the input that {} tells", input_line(&config)),
                        None => "this --input".to_owned(),
                    }
                ));
            }
            // What the command line says of the input wins over what the file says of bodies.
            args.body = None;
            if let Some(config) = &mut config {
                let is_body = |setting: &Setting| matches!(setting, Setting::Body(_));
                config.settings.retain(|located| !is_body(&located.setting));
            }
        }
        args.format.get_or_insert_default();
        args.deny_warnings.get_or_insert_default();
        if args.paths.is_empty() {
            args.paths.push(PathBuf::from("-"));
        }
        let mut linter = Linter::new();
        let survey = args.working.survey.as_ref();
        if let Some(path) = survey.filter(|_| !working.print_config) {
            let wrong = |error: &dyn std::error::Error| format!("{}: {error}", path.display());
            let text = fs::read(path).map_err(|error| wrong(&error))?;
            linter = linter.survey(Survey::read(&text).map_err(|error| wrong(&error))?);
        }
        let folders = config
            .as_ref()
            .filter(|config| !config.overrides.is_empty());
        let folders = folders.and_then(|config| {
            let here = std::env::current_dir().ok()?;
            Some((normalize_path(&here.join(config.folder())), here))
        });
        Ok(Self {
            args,
            given: given.clone(),
            config,
            linter,
            folders,
        })
    }

    /// What judges the documents of a path. What is said last holds: the command line after the
    /// overrides, and those after the rest of the file.
    pub fn judge(&self, path: &str) -> Judge {
        let mut judge = Judge {
            linter: self.linter.clone(),
            body: None,
            input: None,
        };
        if let Some(config) = &self.config {
            let mut settings: Vec<_> = config.settings.iter().collect();
            if let Some((folder, here)) = &self.folders
                && let Ok(path) = normalize_path(&here.join(path)).strip_prefix(folder)
            {
                let overrides = config.overrides.iter();
                let overrides = overrides.filter(|other| other.globs.is_match(path));
                settings.extend(overrides.flat_map(|other| &other.settings));
            }
            for located in settings {
                apply(&located.setting, &mut judge);
            }
        }
        for key in config::KEYS {
            for setting in (key.given)(&self.given) {
                apply(&setting, &mut judge);
            }
        }
        judge
    }

    /// What to say where a file turns out to hold exchanges, so that nothing is made of what it was
    /// said to hold.
    pub fn ignored_as_note(&self, path: &str, judge: &Judge, format: Format) -> Option<String> {
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
        config::print(&self.args, &self.given, self.config.as_ref(), out)
    }
}

/// The line of a file that says what the input is.
fn input_line(config: &Config) -> String {
    let mut settings = config.settings.iter();
    let input = settings.find(|located| matches!(located.setting, Setting::Input(_)));
    format!(
        "{}:{}",
        config.file.display(),
        input.map_or(0, |located| located.line)
    )
}

fn apply(setting: &Setting, judge: &mut Judge) {
    match setting {
        Setting::Body(kind) => judge.body = Some(*kind),
        Setting::Input(input) => judge.input = input.format(),
        Setting::Allow(name, method) => {
            judge.linter = std::mem::take(&mut judge.linter).allow(name, *method);
        }
        Setting::Rule(rule, Some(severity)) => {
            judge.linter = std::mem::take(&mut judge.linter).severity(rule, *severity);
        }
        Setting::Rule(rule, None) => {
            judge.linter = std::mem::take(&mut judge.linter).ignore(rule);
        }
        _ => {}
    }
}

/// A path without `.` and `..`, as it is written: what links stand for does not matter to a
/// pattern.
pub(crate) fn normalize_path(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_normalized_without_a_look_at_the_disk() {
        assert_eq!(normalize_path(Path::new("/a/./b/../c")), Path::new("/a/c"));
    }
}
