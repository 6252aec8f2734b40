//! Finds and reads `kaizala-actions.toml`.

use std::{
    env, fs, io, iter,
    path::{Path, PathBuf},
};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use kaizala_actions::{
    body::BodyKind,
    lint::{Position, nearest},
};
use toml::de::DeTable;

use super::{
    modes::{self, Modes},
    value::{Fault, choice, expect, items, list, string, table},
};
use crate::{
    lint::args::LintArgs,
    name,
    parsers::{allowance, level, rule},
    text::about,
};

/// The name of the file.
pub(crate) const NAME: &str = "kaizala-actions.toml";

/// The keys of the file, in the order of its schema.
pub(crate) const KEYS: [&str; 16] = [
    "paths",
    "format",
    "deny-warnings",
    "baseline",
    "survey",
    "overrides",
    "as",
    "input",
    "body-column",
    "id-column",
    "map",
    "id-pointer",
    "environment",
    "allow",
    "rules",
    "proxy",
];

/// The keys of an override; `paths` are patterns of the files that it is for.
pub(crate) const OVERRIDE_KEYS: [&str; 10] = [
    "paths",
    "as",
    "input",
    "body-column",
    "id-column",
    "map",
    "id-pointer",
    "environment",
    "allow",
    "rules",
];

/// The note about `--as` for exchanges.
pub(crate) const AMONG_EXCHANGES: &str = "their bodies are recognised by method and path";

/// A file, by its path from the current folder, and its settings.
#[derive(Debug)]
pub(crate) struct Config {
    pub file: PathBuf,
    pub said: Said,
}

/// The settings of a file, or of an override in it.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// As if they were given on the command line.
    pub args: LintArgs,
    /// The line of each value, by its key; each value of a list or a table has its own.
    pub lines: Vec<(String, usize)>,
    /// The files that an override is for.
    pub globs: GlobSet,
    pub overrides: Vec<Self>,
    /// What is for the command `proxy`.
    pub proxy: Modes,
}

impl Said {
    /// Reads the files that say how to read others.
    ///
    /// # Errors
    /// Why one cannot be read.
    pub fn load(&mut self) -> Result<(), String> {
        self.args.reading.load()?;
        self.overrides.iter_mut().try_for_each(Self::load)
    }

    /// The lines of the values of a key.
    pub fn lines(&self, key: &str) -> impl Iterator<Item = usize> {
        let lines = self.lines.iter().filter(move |(of, _)| of == key);
        lines.map(|(_, line)| *line)
    }
}

impl Config {
    /// The settings file: the named one, or the nearest in this folder and those above.
    ///
    /// # Errors
    /// One message, with the file, the line and the column.
    pub fn find(named: Option<&Path>) -> Result<Option<Self>, String> {
        let Some(file) = Self::path(named)? else {
            return Ok(None);
        };
        let name = name::of(&file);
        let text = fs::read_to_string(&file).map_err(about(&file))?;
        let said = read(&file, &text).map_err(|Fault { at, message }| {
            format!("{name}:{}: {message}", position(&text, at))
        })?;
        Ok(Some(Self { file, said }))
    }

    /// Where the settings file is; a named one may be missing.
    ///
    /// # Errors
    /// There is no current folder.
    pub fn path(named: Option<&Path>) -> Result<Option<PathBuf>, String> {
        match named {
            Some(path) => Ok(Some(path.to_owned())),
            None => upwards().map_err(|error| format!("the current folder: {error}")),
        }
    }
}

/// Reads the text of a file, whose paths are relative to its folder.
pub(crate) fn read(file: &Path, text: &str) -> Result<Said, Fault> {
    let document = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Fault::new(at, error.message())
    })?;
    let folder = file.parent().unwrap_or(Path::new(""));
    Reader { text, folder }.read(document.get_ref(), &KEYS, 0)
}

/// `kaizala-actions.toml` in this folder or the nearest above, by a path from here.
fn upwards() -> io::Result<Option<PathBuf>> {
    let here = env::current_dir()?;
    let mut folders = here.ancestors();
    let up = folders.position(|folder| folder.join(NAME).is_file());
    Ok(up.map(|up| iter::repeat_n("..", up).chain([NAME]).collect()))
}

