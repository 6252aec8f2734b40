//! Makes text inert for the runners of CI servers, which execute commands in any output of a job.
//!
//! - GitHub Actions: `::name …` at the start of a line, white space aside, and `##[name]` anywhere
//!   (<https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs>).
//! - Azure Pipelines: `##vso[…]` anywhere, and `##[…]` at the start of a line.
//! - `TeamCity`: `##teamcity[…]`.
//!
//! One character of each command is replaced by its JSON escape, so that JSON keeps its meaning.

use std::{borrow::Cow, fmt::Write as _};

use crate::lint::is_unprintable;

/// The text without commands.
#[must_use]
pub fn inert(text: &str) -> Cow<'_, str> {
    replaced(text, |letter| format!("\\u{:04x}", u32::from(letter)))
}

/// XML without commands.
#[must_use]
pub fn inert_xml(text: &str) -> Cow<'_, str> {
    replaced(text, |letter| format!("&#{};", u32::from(letter)))
}

/// A text that may not be UTF-8, without commands.
#[must_use]
pub fn inert_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut safe = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        safe.extend_from_slice(inert(chunk.valid()).as_bytes());
        safe.extend_from_slice(chunk.invalid());
    }
    safe
}

/// JSON in which nothing is hidden, and no command: as escapes, which say the same.
#[must_use]
pub fn safe_json(text: &str) -> Cow<'_, str> {
    match visible(text) {
        Cow::Borrowed(text) => inert(text),
        Cow::Owned(text) => inert(&text).into_owned().into(),
    }
}

/// JSON without control characters and what else does not show.
fn visible(text: &str) -> Cow<'_, str> {
    // Most of it is ASCII; without a branch for each byte, many are compared at once.
    let shows = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    if text.bytes().fold(true, |all, byte| all & shows(byte)) {
        return text.into();
    }
    // Outside of strings, serde_json writes spaces and line feeds alone.
    let is_hidden = |letter: char| letter != '\n' && is_unprintable(letter);
    if !text.contains(is_hidden) {
        return text.into();
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if is_hidden(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // Into a string, which takes everything.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(letter);
        }
    }
    safe.into()
}

fn replaced(text: &str, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    let mut safe = String::new();
    let mut from = 0;
    for at in commands(text) {
        safe += &text[from..at];
        let letter = char::from(text.as_bytes()[at]);
        safe += &escape(letter);
        from = at + 1;
    }
    if from == 0 {
        return text.into();
    }
    (safe + &text[from..]).into()
}

/// For each command, the offset of an ASCII character without which it is no longer one; in
/// ascending order.
fn commands(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let marks = memchr::memchr2_iter(b'#', b':', bytes);
    marks.filter(|at| match bytes[*at] {
        b':' => bytes.get(at + 1) == Some(&b':') && begins_line(&text[..*at]),
        _ => *at > 0 && bytes[at - 1] == b'#' && is_named(&bytes[at + 1..]),
    })
}

/// Whether there is only white space between the start of a line and the end of the text. A
/// carriage return ends a line too.
fn begins_line(before: &str) -> bool {
    let mut others = before
        .chars()
        .rev()
        .skip_while(|letter| letter.is_whitespace() && !matches!(letter, '\n' | '\r'));
    matches!(others.next(), None | Some('\n' | '\r'))
}

/// Whether a name, which may be empty, and a bracket follow.
fn is_named(after: &[u8]) -> bool {
    let end = after.iter().position(|byte| !byte.is_ascii_alphanumeric());
    end.is_some_and(|end| after[end] == b'[')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_escaped_and_all_else_stays() {
        let table = [
            ("::error::x", "\\u003a:error::x"),
            (
                "a\n \t::set-output name=a::b",
                "a\n \t\\u003a:set-output name=a::b",
            ),
            ("a\r::error::x", "a\r\\u003a:error::x"),
            ("\u{a0}::x::", "\u{a0}\\u003a:x::"),
            (":::", "\\u003a::"),
            ("a ##[group]b", "a #\\u0023[group]b"),
            ("##vso[task.setvariable]", "#\\u0023vso[task.setvariable]"),
            ("x##teamcity[a]", "x#\\u0023teamcity[a]"),
            ("###[a]", "##\\u0023[a]"),
            ("##[##[", "#\\u0023[#\\u0023["),
            ("a::b", "a::b"),
            ("std::io\n## Heading [x]", "std::io\n## Heading [x]"),
            ("#[derive]", "#[derive]"),
            (": :", ": :"),
            ("##", "##"),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(inert(text), expected);
            assert_eq!(inert(expected), expected, "twice is once");
        }
        assert_eq!(inert_xml("##[a] ::b"), "#&#35;[a] ::b");
        assert_eq!(
            inert_bytes(b"\xff##[a]\xfe::"),
            b"\xff#\\u0023[a]\xfe\\u003a:"
        );
    }

    #[test]
    fn json_says_the_same() {
        let value = serde_json::json!({"##[a]": ["::b", "##vso[c]"]});
        let text = serde_json::to_string_pretty(&value).expect("JSON");
        let safe = inert(&text);
        assert!(!safe.contains("##["));
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&safe).ok(),
            Some(value)
        );
    }

    #[test]
    fn json_says_the_same_in_characters_that_show() {
        let words = "a\u{7f}\u{9b}31m\u{202e}\u{ad}\u{e0041}\u{1f600}é\n";
        let json = serde_json::to_string_pretty(&[words]).expect("JSON");
        let safe = safe_json(&json);
        assert_eq!(
            safe,
            "[\n  \"a\\u007f\\u009b31m\\u202e\\u00ad\\udb40\\udc41😀é\\n\"\n]"
        );
        assert_eq!(
            serde_json::from_str::<[String; 1]>(&safe).expect("JSON"),
            [words]
        );
    }
}
