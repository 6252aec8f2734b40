//! Texts of documents in messages: short, quoted, fit for a terminal.

use std::borrow::{Borrow, Cow};

use crate::json::{Node, Span};

/// The name, of several, that was probably meant.
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let close = |other: &str| strsim::osa_distance(&lower, &other.to_lowercase());
    // A third of the letters may differ: more, and it is another word. By the lengths alone first,
    // since a name from a document can be of any length.
    let length = name.chars().count();
    let near = |distance: usize, other: &str| distance * 3 <= other.chars().count();
    let candidates = names.filter(|other| near(length.abs_diff(other.chars().count()), other));
    let found = candidates
        .map(|other| (close(other), other))
        .min_by_key(|(distance, _)| *distance);
    found
        .filter(|(distance, other)| near(*distance, other))
        .map(|(_, other)| other)
}

/// A question whether that was meant, if any of the names is close.
pub(super) fn suggestion<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    Some(format!(
        "did you mean `{}`?",
        shorten(nearest(name, names)?)
    ))
}

/// Names one after the other.
pub(super) fn list(names: impl IntoIterator<Item = impl Borrow<str>>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// What to do, and what the contract says of the thing to do it with.
pub(super) fn described(what: &str, description: Option<&String>) -> String {
    match description {
        Some(description) => format!("{what}. {description}"),
        None => what.to_owned(),
    }
}

/// A part of a text.
pub(super) fn part<'t>(text: &'t [u8], span: &Span) -> Option<&'t str> {
    str::from_utf8(text.get(span.clone())?).ok()
}

/// What stands at a place of a text; `whole` is what that text is.
pub(super) fn snippet(text: &[u8], span: &Span, whole: &str) -> String {
    match text.get(span.clone()) {
        None | Some([]) => format!("the end of the {whole}"),
        Some(bytes) => shorten(&String::from_utf8_lossy(bytes)),
    }
}

/// A name as a JSON string.
pub(super) fn quoted(name: &str) -> String {
    serde_json::Value::from(name).to_string()
}

/// A text of the document, short enough for a message.
pub(super) fn shorten(text: &str) -> String {
    truncate(text, 40)
}

/// A short rendering of a value, for `found`.
pub(super) fn excerpt(node: Node<'_>) -> String {
    const MOST: usize = 60;
    // Of a value that is long, only the beginning is written.
    let mut beginning = [0; 8 * MOST];
    let mut rest = &mut beginning[..];
    let _ = serde_json::to_writer(&mut rest, &node);
    let length = 8 * MOST - rest.len();
    truncate(&String::from_utf8_lossy(&beginning[..length]), MOST)
}

/// The first characters of a text, with an ellipsis where it has more.
#[must_use]
pub fn truncate(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A text of unknown origin, fit for a terminal: control characters, and what turns the direction
/// of a line, appear as escapes.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
        return text.into();
    }
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_unprintable(letter) {
            safe.extend(letter.escape_unicode());
        } else {
            safe.push(letter);
        }
    }
    safe.into()
}

fn is_unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{2069}'
                | '\u{FEFF}'
                | '\u{061C}'
        )
}
