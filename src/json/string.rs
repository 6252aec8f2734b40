//! Strings, with what their escapes and bytes may hide.

use super::{
    cursor::{Cursor, Span, SyntaxError, width},
    dialect::{Deviation, DeviationKind},
    flaw::Flaw,
};

/// The quotes that a text begins with, by how they deviate from JSON, and their length.
pub(super) fn quotes(text: &[u8]) -> Option<(Option<DeviationKind>, usize)> {
    match text {
        [b'"', ..] => Some((None, 1)),
        [b'\'', ..] => Some((Some(DeviationKind::SingleQuotes), 1)),
        // “ and ”: word processors write either at the beginning.
        [0xE2, 0x80, 0x9C | 0x9D, ..] => Some((Some(DeviationKind::TypographicQuotes), 3)),
        _ => None,
    }
}

/// Reads a string in any quotes, which the cursor is at, into `decoded`; adds how it deviates from
/// JSON to `deviations`, and answers what is wrong with it.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    decoded: &mut String,
    deviations: &mut Vec<Deviation>,
) -> Result<Option<Flaw>, SyntaxError> {
    let (start, first) = (cursor.at, decoded.len());
    let (mut deviation, length) = quotes(cursor.rest()).unwrap_or((None, 1));
    let closing = Some((deviation, length));
    cursor.at += length;
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
                let code = escape(cursor, closing)?;
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

/// The code point that an escape in such quotes stands for.
fn escape(
    cursor: &mut Cursor<'_>,
    quotes: Option<(Option<DeviationKind>, usize)>,
) -> Result<u32, SyntaxError> {
    let (at, text) = (cursor.at, cursor.text);
    if let Some(code) = cursor.escape() {
        return Ok(code);
    }
    let (end, problem, cure) = match text.get(at + 1) {
        Some(b'\'') if quotes == Some((Some(DeviationKind::SingleQuotes), 1)) => {
            cursor.at += 2;
            return Ok('\''.into());
        }
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
        None => return Err(endless(at..at + 1)),
    };
    Err(SyntaxError {
        span: at..end,
        problem,
        cure,
    })
}

fn endless(span: Span) -> SyntaxError {
    SyntaxError {
        span,
        problem: "a string without an end",
        cure: "close it with a double quote",
    }
}
