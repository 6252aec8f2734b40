//! Finds and reads `kaizala-actions.toml`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use kaizala_actions::lint::{Position, nearest};
use toml::{Spanned, de::DeTable};

use super::{
    key::{KEYS, Key, Located, Setting},
    value::{Fault, Value, items, string, table},
};

/// What the file is called where it is looked for.
pub(crate) const NAME: &str = "kaizala-actions.toml";

/// The key of the settings that hold for some files alone.
pub(crate) const OVERRIDES: &str = "overrides";

/// The key in an override that says for which files.
pub(crate) const GLOBS: &str = "paths";

/// What holds in place of `--as`.
pub(crate) const AMONG_EXCHANGES: &str = "which body is which, method and path tell";

/// What a file says.
#[derive(Debug)]
pub(crate) struct Config {
    /// The file, by a path from the current folder.
    pub file: PathBuf,
    pub settings: Vec<Located>,
    pub overrides: Vec<Override>,
}

/// What is said of some files.
#[derive(Debug)]
pub(crate) struct Override {
    pub patterns: Vec<String>,
    pub globs: GlobSet,
    pub settings: Vec<Located>,
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
        let name = file.display();
        let text = fs::read_to_string(&file).map_err(|error| format!("{name}: {error}"))?;
        let config = Self::read(&file, &text).map_err(|Fault { at, message }| {
            format!("{name}:{}: {message}", position(&text, at))
        })?;
        Ok(Some(config))
    }

    /// The folder that its paths start from.
    pub fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }

    pub(crate) fn read(file: &Path, text: &str) -> Result<Self, Fault> {
        let document = DeTable::parse(text).map_err(|error| Fault {
            at: error.span().map_or(0, |span| span.start),
            message: error.message().to_owned(),
        })?;
        let mut config = Self {
            file: file.to_owned(),
            settings: Vec::new(),
            overrides: Vec::new(),
        };
        let reader = Reader {
            text,
            folder: config.folder().to_owned(),
        };
        for (key, value) in document.get_ref() {
            if key.get_ref() == OVERRIDES {
                let overrides = items(value)?.into_iter();
                config.overrides = overrides
                    .map(|value| reader.read_override(value))
                    .collect::<Result<_, _>>()?;
            } else {
                reader.setting(key, value, &all_keys(), &mut config.settings)?;
            }
        }
        agree(&config.settings, document.get_ref())?;
        Ok(config)
    }
}

/// The keys of the file itself, in the order of its schema.
pub(crate) fn all_keys() -> Vec<&'static str> {
    let of_file = KEYS
        .iter()
        .filter(|key| !key.in_overrides)
        .map(|key| key.name);
    of_file.chain([OVERRIDES]).chain(scoped_keys()).collect()
}

/// The keys of an override.
pub(crate) fn override_keys() -> Vec<&'static str> {
    [GLOBS].into_iter().chain(scoped_keys()).collect()
}

fn scoped_keys() -> impl Iterator<Item = &'static str> {
    KEYS.iter()
        .filter(|key| key.in_overrides)
        .map(|key| key.name)
}

/// That settings do not say both which body all documents are, and that they are exchanges.
fn agree(settings: &[Located], written: &DeTable<'_>) -> Result<(), Fault> {
    let exchanges = settings.iter().any(|located| match located.setting {
        Setting::Input(input) => input.has_exchanges(),
        _ => false,
    });
    match written.get("as") {
        Some(value) if exchanges => Err(Fault {
            at: value.span().start,
            message: format!(
                "`as` is for bodies, and this `input` is for exchanges: {AMONG_EXCHANGES}"
            ),
        }),
        _ => Ok(()),
    }
}

/// `kaizala-actions.toml` in the current folder or in the nearest above, by a path from here.
fn upwards() -> io::Result<Option<PathBuf>> {
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

struct Reader<'t> {
    text: &'t str,
    folder: PathBuf,
}

impl Reader<'_> {
    /// Reads a key that is among those that are known in its table.
    fn setting(
        &self,
        key: &Spanned<impl AsRef<str>>,
        value: &Value<'_>,
        known: &[&str],
        settings: &mut Vec<Located>,
    ) -> Result<(), Fault> {
        let name = key.get_ref().as_ref();
        let is = |other: &&Key| other.name == name && known.contains(&name);
        let Some(row) = KEYS.iter().find(is) else {
            let message = match nearest(name, known.iter().copied()) {
                Some(near) => format!("unknown key `{name}`; did you mean `{near}`?"),
                None => format!("unknown key `{name}`; known here: {}", known.join(", ")),
            };
            let at = key.span().start;
            return Err(Fault { at, message });
        };
        let read = (row.read)(value, &self.folder)?.into_iter();
        let mut located: Vec<_> = read
            .map(|(at, setting)| Located {
                key: row,
                setting,
                line: position(self.text, at).line,
            })
            .collect();
        located.sort_by_key(|located| located.line);
        settings.append(&mut located);
        Ok(())
    }

    fn read_override(&self, value: &Value<'_>) -> Result<Override, Fault> {
        let (mut patterns, mut settings) = (Vec::new(), Vec::new());
        let mut globs = GlobSetBuilder::new();
        for (key, value) in table(value)? {
            if key.get_ref() == GLOBS {
                for item in items(value)? {
                    globs.add(string(item, |pattern| {
                        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
                        glob.map_err(|error| error.to_string())
                    })?);
                    patterns.push(string(item, |pattern| Ok(pattern.to_owned()))?);
                }
            } else {
                self.setting(key, value, &override_keys(), &mut settings)?;
            }
        }
        agree(&settings, table(value)?)?;
        let at = value.span().start;
        if patterns.is_empty() {
            return Err(Fault {
                at,
                message: concat!(
                    "an override without paths: ",
                    "say for which files it holds, as in paths = [\"old/**\"]"
                )
                .to_owned(),
            });
        }
        let globs = globs.build().map_err(|error| Fault {
            at,
            message: error.to_string(),
        })?;
        Ok(Override {
            patterns,
            globs,
            settings,
            line: position(self.text, at).line,
        })
    }
}
