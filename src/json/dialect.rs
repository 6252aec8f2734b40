//! What the API's samples and clients write instead of JSON: literals of JavaScript and Python
//! (D-29).

use std::{borrow::Cow, collections::BTreeMap};

use super::{cursor::Span, tree::Kind};

/// A place where the text is not JSON but can be understood, and the equivalent JSON.
#[derive(Debug)]
pub struct Deviation {
    pub kind: DeviationKind,
    pub span: Span,
    pub json: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeviationKind {
    BareKey,
    SingleQuotes,
    TypographicQuotes,
    Comment,
    TrailingComma,
    PythonWord,
    ControlCharacter,
    /// An escape of Python's `repr` or of JavaScript: `\xa0`, `\U0001f600`, `\'`.
    Escape,
    /// A string prefix of Python 2: `u'…'`.
    StringPrefix,
    /// A character between tokens that is not white space in JSON.
    Space(char),
}

impl Deviation {
    /// The opening quote of a JSON string.
    pub(super) fn new(kind: DeviationKind, span: Span, string: &str) -> Self {
        Self {
            kind,
            span,
            json: serde_json::Value::from(string).to_string(),
        }
    }
}

impl DeviationKind {
    /// The name of a deviation, singular and plural.
    fn names(self) -> (Cow<'static, str>, Cow<'static, str>) {
        let (one, several) = match self {
            Self::Space(character) => {
                let one = format!("U+{:04X} outside of strings", u32::from(character));
                return (one.clone().into(), one.into());
            }
            Self::BareKey => ("key without quotes", "keys without quotes"),
            Self::SingleQuotes => ("string in single quotes", "strings in single quotes"),
            Self::TypographicQuotes => (
                "string in typographic quotes",
                "strings in typographic quotes",
            ),
            Self::Comment => ("comment", "comments"),
            Self::TrailingComma => (
                "comma before a closing bracket",
                "commas before a closing bracket",
            ),
            Self::PythonWord => ("Python word", "Python words"),
            Self::ControlCharacter => (
                "control character in a string",
                "control characters in strings",
            ),
            Self::Escape => (
                "escape that JSON does not have",
                "escapes that JSON does not have",
            ),
            Self::StringPrefix => ("letter before a string", "letters before strings"),
        };
        (one.into(), several.into())
    }

    /// Whether JavaScript or Python allows it.
    #[must_use]
    pub fn is_of_a_literal(self) -> bool {
        !matches!(self, Self::Space(_))
    }

    #[must_use]
    pub fn name(self) -> Cow<'static, str> {
        self.names().0
    }

    /// What JSON requires instead.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::BareKey => "JSON requires double quotes around every key",
            Self::SingleQuotes | Self::TypographicQuotes => {
                "JSON requires straight double quotes around strings"
            }
            Self::Comment => "JSON has no comments",
            Self::TrailingComma => "JSON does not allow a comma after the last member or item",
            Self::PythonWord => "JSON writes true, false and null",
            Self::ControlCharacter => {
                "JSON requires escapes for line breaks, tabs and other control characters, as in \\n"
            }
            Self::Escape => "JSON writes such a character as it is, or as \\u and four hex digits",
            Self::StringPrefix => "JSON has no letter before a string",
            Self::Space('\u{FEFF}') => "a byte order mark is only allowed at the start: remove it",
            Self::Space(_) => "JSON has spaces, tabs and line breaks between tokens: write a space",
        }
    }
}

/// "2 keys without quotes, 1 comment".
#[must_use]
pub fn count(deviations: &[Deviation]) -> String {
    let mut counts = BTreeMap::new();
    for deviation in deviations {
        *counts.entry(deviation.kind).or_insert(0_usize) += 1;
    }
    let parts = counts.into_iter().map(|(kind, count)| match kind.names() {
        (one, _) if count == 1 => format!("1 {one}"),
        (_, several) => format!("{count} {several}"),
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// The JSON for a word without quotes; or what is wrong with the word, and how to fix it.
pub(super) fn word(word: &str) -> Result<(Kind, &'static str), (&'static str, &'static str)> {
    let no_number = "leave the member out, or write a number";
    match word {
        "true" | "True" => Ok((Kind::True, "true")),
        "false" | "False" => Ok((Kind::False, "false")),
        "null" | "None" => Ok((Kind::Null, "null")),
        "NaN" => Err(("`NaN` is not a JSON number", no_number)),
        "Infinity" => Err(("`Infinity` is not a JSON number", no_number)),
        "undefined" => Err(("`undefined` is not a JSON value", "leave the member out")),
        _ => Err((
            "a word without quotes",
            "write a string in double quotes, or true, false or null in lower case",
        )),
    }
}

/// The first character of a text, if it is invisible and not white space in JSON.
pub(super) fn space(text: &[u8]) -> Option<char> {
    // The usual case.
    if !matches!(text.first(), Some(0x0B | 0x0C | 0xC2 | 0xE1..=0xE3 | 0xEF)) {
        return None;
    }
    let most = &text[..text.len().min(4)];
    let character = most.utf8_chunks().next()?.valid().chars().next()?;
    let is_space = character.is_whitespace()
        || matches!(
            character,
            '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
        );
    is_space.then_some(character)
}

/// Whether a byte can begin a bare key or a word. Bytes beyond ASCII can: keys may be in any
/// language.
pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$') || byte >= 0x80
}
