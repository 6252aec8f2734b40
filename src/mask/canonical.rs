//! Texts with their encodings undone.
//!
//! A copy of a value may be written in another way: `%2B`, `\u002b`, `\/`, or `~1` in a JSON
//! Pointer, possibly nested. Texts are compared in a canonical form without encodings, in which
//! each letter knows its source.

use std::{borrow::Cow, ops::Range};

use crate::lint::is_unprintable;

/// The maximum number of layers of encodings that are undone.
const LAYERS: usize = 4;

/// A text without encodings.
pub(super) struct Canonical<'t> {
    /// Letters keep their case.
    pub text: Cow<'t, [u8]>,
    source: &'t [u8],
    /// The first layer maps to the source, each other one to the layer before it.
    layers: Vec<Vec<Break>>,
}

/// From this letter on, up to the next break, letters are verbatim in the source.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Break {
    at: usize,
    source: usize,
}

impl<'t> Canonical<'t> {
    pub fn of(source: &'t [u8]) -> Self {
        let mut canonical = Self {
            text: source.into(),
            source,
            layers: Vec::new(),
        };
        while canonical.layers.len() < LAYERS && canonical.undo() {}
        canonical
    }

    /// Whether the source has no encodings.
    pub fn is_plain(&self) -> bool {
        self.layers.is_empty()
    }

    /// Undoes one layer of encodings; `false` if there is none.
    fn undo(&mut self) -> bool {
        let (text, mut decoded, mut breaks) = (&self.text, Vec::new(), Vec::new());
        let (mut done, mut at) = (0, 0);
        while let Some(next) = next_special(&text[at..]) {
            at += next;
            let Some(Unit {
                length,
                letter,
                size,
            }) = Unit::of(&text[at..])
            else {
                at += 1;
                continue;
            };
            decoded.extend_from_slice(&text[done..at]);
            let here = Break {
                at: decoded.len(),
                source: at,
            };
            if breaks.last() != Some(&here) {
                breaks.push(here);
            }
            decoded.extend_from_slice(&letter[..size]);
            at += length;
            done = at;
            breaks.push(Break {
                at: decoded.len(),
                source: at,
            });
        }
        if breaks.is_empty() {
            return false;
        }
        decoded.extend_from_slice(&text[done..]);
        self.text = decoded.into();
        self.layers.push(breaks);
        true
    }

    /// The offset in the source where a letter begins, and where the text before it ends.
    fn source(&self, mut at: usize) -> usize {
        for breaks in self.layers.iter().rev() {
            let next = breaks.partition_point(|other| other.at <= at);
            if let Some(last) = next.checked_sub(1).and_then(|last| breaks.get(last)) {
                at = last.source + (at - last.at);
            }
        }
        at.min(self.source.len())
    }

    /// The location in the source.
    pub fn place(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source(range.start);
        start..self.source(range.end).max(start)
    }

    /// The source of a letter.
    pub fn written(&self, at: usize) -> &'t [u8] {
        &self.source[self.place(&(at..at + 1))]
    }

    /// Whether a letter is verbatim in the source, or only escaped with backslashes. Characters
    /// that end a value are written so; characters of the value are encoded.
    pub fn is_mark(&self, at: usize) -> bool {
        self.is_plain() || matches!(self.written(at), [_] | [b'\\', ..])
    }
}

/// A text without encodings, for callers that do not need locations.
pub(super) fn plain(text: &[u8]) -> Cow<'_, [u8]> {
    Canonical::of(text).text
}

/// The offset of the next byte that may begin an encoding. Most texts have none.
fn next_special(text: &[u8]) -> Option<usize> {
    // Without a branch for each byte, many are compared at once.
    let has_one = |block: &[u8]| {
        block
            .iter()
            .fold(false, |any, byte| any | is_special(*byte))
    };
    let first = text.chunks(32).position(has_one)? * 32;
    let next = text[first..].iter().position(|byte| is_special(*byte));
    Some(first + next?)
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'\\' | b'%' | b'~' | 0xC2..=0xF4)
}

/// A letter, and the number of bytes it is written in.
struct Unit {
    length: usize,
    letter: [u8; 4],
    /// The length of the letter; zero if it is left out.
    size: usize,
}

impl Unit {
    /// The encoded letter at the start of a text, if there is one.
    fn of(text: &[u8]) -> Option<Self> {
        match text[0] {
            b'%' => percent(text),
            b'~' => match text.get(1)? {
                b'0' => Some(Self::letter(2, '~')),
                b'1' => Some(Self::letter(2, '/')),
                _ => None,
            },
            b'\\' => backslash(text),
            _ => wide(text),
        }
    }

    fn letter(length: usize, letter: char) -> Self {
        let mut bytes = [0; 4];
        let size = letter.encode_utf8(&mut bytes).len();
        Self {
            length,
            letter: bytes,
            size,
        }
    }
}

