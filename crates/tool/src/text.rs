//! Text for people.

use std::{borrow::Cow, fmt::Display, path::Path};

use kaizala_actions::lint::{printable, truncate};

use crate::name;

/// `1 note`, `2 notes`.
pub(crate) fn count(number: usize, name: &str) -> String {
    format!("{number} {name}{}", if number == 1 { "" } else { "s" })
}

/// Text of a document, safe for a line of output, and truncated: a name in a document may have a
/// megabyte.
pub(crate) fn brief(words: &str) -> Cow<'_, str> {
    const MOST: usize = 1000;
    let words = printable(words);
    // There are no more characters than bytes: usually there is nothing to count.
    if words.len() <= MOST {
        words
    } else {
        truncate(&words, MOST).into()
    }
}

/// Adds the name of the file to an error.
pub(crate) fn about<E: Display>(file: &(impl AsRef<Path> + ?Sized)) -> impl Fn(E) -> String {
    let name = name::of(file.as_ref());
    move |error| format!("{name}: {error}")
}
