//! Strings, including what their escapes and bytes mean.

use super::{
    cursor::{Cursor, Span, SyntaxError, width},
    dialect::{Deviation, DeviationKind},
    flaw::Flaw,
};

/// The opening quotes of a string, with the prefixes of Python 2, by their deviation.
pub(super) fn opening(text: &[u8]) -> Option<(Option<DeviationKind>, usize)> {
    match text {
        [b'u' | b'U', rest @ ..] if matches!(rest, [b'"' | b'\'', ..]) => {
            quotes(rest).map(|(quotes, _)| (quotes, 2))
        }
        _ => quotes(text),
    }
}

/// The opening quotes of a text, their deviation from JSON, and their length.
pub(super) fn quotes(text: &[u8]) -> Option<(Option<DeviationKind>, usize)> {
    match text {
        [b'"', ..] => Some((None, 1)),
        [b'\'', ..] => Some((Some(DeviationKind::SingleQuotes), 1)),
        // “ and ”: word processors write either one at the beginning.
        [0xE2, 0x80, 0x9C | 0x9D, ..] => Some((Some(DeviationKind::TypographicQuotes), 3)),
        _ => None,
    }
}

/// Reads the string at the cursor, in any quotes, into `decoded`; adds its deviations from JSON to
/// `deviations`, and returns its flaw.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    decoded: &mut String,
    deviations: &mut Vec<Deviation>,
) -> Result<Option<Flaw>, SyntaxError> {
    let (start, first) = (cursor.at, decoded.len());
    let (quote, opened) = opening(cursor.rest()).unwrap_or((None, 1));
    let is_prefixed = quotes(cursor.rest()).is_none();
    let length = opened - usize::from(is_prefixed);
    let closing = Some((quote, length));
    let mut deviation = is_prefixed.then_some(DeviationKind::StringPrefix).or(quote);
    cursor.at += opened;
    let mut flaw = None;
    loop {
        if closing == Some((None, 1)) {
            decoded.push_str(cursor.run());
        }
        let (at, rest) = (cursor.at, cursor.rest());
        if quotes(rest) == closing {
            cursor.at += length;
            let value = &decoded[first..];
            deviations.extend(deviation.map(|kind| Deviation::new(kind, start..cursor.at, value)));
            return Ok(flaw);
        }
        match rest {
            [] => return Err(endless(start..start + length)),
            [b'\\', ..] => {
                let code = match cursor.escape() {
                    Some(code) => code,
                    None => match foreign_escape(cursor) {
                        Some(code) => {
                            deviation = deviation.or(Some(DeviationKind::Escape));
                            code
                        }
                        None => return Err(no_escape(cursor)),
                    },
                };
                decoded.push(char::from_u32(code).unwrap_or_else(|| {
                    flaw.get_or_insert(Flaw::Surrogate(at..cursor.at));
                    char::REPLACEMENT_CHARACTER
                }));
            }
            [byte @ ..0x80, ..] => {
                if *byte < 0x20 {
                    deviation = deviation.or(Some(DeviationKind::ControlCharacter));
                }
                decoded.push(char::from(*byte));
                cursor.at += 1;
            }
            _ => {
                cursor.at += width(rest);
                let span = at..cursor.at;
                if std::str::from_utf8(&cursor.text[span.clone()]).is_err() {
                    flaw.get_or_insert(Flaw::Bytes(span.clone()));
                }
                decoded.push_str(&cursor.slice(span));
            }
        }
    }
}

/// The code point of an escape of Python or JavaScript. If there is none, the cursor does not move.
fn foreign_escape(cursor: &mut Cursor<'_>) -> Option<u32> {
    let hex = |digits: &[u8]| {
        let digits = std::str::from_utf8(digits).ok()?;
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
        char::from_u32(code).map(u32::from)
    };
    let rest = cursor.rest().get(1..)?;
    let (length, code) = match rest {
        [b'\'', ..] => (1, '\''.into()),
        [b'v', ..] => (1, 0x0B),
        [b'0', next @ ..] if !next.first().is_some_and(u8::is_ascii_digit) => (1, 0),
        [b'x', ..] => (3, hex(rest.get(1..3)?)?),
        [b'U', ..] => (9, hex(rest.get(1..9)?)?),
        [b'u', b'{', digits @ ..] => {
            let most = &digits[..digits.len().min(7)];
            let length = most
                .iter()
                .position(|byte| *byte == b'}')
                .filter(|it| *it > 0)?;
            (length + 3, hex(&digits[..length])?)
        }
        _ => return None,
    };
    cursor.at += 1 + length;
    Some(code)
}

/// The error for what follows a backslash.
fn no_escape(cursor: &Cursor<'_>) -> SyntaxError {
    let (at, text) = (cursor.at, cursor.text);
    let (end, problem, help) = match text.get(at + 1) {
        Some(b'u') => (
            at + 2,
            "\\u without four hex digits",
            "write four hex digits after \\u",
        ),
        Some(_) => (
            at + 1 + width(&text[at + 1..]),
            "an escape that JSON does not have",
            "write \\\\ for a backslash, or \\u and four hex digits",
        ),
        None => return endless(at..at + 1),
    };
    SyntaxError {
        span: at..end,
        problem,
        help,
    }
}

fn endless(span: Span) -> SyntaxError {
    SyntaxError {
        span,
        problem: "a string without an end",
        help: "close it with a double quote",
    }
}
