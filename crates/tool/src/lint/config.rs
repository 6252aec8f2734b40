//! `kaizala-actions.toml`: what it says, and at which line.

mod schema;

use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use kaizala_actions::{
    body::BodyKind,
    lint::{Position, nearest},
    support::Method,
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    args::{Weight, level},
    settings::AMONG_EXCHANGES,
};
use crate::{
    args::{Input, allowance, rule},
    report,
};

pub(crate) use schema::schema;

/// What the file is called where it is looked for.
pub(super) const NAME: &str = "kaizala-actions.toml";

/// A setting, and the line that makes it.
#[derive(Clone, Debug)]
pub(super) struct Told<T> {
    pub value: T,
    pub line: usize,
}

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// The file, by a path from the current folder.
    pub file: PathBuf,
    pub paths: Option<Told<Vec<PathBuf>>>,
    pub format: Option<Told<report::Format>>,
    pub deny_warnings: Option<Told<bool>>,
    pub baseline: Option<Told<PathBuf>>,
    pub survey: Option<Told<PathBuf>>,
    pub general: Scope,
    pub overrides: Vec<Override>,
}

/// What can be said of all files, or of some.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    pub body: Option<Told<BodyKind>>,
    pub input: Option<Told<Input>>,
    pub allow: Vec<Told<(String, Method)>>,
    pub rules: Vec<Told<Weight>>,
}

/// What is said of some files.
#[derive(Debug)]
pub(super) struct Override {
    pub patterns: Vec<String>,
    pub globs: GlobSet,
    pub scope: Scope,
    pub line: usize,
}

impl Config {
    /// The file that holds here: the one that is named, or the nearest in the folders from here
    /// upwards.
    ///
    /// # Errors
    /// One message, with the file, the line and the column.
    pub fn find(named: Option<&Path>) -> Result<Option<Self>, String> {
        let file = match named {
            Some(path) => Some(path.to_owned()),
            None => upwards().map_err(|error| format!("the current folder: {error}"))?,
        };
        let Some(file) = file else { return Ok(None) };
        let text =
            fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let read = Self::read(&file, &text).map_err(|fault| {
            format!(
                "{}:{}: {}",
                file.display(),
                position(&text, fault.at),
                fault.message
            )
        });
        read.map(Some)
    }

    /// The folder that its paths start from.
    pub fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }

    fn read(file: &Path, text: &str) -> Result<Self, Fault> {
        let document = DeTable::parse(text).map_err(|error| Fault {
            at: error.span().map_or(0, |span| span.start),
            message: error.message().to_owned(),
        })?;
        let mut config = Self {
            file: file.to_owned(),
            ..Self::default()
        };
        let reader = Reader { text };
        let folder = config.folder().to_owned();
        let path = |name: &str| Ok::<_, String>(folder.join(name));
        for (key, value) in document.get_ref() {
            match &**key.get_ref() {
                "paths" => config.paths = Some(reader.told(value, list(value, path)?)),
                "format" => {
                    config.format =
                        Some(reader.told(value, string(value, choice::<report::Format>)?))
                }
                "deny-warnings" => config.deny_warnings = Some(reader.told(value, boolean(value)?)),
                "baseline" => config.baseline = Some(reader.told(value, string(value, path)?)),
                "survey" => config.survey = Some(reader.told(value, string(value, path)?)),
                "overrides" => config.overrides = reader.overrides(value)?,
                name if reader.scope(name, value, &mut config.general)? => {}
                _ => return Err(unknown(key, &[GENERAL, SCOPE].concat())),
            }
        }
        agree(&config.general, document.get_ref())?;
        Ok(config)
    }
}

/// That a scope does not say both which body all documents are, and that they are exchanges.
fn agree(scope: &Scope, told: &DeTable<'_>) -> Result<(), Fault> {
    match told.get("as") {
        Some(value)
            if scope
                .input
                .as_ref()
                .is_some_and(|input| input.value.has_exchanges()) =>
        {
            Err(Fault {
                at: value.span().start,
                message: format!(
                    "`as` is for bodies, and this `input` is for exchanges: {AMONG_EXCHANGES}"
                ),
            })
        }
        _ => Ok(()),
    }
}

/// `kaizala-actions.toml` in the current folder or in the nearest above, by a path from here.
fn upwards() -> std::io::Result<Option<PathBuf>> {
    let mut from_here = PathBuf::new();
    for folder in std::env::current_dir()?.ancestors() {
        if folder.join(NAME).is_file() {
            return Ok(Some(from_here.join(NAME)));
        }
        from_here.push("..");
    }
    Ok(None)
}

fn position(text: &str, at: usize) -> Position {
    Position { line: 1, column: 1 }.after(&text.as_bytes()[..at.min(text.len())])
}

/// What is wrong, and at which byte.
struct Fault {
    at: usize,
    message: String,
}

type Value<'i> = Spanned<DeValue<'i>>;

/// The keys that the file has alone, those of an override, and those of a scope, which both have.
const GENERAL: &[&str] = &[
    "paths",
    "format",
    "deny-warnings",
    "baseline",
    "survey",
    "overrides",
];
const OVERRIDE: &[&str] = &["paths"];
const SCOPE: &[&str] = &["as", "input", "allow", "rules"];