/// The value of this many hexadecimal digits.
fn hex(digits: Option<&[u8]>) -> Option<u32> {
    let digits = digits?;
    digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
    u32::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

/// `%2B`, and `%252B`, which is encoded twice.
fn percent(text: &[u8]) -> Option<Unit> {
    let mut at = 1;
    while text[at..].starts_with(b"25") && hex(text.get(at + 2..at + 4)).is_some() {
        at += 2;
    }
    let byte = u8::try_from(hex(text.get(at..at + 2))?).ok()?;
    Some(Unit {
        length: at + 2,
        letter: [byte, 0, 0, 0],
        size: 1,
    })
}

/// Escapes of JSON and Rust, with any number of backslashes: JSON within a JSON string has more of
/// them.
fn backslash(text: &[u8]) -> Option<Unit> {
    let slashes = text.iter().take_while(|byte| **byte == b'\\').count();
    let next = text.get(slashes).copied();
    let after = &text[text.len().min(slashes + 1)..];
    let (length, letter) = match next {
        // Backslashes at the end of a string.
        Some(b'"' | b'\'') if slashes % 2 == 0 => return Some(Unit::letter(slashes, '\\')),
        Some(b'n') => (0, '\n'),
        Some(b't') => (0, '\t'),
        Some(b'r') => (0, '\r'),
        Some(byte @ 0x20..0x7F) => {
            let numbered = match byte {
                b'x' => hex(after.get(..2))
                    .and_then(char::from_u32)
                    .map(|letter| (2, letter)),
                b'u' => code(after, &text[..slashes]),
                _ => None,
            };
            numbered.unwrap_or((0, char::from(byte)))
        }
        _ if slashes > 1 => return Some(Unit::letter(slashes, '\\')),
        _ => return None,
    };
    Some(Unit::letter(slashes + 1 + length, letter))
}

/// The letter after `\u`: `{2f}`, or four digits, followed by another four for characters beyond
/// the first plane.
fn code(digits: &[u8], slashes: &[u8]) -> Option<(usize, char)> {
    if digits.first() == Some(&b'{') {
        let end = digits.iter().take(8).position(|byte| *byte == b'}')?;
        return Some((end + 1, hex(digits.get(1..end)).and_then(char::from_u32)?));
    }
    let first = hex(digits.get(..4))?;
    let second = || {
        let rest = digits[4..].strip_prefix(slashes)?.strip_prefix(b"u")?;
        hex(rest.get(..4)).filter(|code| (0xDC00..0xE000).contains(code))
    };
    if let (0xD800..0xDC00, Some(second)) = (first, second()) {
        let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        return Some((4 + slashes.len() + 5, char::from_u32(code)?));
    }
    Some((
        4,
        char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER),
    ))
}

/// Letters that are variants of ASCII letters, or invisible.
fn wide(text: &[u8]) -> Option<Unit> {
    let length = match text[0] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    };
    let letter = str::from_utf8(text.get(..length)?).ok()?.chars().next()?;
    let plain = match letter {
        _ if is_unprintable(letter) => {
            return Some(Unit {
                length,
                letter: [0; 4],
                size: 0,
            });
        }
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => '-',
        '\u{207A}' | '\u{FE62}' => '+',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0)?,
        _ if letter.is_numeric() => char::from_digit(digit(letter)?, 10)?,
        _ => return None,
    };
    Some(Unit::letter(length, plain))
}

/// The zeros of the scripts that have digits of their own, each before its nine others
/// (<https://www.unicode.org/Public/UCD/latest/ucd/extracted/DerivedNumericType.txt>).
const ZEROS: &[u32] = &[
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0,
    0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0,
    0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16A60, 0x16AC0, 0x16B50,
    0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E950, 0x1FBF0,
];

fn digit(letter: char) -> Option<u32> {
    let code = u32::from(letter);
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= code)].last()?;
    Some(code - zero).filter(|value| *value < 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(text: &str) -> String {
        String::from_utf8_lossy(&Canonical::of(text.as_bytes()).text).into_owned()
    }

    #[test]
    fn whatever_the_encoding_the_text_is_the_same() {
        let table = [
            "a/b+c\"S",
            "a%2Fb%2bc%22%53",
            "a%252Fb%25252bc%2522S",
            r#"a\/b\u002bc\"\u0053"#,
            r#"a\\/b\\u002bc\\\"\\\\u0053"#,
            r"a\u{2f}b\x2bc\u{22}S",
            "a~1b+c%5C%22S",
            r"a%5C%2Fb\u00252Bc%5cu0022S",
            "ａ／ｂ＋ｃ＂Ｓ",
            "a\u{200B}/\u{202A}b+c\u{AD}\"S",
            "\u{E0041}a/\u{FE0F}b\u{3164}+c\"\u{85}S",
        ];
        for text in table {
            assert_eq!(canonical(text), "a/b+c\"S", "{text}");
        }
        assert_eq!(canonical(r"\ud83d\ude00 \ud83d x"), "😀 \u{FFFD} x");
        assert_eq!(canonical("٠१੨９ ½²"), "0129 ½²");
        assert_eq!(canonical("100% a~b é\\"), "100% a~b é\\");
    }

    #[test]
    fn places_are_those_of_the_source() {
        let text = r#"x%2541y\\u0042\"z"#;
        let canonical = Canonical::of(text.as_bytes());
        assert_eq!(&*canonical.text, b"xAyB\"z");
        let written: Vec<_> = (0..6)
            .map(|at| String::from_utf8_lossy(canonical.written(at)))
            .collect();
        assert_eq!(written, ["x", "%2541", "y", r"\\u0042", "\\\"", "z"]);
        assert_eq!(canonical.place(&(1..4)), 1..14);
    }

    #[test]
    fn whatever_the_bytes_places_are_within_them() {
        for text in [
            &b"\\"[..],
            b"%",
            b"%2",
            b"~",
            b"\\u12",
            b"\\u{12",
            b"\xe0\xa5",
            b"\\\xff",
            b"%25%",
        ] {
            let canonical = Canonical::of(text);
            for at in 0..=canonical.text.len() {
                assert!(canonical.source(at) <= text.len());
            }
        }
    }
}
