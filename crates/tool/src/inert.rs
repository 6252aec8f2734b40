//! Makes text inert for the runners of CI servers, which execute commands in any output of a job.
//!
//! - GitHub Actions: `::name …` at the start of a line, white space aside, and `##[name]` anywhere
//!   (<https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs>).
//! - Azure Pipelines: `##vso[…]` anywhere, and `##[…]` at the start of a line.
//! - `TeamCity`: `##teamcity[…]`.
//!
//! One character of each command is replaced by its JSON escape, so that JSON keeps its meaning.

use std::borrow::Cow;

/// The text without commands.
pub(crate) fn inert(text: &str) -> Cow<'_, str> {
    replaced(text, |letter| format!("\\u{:04x}", u32::from(letter)))
}

/// XML without commands.
pub(crate) fn inert_xml(text: &str) -> Cow<'_, str> {
    replaced(text, |letter| format!("&#{};", u32::from(letter)))
}

/// A text that may not be UTF-8, without commands.
pub(crate) fn inert_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut safe = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        safe.extend_from_slice(inert(chunk.valid()).as_bytes());
        safe.extend_from_slice(chunk.invalid());
    }
    safe
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
}
