//! Words for people.

use std::{borrow::Cow, fmt::Display, path::Path};

use kaizala_actions::lint::{printable, truncate};

use crate::name;

/// `1 note`, `2 notes`.
pub(crate) fn count(number: usize, name: &str) -> String {
    format!("{number} {name}{}", if number == 1 { "" } else { "s" })
}

/// What a document says, fit for a line that people read as it is, and no longer than anybody does:
/// a name in a document can have a megabyte.
pub(crate) fn brief(words: &str) -> Cow<'_, str> {
    const MOST: usize = 1000;
    let words = printable(words);
    // No more characters than bytes: nearly always there is nothing to count.
    if words.len() <= MOST {
        words
    } else {
        truncate(&words, MOST).into()
    }
}

/// What makes an error about a file say which.
pub(crate) fn about<E: Display>(file: &(impl AsRef<Path> + ?Sized)) -> impl Fn(E) -> String {
    let name = name::of(file.as_ref());
    move |error| format!("{name}: {error}")
}
