//! Words for people.

use std::borrow::Cow;

use kaizala_actions::lint::printable;

/// `1 note`, `2 notes`.
pub(crate) fn count(number: usize, name: &str) -> String {
    format!("{number} {name}{}", if number == 1 { "" } else { "s" })
}

/// A text up to so many characters; `…` says that there is more of it.
pub(crate) fn truncate(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// What a document says, fit for a line that people read as it is, and no longer than anybody does:
/// a name in a document can have a megabyte.
pub(crate) fn brief(words: &str) -> Cow<'_, str> {
    const MOST: usize = 1000;
    match printable(words) {
        Cow::Borrowed(words) => truncate(words, MOST),
        Cow::Owned(words) => truncate(&words, MOST).into_owned().into(),
    }
}
