//! Values of TOML, read with the place of what is wrong, and written.

use std::fmt::Write as _;

use clap::ValueEnum;
use kaizala_actions::lint::{nearest, printable};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// What is wrong, and at which byte.
#[derive(Debug)]
pub(crate) struct Fault {
    pub at: usize,
    pub message: String,
}

pub(crate) type Value<'i> = Spanned<DeValue<'i>>;

/// The name of a choice.
pub(crate) fn choice<T: ValueEnum>(name: &str) -> Result<T, String> {
    T::from_str(name, false).map_err(|_| {
        let known = T::value_variants().iter().filter_map(T::to_possible_value);
        let known: Vec<_> = known.map(|value| value.get_name().to_owned()).collect();
        let all = known.join(", ");
        match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("`{name}` is none of {all}; did you mean `{near}`?"),
            None => format!("`{name}` is none of {all}"),
        }
    })
}

/// A string, and what a reader makes of it.
pub(crate) fn string<T>(
    value: &Value<'_>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<T, Fault> {
    let DeValue::String(text) = value.get_ref() else {
        return Err(expected("a string", value));
    };
    let at = value.span().start;
    read(text).map_err(|message| Fault { at, message })
}

pub(crate) fn boolean(value: &Value<'_>) -> Result<bool, Fault> {
    value
        .get_ref()
        .as_bool()
        .ok_or_else(|| expected("true or false", value))
}

pub(crate) fn items<'v, 'i>(value: &'v Value<'i>) -> Result<Vec<&'v Value<'i>>, Fault> {
    let items = value
        .get_ref()
        .as_array()
        .ok_or_else(|| expected("a list", value))?;
    Ok(items.iter().collect())
}

pub(crate) fn list<T>(
    value: &Value<'_>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, Fault> {
    items(value)?
        .into_iter()
        .map(|item| string(item, &read))
        .collect()
}

pub(crate) fn table<'v, 'i>(value: &'v Value<'i>) -> Result<&'v DeTable<'i>, Fault> {
    value
        .get_ref()
        .as_table()
        .ok_or_else(|| expected("a table", value))
}

fn expected(what: &str, value: &Value<'_>) -> Fault {
    Fault {
        at: value.span().start,
        message: format!("expected {what}, found {}", value.get_ref().type_str()),
    }
}

/// A string of TOML, with escapes for all that a terminal should not see.
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
