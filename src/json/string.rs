//! Strings, with what their escapes and bytes may hide.

use std::borrow::Cow;

use wide::u8x16;

use super::{Flaw, Span, dialect::Kind};

/// A string that was read.
pub(super) struct Read<'t> {
    pub value: Cow<'t, str>,
    /// Past the closing quote.
    pub end: usize,
    pub flaw: Option<Flaw>,
    pub deviation: Option<Kind>,
}

/// Quotes that JSON does not know.
#[derive(Clone, Copy)]
pub(super) enum Quotes {
    Double,
    Single,
    Typographic,
}

impl Quotes {
    /// The foreign quotes that a text begins with, and their length.
    pub fn open(text: &[u8]) -> Option<(Self, usize)> {
        match text {
            [b'\'', ..] => Some((Self::Single, 1)),
            // “ and ”: word processors write either at the beginning.
            [0xE2, 0x80, 0x9C | 0x9D, ..] => Some((Self::Typographic, 3)),
            _ => None,
        }
    }

    fn closing(self, text: &[u8]) -> Option<usize> {
        match (self, text) {
            (Self::Double, [b'"', ..]) | (Self::Single, [b'\'', ..]) => Some(1),
            (Self::Typographic, [0xE2, 0x80, 0x9C | 0x9D, ..]) => Some(3),
            _ => None,
        }
    }

    fn deviation(self) -> Option<Kind> {
        match self {
            Self::Double => None,
            Self::Single => Some(Kind::SingleQuotes),
            Self::Typographic => Some(Kind::TypographicQuotes),
        }
    }
}

/// Where a text is no JSON, what is wrong, and what to write instead.
pub type Problem = (Span, &'static str, &'static str);

/// Reads the string whose opening quote is at `start`; `valid` is the text, if it is UTF-8.
pub(super) fn read<'t>(
    text: &'t [u8],
    valid: Option<&'t str>,
    start: usize,
) -> Result<Read<'t>, Problem> {
    if text[start] == b'"'
        && let end = special(text, start + 1)
        && text.get(end) == Some(&b'"')
        && let Some(value) = valid.and_then(|text| text.get(start + 1..end))
    {
        return Ok(Read {
            value: Cow::Borrowed(value),
            end: end + 1,
            flaw: None,
            deviation: None,
        });
    }
    let (quotes, length) = Quotes::open(&text[start..]).unwrap_or((Quotes::Double, 1));
    let mut bytes = Vec::new();
    let mut at = start + length;
    let (mut flaw, mut deviation) = (None, quotes.deviation());
    loop {
        let rest = &text[at..];
        if let Some(length) = quotes.closing(rest) {
            return Ok(Read {
                value: String::from_utf8_lossy(&bytes).into_owned().into(),
                end: at + length,
                flaw,
                deviation,
            });
        }
        match rest {
            [] => {
                return Err((
                    start..start + length,
                    "a string without an end",
                    "close it with a double quote",
                ));
            }
            [b'\\', ..] => at = escape(text, at, quotes, &mut bytes, &mut flaw)?,
            [byte @ 0..0x20, ..] => {
                bytes.push(*byte);
                deviation = deviation.or(Some(Kind::ControlCharacter));
                at += 1;
            }
            [0x20..0x80, ..] => {
                bytes.push(rest[0]);
                at += 1;
            }
            _ => {
                let width = width(rest);
                let character = &rest[..width];
                if std::str::from_utf8(character).is_err() {
                    flaw = flaw.or(Some(Flaw::Bytes(at..at + width)));
                }
                bytes.extend_from_slice(character);
                at += width;
            }
        }
    }
}

/// Reads the escape at `at`; answers where it ends.
fn escape(
    text: &[u8],
    at: usize,
    quotes: Quotes,
    bytes: &mut Vec<u8>,
    flaw: &mut Option<Flaw>,
) -> Result<usize, Problem> {
    let plain = match text.get(at + 1) {
        Some(b'n') => b'\n',
        Some(b't') => b'\t',
        Some(b'r') => b'\r',
        Some(b'b') => 0x08,
        Some(b'f') => 0x0C,
        Some(byte @ (b'"' | b'\\' | b'/')) => *byte,
        Some(b'\'') if matches!(quotes, Quotes::Single) => b'\'',
        Some(b'u') => return unicode_escape(text, at, bytes, flaw),
        None => {
            return Err((
                at..at + 1,
                "a string without an end",
                "close it with a double quote",
            ));
        }
        Some(_) => {
            let end = at + 1 + width(&text[at + 1..]);
            return Err((
                at..end,
                "an escape that JSON does not have",
                "write \\\\ for a backslash, or \\u and four hex digits",
            ));
        }
    };
    bytes.push(plain);
    Ok(at + 2)
}

fn unicode_escape(
    text: &[u8],
    at: usize,
    bytes: &mut Vec<u8>,
    flaw: &mut Option<Flaw>,
) -> Result<usize, Problem> {
    let first = unit(text, at).ok_or((
        at..text.len().min(at + 2),
        "\\u without four hex digits",
        "write four hex digits after \\u",
    ))?;
    let second = unit(text, at + 6)
        .filter(|_| (0xD800..0xDC00).contains(&first))
        .filter(|second| (0xDC00..0xE000).contains(second));
    let (code, end) = match second {
        Some(second) => (
            0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00),
            at + 12,
        ),
        None => (first, at + 6),
    };
    let character = char::from_u32(code).unwrap_or_else(|| {
        flaw.get_or_insert(Flaw::Surrogate(at..end));
        char::REPLACEMENT_CHARACTER
    });
    bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    Ok(end)
}

/// The number in the `\uXXXX` at `at`.
fn unit(text: &[u8], at: usize) -> Option<u32> {
    let digits = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let digits = std::str::from_utf8(digits)
        .ok()
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

/// Where the next quote, backslash or control character is, or the end.
#[inline]
pub fn special(bytes: &[u8], mut at: usize) -> usize {
    const QUOTE: u8x16 = u8x16::splat(b'"');
    const BACKSLASH: u8x16 = u8x16::splat(b'\\');
    const LAST_CONTROL: u8x16 = u8x16::splat(0x1F);
    while let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let block = u8x16::new(*block);
        let found = block.simd_eq(QUOTE)
            | block.simd_eq(BACKSLASH)
            | block.min(LAST_CONTROL).simd_eq(block);
        match found.to_bitmask() {
            0 => at += 16,
            found => return at + found.trailing_zeros() as usize,
        }
    }
    while bytes
        .get(at)
        .is_some_and(|byte| !matches!(byte, b'"' | b'\\' | ..0x20))
    {
        at += 1;
    }
    at
}

/// How many bytes the first character of a text has; a byte that begins none counts alone.
pub(super) fn width(text: &[u8]) -> usize {
    let most = &text[..text.len().min(4)];
    match std::str::from_utf8(most) {
        Ok(text) => text.chars().next().map_or(0, char::len_utf8),
        Err(error) if error.valid_up_to() > 0 => std::str::from_utf8(&most[..error.valid_up_to()])
            .map_or(1, |text| text.chars().next().map_or(1, char::len_utf8)),
        Err(error) => error.error_len().unwrap_or(most.len()),
    }
}

/// Whether a byte can begin a bare key or a word. Bytes beyond ASCII can: keys of other languages
/// are names too.
pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$') || byte >= 0x80
}
