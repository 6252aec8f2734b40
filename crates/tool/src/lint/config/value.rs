//! Values of TOML, read with locations of errors, and written.

use std::fmt::Write as _;

use clap::ValueEnum;
use kaizala_actions::lint::{nearest, printable};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::parsers::names;

/// An error, and its offset.
#[derive(Debug)]
pub(crate) struct Fault {
    pub at: usize,
    pub message: String,
}

impl Fault {
    pub fn new(at: usize, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
        }
    }
}

pub(crate) type Value<'i> = Spanned<DeValue<'i>>;

/// The value of this name.
pub(crate) fn choice<T: ValueEnum>(text: &str) -> Result<T, String> {
    T::from_str(text, false).map_err(|_| {
        let known = names::<T>();
        let hint = nearest(text, known.iter().map(String::as_str))
            .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        format!("`{text}` is not one of {}{hint}", known.join(", "))
    })
}

/// A string, parsed by a function.
pub(crate) fn string<T>(
    value: &Value<'_>,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Result<T, Fault> {
    let text = expect(value.get_ref().as_str(), "a string", value)?;
    read(text).map_err(|message| Fault::new(value.span().start, message))
}

pub(crate) fn items<'v, 'i>(value: &'v Value<'i>) -> Result<&'v [Value<'i>], Fault> {
    let items = value.get_ref().as_array().map(|items| &items[..]);
    expect(items, "a list", value)
}

/// A list of strings, each parsed by a function.
pub(crate) fn list<T>(
    value: &Value<'_>,
    mut read: impl FnMut(&str) -> Result<T, String>,
) -> Result<Vec<T>, Fault> {
    let items = items(value)?.iter();
    items.map(|item| string(item, &mut read)).collect()
}

pub(crate) fn table<'v, 'i>(value: &'v Value<'i>) -> Result<&'v DeTable<'i>, Fault> {
    expect(value.get_ref().as_table(), "a table", value)
}

/// A value of the expected type.
pub(crate) fn expect<T>(found: Option<T>, what: &str, value: &Value<'_>) -> Result<T, Fault> {
    found.ok_or_else(|| {
        let found = value.get_ref().type_str();
        Fault::new(
            value.span().start,
            format!("expected {what}, found {found}"),
        )
    })
}

/// A TOML string, with escapes for whatever a terminal could interpret.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            quoted.extend(['\\', letter]);
        } else if printable(letter.encode_utf8(&mut [0; 4])).len() > letter.len_utf8() {
            // Into a string, which takes everything.
            let _ = write!(quoted, "\\U{:08X}", u32::from(letter));
        } else {
            quoted.push(letter);
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped_as_toml_wants_it() {
        assert_eq!(
            quoted("a\"b\\c\n\u{202e}é"),
            "\"a\\\"b\\\\c\\U0000000A\\U0000202Eé\""
        );
    }
}
