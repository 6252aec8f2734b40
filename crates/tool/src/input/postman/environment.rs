//! Environments of Postman, and its global variables, as it exports both.

use std::{
    ffi::OsString,
    fmt,
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use kaizala_actions::{
    json::Node,
    lint::{
        Position,
        recorded::{document, member},
    },
    mask::Hidden,
};

use super::{
    super::{split::MOST, template::Variables},
    variable,
};
use crate::{name, text::about};

/// A file with variables, which is read once it is known to be needed.
#[derive(Clone)]
pub(crate) struct Environment {
    path: PathBuf,
    content: Option<Arc<Content>>,
}

#[derive(Default)]
struct Content {
    variables: Variables,
    secrets: Arc<Hidden>,
    length: usize,
}

impl Environment {
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Why it cannot be read, or what it is instead.
    pub fn load(&mut self) -> Result<(), String> {
        let named = about(&self.path);
        let mut text = Vec::new();
        let file = File::open(&self.path).map_err(|error| named(error.to_string()))?;
        let read = file.take(MOST as u64 + 1).read_to_end(&mut text);
        read.map_err(|error| named(error.to_string()))?;
        if text.len() > MOST {
            return Err(named(format!("more than {} MiB", MOST >> 20)));
        }
        let content = Content::read(&text).map_err(|problem| match problem {
            Problem::At(position, problem) => {
                format!("{}:{position}: {problem}", name::of(&self.path))
            }
            Problem::Other(problem) => named(problem.to_owned()),
        })?;
        self.content = Some(Arc::new(content));
        Ok(())
    }

    /// What has to be masked, once it is read.
    pub fn secrets(&self) -> Option<Arc<Hidden>> {
        self.content
            .as_ref()
            .map(|content| Arc::clone(&content.secrets))
    }

    /// The variables; none before it is read.
    pub(super) fn variables(&self) -> Option<&Variables> {
        self.content.as_ref().map(|content| &content.variables)
    }

    /// How many bytes the file has.
    pub(super) fn length(&self) -> usize {
        self.content.as_ref().map_or(0, |content| content.length)
    }
}

impl From<PathBuf> for Environment {
    fn from(path: PathBuf) -> Self {
        let content = None;
        Self { path, content }
    }
}

impl From<OsString> for Environment {
    fn from(path: OsString) -> Self {
        PathBuf::from(path).into()
    }
}

/// Which file it is, whatever is in it.
impl PartialEq for Environment {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

/// Shows no value.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.path.fmt(f)
    }
}

/// Why a file is not an environment.
#[derive(Debug, PartialEq)]
enum Problem {
    At(Position, String),
    Other(&'static str),
}

impl Content {
    fn read(text: &[u8]) -> Result<Self, Problem> {
        let mut scratch = Vec::new();
        let (tree, deviations) = document(text, &mut scratch).map_err(|malformed| {
            let position = Position { line: 1, column: 1 }.after(&text[..malformed.span.start]);
            let problem = format!("{}: {}", malformed.problem, malformed.help);
            Problem::At(position, problem)
        })?;
        if let Some(found) = deviations.first() {
            let position = Position { line: 1, column: 1 }.after(&text[..found.span.start]);
            return Err(Problem::At(
                position,
                format!("{}: {}", found.problem, found.help),
            ));
        }
        let root = tree.root();
        // An export by the API has it inside.
        let root = member(root, "environment").unwrap_or(root);
        let has = |name| member(root, name).is_some();
        if has("item") || has("collection") || has("requests") {
            return Err(Problem::Other(
                "a collection, where --environment wants an environment of Postman: name the \
                 collection as an input, without --environment",
            ));
        }
        if !is_one(root) {
            return Err(Problem::Other(
                "not an environment of Postman, which has a list `values`: export it from Postman",
            ));
        }
        let found: Vec<_> = variable::all(root, "values").collect();
        let secret = found.iter().filter(|found| found.is_secret);
        let secrets = Hidden::of_secrets(secret.filter_map(|found| found.value.as_deref()));
        let mut variables = Variables::default();
        for found in found {
            let value = found.value;
            // What cannot be masked everywhere is not put anywhere.
            let value = value.filter(|value| !found.is_secret || is_masked(value, &secrets));
            variables.set(found.name, value);
        }
        Ok(Self {
            variables,
            secrets: Arc::new(secrets),
            length: text.len(),
        })
    }
}

/// Whether this is an environment.
pub(super) fn is_one(root: Node<'_>) -> bool {
    member(root, "values").is_some_and(|values| values.items().is_some())
        && member(root, "item").is_none()
}

fn is_masked(value: &str, secrets: &Hidden) -> bool {
    let shown = secrets.words(value);
    let is_around = |character: char| character.is_whitespace() || "\"'".contains(character);
    shown.trim_matches(is_around).chars().all(|it| it == '*')
}

#[cfg(test)]
mod tests {
    use super::{super::super::template::Filler, *};

    #[test]
    fn values_that_apply_are_filled_in() {
        let text = br#"{"name": "e", "values": [
            {"key": "a", "value": "1", "enabled": true},
            {"key": "b", "value": "2", "enabled": false},
            {"key": "c", "value": 3},
            {"key": "d", "value": "", "enabled": true},
            {"key": "e", "value": "opaque-0001", "type": "secret", "enabled": true},
            {"key": "f", "value": "short", "type": "secret", "enabled": true},
            {"key": "a", "value": "4", "enabled": true}
        ], "_postman_variable_scope": "environment"}"#;
        let content = Content::read(text).expect("an environment");
        let mut filler = Filler::new(Some(&content.variables), 0);
        assert_eq!(
            filler.filled("{{a}} {{b}} {{c}} {{d}} {{e}} {{f}}"),
            "4 {{b}} 3 {{d}} opaque-0001 {{f}}"
        );
        assert_eq!(content.secrets.words("an opaque-0001"), "an ***********");
    }

    #[test]
    fn what_is_no_environment_is_told() {
        for (text, expected) in [
            ("{\"values\": [\n]", "2:2: "),
            ("[]", "not an environment"),
            ("{\"values\": {}}", "not an environment"),
            ("{\"dev\": {\"host\": \"a\"}}", "not an environment"),
            ("{\"info\": {}, \"item\": []}", "a collection, where"),
            ("{\"collection\": {\"item\": []}}", "a collection, where"),
        ] {
            let problem = match Content::read(text.as_bytes()) {
                Err(Problem::At(position, problem)) => format!("{position}: {problem}"),
                Err(Problem::Other(problem)) => problem.to_owned(),
                Ok(_) => String::new(),
            };
            assert!(problem.starts_with(expected), "{text}: {problem}");
        }
    }
}
