//! The keys of `kaizala-actions.toml`. Each is a row of [`KEYS`]: how it is read from a file, which
//! arguments say the same, and what its schema is.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kaizala_actions::{
    body::BodyKind,
    lint::{Rule, Severity},
    support::Method,
};

use super::value::{Fault, Value, boolean, choice, items, list, quoted, string, table};
use crate::{
    lint::args::{Input, LintArgs},
    parsers::{allowance, level, rule},
    report,
};

/// One setting, made by a file or by an argument.
#[derive(Clone, Debug)]
pub(crate) enum Setting {
    Paths(Vec<PathBuf>),
    Format(report::Format),
    DenyWarnings(bool),
    Body(BodyKind),
    Input(Input),
    Baseline(PathBuf),
    Survey(PathBuf),
    Allow(String, Method),
    /// The severity of a rule's findings; none to leave them out.
    Rule(&'static Rule, Option<Severity>),
}

/// A setting of a file, and the line that makes it.
#[derive(Clone, Debug)]
pub(crate) struct Located {
    pub key: &'static Key,
    pub setting: Setting,
    pub line: usize,
}

/// The settings that a value makes, each with the byte that it starts at. Paths count from the
/// folder of the file.
type Read = fn(value: &Value<'_>, folder: &Path) -> Result<Vec<(usize, Setting)>, Fault>;

#[derive(Debug)]
pub(crate) struct Key {
    pub name: &'static str,
    /// Whether an override can have it too.
    pub in_overrides: bool,
    pub shape: Shape,
    pub read: Read,
    /// What the command line says of it.
    pub given: fn(&LintArgs) -> Vec<Setting>,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Boolean,
    String,
    Strings,
    Allowances,
    Rules,
}

/// All keys but `overrides`, in the order in which they are printed.
pub(crate) const KEYS: &[Key] = &[
    Key {
        name: "paths",
        in_overrides: false,
        shape: Shape::Strings,
        read: |value, folder| {
            let paths = list(value, |name| Ok(folder.join(name)))?;
            one(value, Setting::Paths(paths))
        },
        given: |args| {
            given(
                Some(&args.paths).filter(|paths| !paths.is_empty()),
                Setting::Paths,
            )
        },
    },
    Key {
        name: "format",
        in_overrides: false,
        shape: Shape::String,
        read: |value, _| one(value, Setting::Format(string(value, choice)?)),
        given: |args| given(args.format.as_ref(), Setting::Format),
    },
    Key {
        name: "deny-warnings",
        in_overrides: false,
        shape: Shape::Boolean,
        read: |value, _| one(value, Setting::DenyWarnings(boolean(value)?)),
        given: |args| given(args.deny_warnings.as_ref(), Setting::DenyWarnings),
    },
    Key {
        name: "as",
        in_overrides: true,
        shape: Shape::String,
        read: |value, _| {
            let body = |name: &str| name.parse::<BodyKind>().map_err(|error| error.to_string());
            one(value, Setting::Body(string(value, body)?))
        },
        given: |args| given(args.body.as_ref(), Setting::Body),
    },
    Key {
        name: "input",
        in_overrides: true,
        shape: Shape::String,
        read: |value, _| one(value, Setting::Input(string(value, choice)?)),
        given: |args| given(args.input.as_ref(), Setting::Input),
    },
    Key {
        name: "baseline",
        in_overrides: false,
        shape: Shape::String,
        read: |value, folder| one(value, Setting::Baseline(path(value, folder)?)),
        given: |args| given(args.working.baseline.as_ref(), Setting::Baseline),
    },
    Key {
        name: "survey",
        in_overrides: false,
        shape: Shape::String,
        read: |value, folder| one(value, Setting::Survey(path(value, folder)?)),
        given: |args| given(args.working.survey.as_ref(), Setting::Survey),
    },
    Key {
        name: "allow",
        in_overrides: true,
        shape: Shape::Allowances,
        read: |value, _| {
            let read = |item: &Value<'_>| {
                let (name, method) = string(item, allowance)?;
                Ok((item.span().start, Setting::Allow(name, method)))
            };
            items(value)?.into_iter().map(read).collect()
        },
        given: |args| {
            let allow = |(name, method): &(String, _)| Setting::Allow(name.clone(), *method);
            args.allow.iter().map(allow).collect()
        },
    },
    Key {
        name: "rules",
        in_overrides: true,
        shape: Shape::Rules,
        read: |value, _| {
            let mut rules = Vec::new();
            for (key, value) in table(value)? {
                let at = key.span().start;
                let rule = rule(key.get_ref()).map_err(|message| Fault {
                    at,
                    message: format!("{}: {message}", key.get_ref()),
                })?;
                rules.push((at, Setting::Rule(rule, string(value, level)?)));
            }
            Ok(rules)
        },
        given: |args| {
            let weights = args.working.severity.iter().copied();
            let weights = weights.chain(args.ignore.iter().map(|rule| (*rule, None)));
            weights
                .map(|(rule, severity)| Setting::Rule(rule, severity))
                .collect()
        },
    },
];

fn given<T: Clone>(said: Option<&T>, make: fn(T) -> Setting) -> Vec<Setting> {
    said.cloned().map(make).into_iter().collect()
}

fn one(value: &Value<'_>, setting: Setting) -> Result<Vec<(usize, Setting)>, Fault> {
    Ok(vec![(value.span().start, setting)])
}

fn path(value: &Value<'_>, folder: &Path) -> Result<PathBuf, Fault> {
    string(value, |name| Ok(folder.join(name)))
}

impl Setting {
    /// Says it to the arguments, those aside that can be said several times.
    pub fn put(self, args: &mut LintArgs) {
        match self {
            Self::Paths(paths) => args.paths = paths,
            Self::Format(format) => args.format = Some(format),
            Self::DenyWarnings(deny) => args.deny_warnings = Some(deny),
            Self::Body(kind) => args.body = Some(kind),
            Self::Input(input) => args.input = Some(input),
            Self::Baseline(path) => args.working.baseline = Some(path),
            Self::Survey(path) => args.working.survey = Some(path),
            Self::Allow(..) | Self::Rule(..) => {}
        }
    }

    /// The value as TOML.
    pub fn toml(&self) -> String {
        let path = |path: &PathBuf| quoted(&path.display().to_string());
        match self {
            Self::Paths(paths) => {
                format!(
                    "[{}]",
                    paths.iter().map(path).collect::<Vec<_>>().join(", ")
                )
            }
            Self::Format(format) => quoted(&name(*format)),
            Self::DenyWarnings(deny) => deny.to_string(),
            Self::Body(kind) => quoted(kind.name()),
            Self::Input(input) => quoted(&name(*input)),
            Self::Baseline(file) | Self::Survey(file) => path(file),
            Self::Allow(name, method) => quoted(&format!("{name}:{method}").to_lowercase()),
            Self::Rule(_, severity) => quoted(severity.map_or("off", Severity::name)),
        }
    }
}

/// The name of a choice.
pub(crate) fn name(choice: impl ValueEnum) -> String {
    choice
        .to_possible_value()
        .map_or(String::new(), |value| value.get_name().to_owned())
}
