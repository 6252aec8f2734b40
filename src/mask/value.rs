//! Finds the value that follows a name, in the various notations.

use std::ops::Range;

use super::canonical::Canonical;

/// The notation around a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// JSON, or a JavaScript literal.
    Member,
    /// A line of header fields, or a JavaScript literal with keys without quotes.
    Field,
    /// A query, a fragment or a form.
    Parameter,
    /// XML.
    Element,
}

/// The schemes of tokens.
const SCHEMES: &[&str] = &["bearer", "basic", "digest", "negotiate"];

/// The scheme that a value begins with, if there is one.
pub(super) fn scheme(value: &[u8]) -> Option<&[u8]> {
    let word = &value[..memchr::memchr(b' ', value)?];
    SCHEMES
        .iter()
        .any(|scheme| word.eq_ignore_ascii_case(scheme.as_bytes()))
        .then_some(word)
}

/// Passes on the value at an offset, without its quotes and scheme, and all values in it; returns
/// its end. `is_list` says that a field extends to the end of its line.
pub(super) fn values(
    text: &Canonical<'_>,
    from: usize,
    form: Form,
    is_list: bool,
    mut found: impl FnMut(Range<usize>),
) -> usize {
    let mut give = |range: Range<usize>| {
        let value = &text.text[range.clone()];
        let start = scheme(value).map_or(0, |scheme| {
            value.len() - value[scheme.len()..].trim_ascii_start().len()
        });
        if start < value.len() {
            found(range.start + start..range.end);
        }
    };
    let space = |byte: &u8| match form {
        Form::Parameter => *byte == b' ',
        _ => byte.is_ascii_whitespace(),
    };
    let skipped = text.text[from..]
        .iter()
        .take_while(|byte| space(byte))
        .count();
    let start = from + skipped;
    match text.text.get(start) {
        None => start,
        Some(b'"' | b'\'') => {
            let end = string_end(text, start);
            give(start + 1..end);
            end
        }
        Some(b'[' | b'{') if form != Form::Element => nested(text, start, give),
        // The next line is another field.
        Some(_) if form == Form::Field && text.text[from..start].contains(&b'\n') => from,
        Some(_) => {
            let end = bare_end(text, start, form, is_list);
            give(start..end);
            end
        }
    }
}

/// The end of a value without quotes.
fn bare_end(text: &Canonical<'_>, start: usize, form: Form, is_list: bool) -> usize {
    let is_end = |at: usize, is_list: bool| {
        let byte = text.text[at];
        let ends = match form {
            Form::Member => matches!(byte, b',' | b'}' | b']') || byte.is_ascii_whitespace(),
            Form::Parameter => b"&;#\"`<>".contains(&byte) || byte.is_ascii_whitespace(),
            Form::Element => byte == b'<',
            Form::Field if is_list => matches!(byte, b'"' | b'\n' | b'\r'),
            Form::Field => b"\"'`<>".contains(&byte) || byte.is_ascii_whitespace(),
        };
        ends && text.is_mark(at)
    };
    let end = |from: usize, is_list: bool| {
        let mut places = from..text.text.len();
        places
            .find(|at| is_end(*at, is_list))
            .unwrap_or(text.text.len())
    };
    let first = end(start, is_list);
    if form == Form::Field
        && !is_list
        && scheme(&text.text[start..(first + 1).min(text.text.len())]).is_some()
    {
        return end(first + 1, false);
    }
    first
}

/// The closing quote of the string that opens at an offset: the next one that is written in the
/// same way. A quote inside has more backslashes, or another encoding.
fn string_end(text: &Canonical<'_>, open: usize) -> usize {
    let rest = &text.text[open + 1..];
    let mut quotes = memchr::memchr_iter(text.text[open], rest).map(|at| open + 1 + at);
    let written = (!text.is_plain()).then(|| text.written(open));
    quotes
        .find(|at| written.is_none_or(|written| text.written(*at) == written))
        .unwrap_or(text.text.len())
}

/// Passes on the strings and numbers in an array or an object.
fn nested(text: &Canonical<'_>, open: usize, mut give: impl FnMut(Range<usize>)) -> usize {
    let (mut depth, mut at) = (0_usize, open);
    while let Some(byte) = text.text.get(at) {
        let mut value = None;
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            b'"' | b'\'' => {
                let end = string_end(text, at);
                value = Some(at + 1..end);
                at = end;
            }
            b',' | b':' => {}
            byte if byte.is_ascii_whitespace() => {}
            _ => {
                let is_end = |byte: &u8| b"[]{},:\"'".contains(byte) || byte.is_ascii_whitespace();
                let length = text.text[at..].iter().position(is_end);
                let end = length.map_or(text.text.len(), |length| at + length);
                value = Some(at..end);
                at = end - 1;
            }
        }
        at = (at + 1).min(text.text.len());
        let is_key = || text.text[at..].trim_ascii_start().starts_with(b":");
        if let Some(value) = value.filter(|_| !is_key()) {
            give(value);
        }
        if depth == 0 {
            break;
        }
    }
    at
}
