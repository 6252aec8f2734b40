//! What the API's samples and clients write where JSON is meant: literals of JavaScript and Python
//! (D-29).

use std::{borrow::Cow, collections::BTreeMap};

use super::{cursor::Span, tree::Kind};

/// A place where the text is no JSON but is understood all the same, and the JSON for it.
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
    /// Of Python's `repr` or of JavaScript: `\xa0`, `\U0001f600`, `\'`.
    Escape,
    /// Of Python 2: `u'…'`.
    StringPrefix,
    /// A character that is no white space in JSON, between tokens.
    Space(char),
}

impl Deviation {
    /// Where the JSON is a string.
    pub(super) fn new(kind: DeviationKind, span: Span, string: &str) -> Self {
        Self {
            kind,
            span,
            json: serde_json::Value::from(string).to_string(),
        }
    }
}

impl DeviationKind {
    /// What is there, for one and for several.
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

    /// Whether JavaScript or Python writes so.
    #[must_use]
    pub fn is_of_a_literal(self) -> bool {
        !matches!(self, Self::Space(_))
    }

    #[must_use]
    pub fn name(self) -> Cow<'static, str> {
        self.names().0
    }

    /// What JSON wants instead.
    #[must_use]
    pub fn cure(self) -> &'static str {
        match self {
            Self::BareKey => "JSON wants every key in double quotes",
            Self::SingleQuotes | Self::TypographicQuotes => {
                "JSON wants strings in straight double quotes"
            }
            Self::Comment => "JSON has no comments",
            Self::TrailingComma => "JSON wants no comma after the last member or item",
            Self::PythonWord => "JSON writes true, false and null",
            Self::ControlCharacter => {
                "JSON wants line breaks, tabs and other control characters escaped, as in \\n"
            }
            Self::Escape => "JSON writes such a character as it is, or as \\u and four hex digits",
            Self::StringPrefix => "JSON has no letter before a string",
            Self::Space('\u{FEFF}') => "a byte order mark can be at the start alone: remove it",
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

/// What a word without quotes means and how JSON writes it; or what is wrong with it, and what to do.
pub(super) fn word(word: &str) -> Result<(Kind, &'static str), (&'static str, &'static str)> {
    let no_number = "leave the member out, or write a number";
    match word {
        "true" | "True" => Ok((Kind::True, "true")),
        "false" | "False" => Ok((Kind::False, "false")),
        "null" | "None" => Ok((Kind::Null, "null")),
        "NaN" => Err(("`NaN` is no JSON number", no_number)),
        "Infinity" => Err(("`Infinity` is no JSON number", no_number)),
        "undefined" => Err(("`undefined` is no JSON value", "leave the member out")),
        _ => Err((
            "a word without quotes",
            "write a string in double quotes, or true, false or null in lower case",
        )),
    }
}

/// The character that a text begins with, if that looks like white space, or like nothing, and is
/// none in JSON.
pub(super) fn space(text: &[u8]) -> Option<char> {
    // Nearly always.
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

/// Whether a byte can begin a bare key or a word. Bytes beyond ASCII can: keys of other languages
/// are names too.
pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$') || byte >= 0x80
}
