//! Placeholders that a program did not fill in.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// What languages print for an absent value, in lower case.
const NOTHING: &[&str] = &[
    "",
    "undefined",
    "null",
    "(null)",
    "<null>",
    "none",
    "nil",
    "nan",
    "n/a",
];

/// The beginnings of template placeholders, which remain if they are not filled in.
const OPENS: &[&str] = &["{{", "${", "#{", "<%", "{%", "%(", "$("];

/// A text of a path without its encodings; most have none.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if text.contains('%') {
        percent_decode_str(text).decode_utf8_lossy()
    } else {
        text.into()
    }
}

/// Whether a text is a placeholder that was not filled in. If the text `has_variables`, `$` begins
/// a variable of unknown value.
pub(super) fn is_placeholder(value: &str, has_variables: bool) -> bool {
    let text = decoded(value);
    let text = text.trim();
    if has_variables && text.contains('$') {
        return false;
    }
    // An id may end in one of these, as `undefined@2` does.
    let (id, suffix) = text.rsplit_once('@').unwrap_or((text, ""));
    let is_suffix = suffix.bytes().all(|byte| byte.is_ascii_digit());
    let id = if is_suffix { id } else { text };
    let begins = |start: &str| {
        let beginning = id.get(..start.len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(start))
    };
    NOTHING.iter().any(|nothing| id.eq_ignore_ascii_case(nothing))
        || begins("[object ")
        // Names of types, as .NET prints them.
        || begins("system.")
        || text.starts_with(['{', '<', ':', '$'])
        // One of these characters is in each of them.
        || text.contains(['{', '%', '('])
            && OPENS.iter().any(|open| text.contains(open))
        || is_directive(text)
}

/// Whether a text is `%s`, `%d`, `%@`, `%1$s` or similar.
fn is_directive(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('%') else {
        return false;
    };
    let rest =
        rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || ".-$l".contains(letter));
    let (kind, rest) = rest.split_at_checked(1).unwrap_or_default();
    "sdiux@vf".contains(kind) && !kind.is_empty() && (rest.is_empty() || rest.starts_with('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_was_never_put_in_is_known() {
        for value in [
            "",
            "None",
            "null",
            "NULL",
            "NaN",
            "nil",
            "undefined",
            "undefined@2",
            "@2",
            "(null)",
            "[object%20Object]",
            "%5Bobject%20Object%5D",
            "[object Undefined]",
            "{0}",
            "{groupId}",
            "%7B%7Bgroup-id%7D%7D",
            "$%7Bgroup%7D",
            "${group}",
            "${group}@2",
            "$group",
            "#{group}",
            "<group-id>",
            "%3Cgroup-id%3E",
            ":groupId",
            "%s",
            "%d",
            "%@",
            "%1$s",
            "%s@2",
            "%25s",
            "System.String",
            "System.Object[]",
            "<%= id %>",
            "{% id %}",
            "%(group)s",
            "a-{{id}}",
        ] {
            assert!(is_placeholder(value, false), "{value}");
        }
        for value in [
            "g",
            "ours",
            "7d1c2f3e-1111-4a2b-9c3d-0a1b2c3d4e5f@2",
            "nullable",
            "nanny",
            "None-1",
            "systems",
            "a$b",
            "100%25",
            "a@b",
            "%C3%A9",
            "job",
        ] {
            assert!(!is_placeholder(value, false), "{value}");
        }
        for value in ["$GROUP", "${GROUP}@2", "a-$GROUP"] {
            assert!(!is_placeholder(value, true), "{value}");
        }
    }
}