fn position(text: &str, at: usize) -> Position {
    Position { line: 1, column: 1 }.after(&text.as_bytes()[..at.min(text.len())])
}

struct Reader<'t> {
    text: &'t str,
    folder: &'t Path,
}

impl Reader<'_> {
    /// Reads the file or an override, depending on the allowed keys; `at` is where it starts.
    fn read(&self, written: &DeTable<'_>, keys: &[&str], at: usize) -> Result<Said, Fault> {
        let is_override = !keys.contains(&"overrides");
        let mut said = Said::default();
        let (args, lines) = (&mut said.args, &mut said.lines);
        let mut globs = GlobSetBuilder::new();
        let path = |name: &str| Ok(self.folder.join(name));
        let text = |name: &str| Ok(name.to_owned());
        for (key, value) in written {
            let name = &**key.get_ref();
            if !keys.contains(&name) {
                let hint = match nearest(name, keys.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known here: {}", keys.join(", ")),
                };
                return Err(Fault::new(
                    key.span().start,
                    format!("unknown key `{name}`; {hint}"),
                ));
            }
            let line = |at| (name.to_owned(), position(self.text, at).line);
            if !matches!(name, "allow" | "rules" | "overrides") {
                lines.push(line(value.span().start));
            }
            match name {
                "paths" if is_override => {
                    args.paths = list(value, |pattern| {
                        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
                        globs.add(glob.map_err(|error| error.to_string())?);
                        Ok(PathBuf::from(pattern))
                    })?;
                }
                "paths" => args.paths = list(value, path)?,
                "format" => args.format = Some(string(value, choice)?),
                "deny-warnings" => {
                    let deny = value.get_ref().as_bool();
                    args.deny_warnings = Some(expect(deny, "true or false", value)?);
                }
                "as" => {
                    let kind = string(value, |name| {
                        name.parse::<BodyKind>().map_err(|error| error.to_string())
                    });
                    args.body = Some(kind?);
                }
                "input" => args.reading.input = Some(string(value, choice)?),
                "body-column" => args.reading.body_column = Some(string(value, text)?),
                "id-column" => args.reading.id_column = Some(string(value, text)?),
                "map" => args.reading.map = Some(string(value, str::parse)?),
                "id-pointer" => args.reading.id_pointer = Some(string(value, str::parse)?),
                "environment" => args.reading.environment = Some(string(value, path)?.into()),
                "baseline" => args.baseline = Some(string(value, path)?),
                "survey" => args.survey = Some(string(value, path)?),
                "allow" => {
                    args.allow = list(value, allowance)?;
                    lines.extend(items(value)?.iter().map(|item| line(item.span().start)));
                }
                "proxy" => said.proxy = modes::read(value)?,
                "rules" => {
                    let mut rules = Vec::new();
                    for (name, value) in table(value)? {
                        let at = name.span().start;
                        let rule = rule(name.get_ref());
                        let rule = rule.map_err(|message| {
                            Fault::new(at, format!("{}: {message}", name.get_ref()))
                        })?;
                        let weight = (rule, string(value, level)?);
                        rules.push((line(at), weight));
                    }
                    // The last severity of a rule counts.
                    rules.sort_by_key(|((_, line), _)| *line);
                    let (places, weights): (Vec<_>, Vec<_>) = rules.into_iter().unzip();
                    lines.extend(places);
                    args.severity = weights;
                }
                _ => {
                    for item in items(value)? {
                        let at = item.span().start;
                        lines.push(line(at));
                        said.overrides
                            .push(self.read(table(item)?, &OVERRIDE_KEYS, at)?);
                    }
                }
            }
        }
        if let Some(value) = written.get("as")
            && args.reading.has_exchanges()
        {
            let message =
                format!("`as` is for bodies, and this `input` is for exchanges: {AMONG_EXCHANGES}");
            return Err(Fault::new(value.span().start, message));
        }
        if is_override && args.paths.is_empty() {
            let message = concat!(
                "an override without paths: ",
                "name the files that it is for, as in paths = [\"old/**\"]"
            );
            return Err(Fault::new(at, message));
        }
        said.globs = globs
            .build()
            .map_err(|error| Fault::new(at, error.to_string()))?;
        Ok(said)
    }
}