fn unknown(key: &Spanned<impl AsRef<str>>, known: &[&str]) -> Fault {
    let name = key.get_ref().as_ref();
    let message = match nearest(name, known.iter().copied()) {
        Some(near) => format!("unknown key `{name}`; did you mean `{near}`?"),
        None => format!("unknown key `{name}`; known here: {}", known.join(", ")),
    };
    Fault {
        at: key.span().start,
        message,
    }
}

fn choice<T: clap::ValueEnum>(name: &str) -> Result<T, String> {
    T::from_str(name, false).map_err(|_| {
        let known: Vec<_> = T::value_variants()
            .iter()
            .filter_map(|value| Some(value.to_possible_value()?.get_name().to_owned()))
            .collect();
        match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!(
                "`{name}` is none of {}; did you mean `{near}`?",
                known.join(", ")
            ),
            None => format!("`{name}` is none of {}", known.join(", ")),
        }
    })
}

/// A string, and what a reader makes of it.
fn string<T>(value: &Value<'_>, read: impl Fn(&str) -> Result<T, String>) -> Result<T, Fault> {
    match value.get_ref() {
        DeValue::String(text) => read(text).map_err(|message| Fault {
            at: value.span().start,
            message,
        }),
        _ => Err(expected("a string", value)),
    }
}

fn boolean(value: &Value<'_>) -> Result<bool, Fault> {
    if let DeValue::Boolean(value) = value.get_ref() {
        Ok(*value)
    } else {
        Err(expected("true or false", value))
    }
}

fn items<'v, 'i>(value: &'v Value<'i>) -> Result<Vec<&'v Value<'i>>, Fault> {
    if let DeValue::Array(items) = value.get_ref() {
        Ok(items.iter().collect())
    } else {
        Err(expected("a list", value))
    }
}

fn list<T>(value: &Value<'_>, read: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, Fault> {
    items(value)?
        .into_iter()
        .map(|item| string(item, &read))
        .collect()
}

fn table<'v, 'i>(value: &'v Value<'i>) -> Result<&'v DeTable<'i>, Fault> {
    if let DeValue::Table(table) = value.get_ref() {
        Ok(table)
    } else {
        Err(expected("a table", value))
    }
}

fn expected(what: &str, value: &Value<'_>) -> Fault {
    Fault {
        at: value.span().start,
        message: format!("expected {what}, found {}", value.get_ref().type_str()),
    }
}

/// Reads what says at which line it stands.
struct Reader<'t> {
    text: &'t str,
}

impl Reader<'_> {
    fn line(&self, span: &Range<usize>) -> usize {
        position(self.text, span.start).line
    }

    fn told<T>(&self, value: &Value<'_>, read: T) -> Told<T> {
        Told {
            value: read,
            line: self.line(&value.span()),
        }
    }

    /// Whether a key is one of a scope; if so, it is taken in.
    fn scope(&self, name: &str, value: &Value<'_>, scope: &mut Scope) -> Result<bool, Fault> {
        match name {
            "as" => {
                let body = |name: &str| name.parse::<BodyKind>().map_err(|error| error.to_string());
                scope.body = Some(self.told(value, string(value, body)?));
            }
            "input" => scope.input = Some(self.told(value, string(value, choice::<Input>)?)),
            "allow" => {
                for item in items(value)? {
                    scope.allow.push(self.told(item, string(item, allowance)?));
                }
            }
            "rules" => {
                for (key, value) in table(value)? {
                    let rule = rule(key.get_ref()).map_err(|message| Fault {
                        at: key.span().start,
                        message: format!("{}: {message}", key.get_ref()),
                    })?;
                    scope.rules.push(Told {
                        value: (rule, string(value, level)?),
                        line: self.line(&key.span()),
                    });
                }
                scope.rules.sort_by_key(|rule| rule.line);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn overrides(&self, value: &Value<'_>) -> Result<Vec<Override>, Fault> {
        let read = |value: &Value<'_>| {
            let (mut patterns, mut scope) = (Vec::new(), Scope::default());
            let mut globs = GlobSetBuilder::new();
            for (key, value) in table(value)? {
                match &**key.get_ref() {
                    "paths" => {
                        for item in items(value)? {
                            let glob = |pattern: &str| {
                                GlobBuilder::new(pattern)
                                    .literal_separator(true)
                                    .build()
                                    .map_err(|error| error.to_string())
                            };
                            globs.add(string(item, glob)?);
                            patterns.push(string(item, |pattern| Ok(pattern.to_owned()))?);
                        }
                    }
                    name if self.scope(name, value, &mut scope)? => {}
                    _ => return Err(unknown(key, &[OVERRIDE, SCOPE].concat())),
                }
            }
            agree(&scope, table(value)?)?;
            let at = value.span().start;
            if patterns.is_empty() {
                return Err(Fault {
                    at,
                    message: "an override without paths: say for which files it holds, as in paths = [\"old/**\"]".to_owned(),
                });
            }
            let globs = globs.build().map_err(|error| Fault {
                at,
                message: error.to_string(),
            })?;
            Ok(Override {
                patterns,
                globs,
                scope,
                line: self.line(&value.span()),
            })
        };
        items(value)?.into_iter().map(read).collect()
    }
}
