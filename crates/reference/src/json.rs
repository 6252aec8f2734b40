//! JSON, or what should be JSON, laid out for reading: only the space between its signs is changed.

/// How many characters have room on a line of the page.
pub(super) const PAGE: usize = 76;

/// And of one of two columns.
pub(super) const COLUMN: usize = 49;

/// How deep lines are indented; what is deeper stays on the line that it begins on.
const DEEPEST: usize = 12;

/// And of what is next to a request.
pub(super) const ASIDE: usize = 36;

/// A text with line breaks where a line would be longer than there is room.
pub(super) fn laid_out(text: &str, room: usize) -> String {
    let mut out = String::new();
    lay_out(&flat(text), 0, room, &mut out);
    out
}

/// On one line, with a space after each comma and colon.
fn flat(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (_, sign, depth) in walk(text) {
        match sign {
            _ if depth.is_none() => out.push(sign),
            ' ' | '\n' | '\r' | '\t' => {
                if !(out.is_empty() || out.ends_with([' ', '{', '['])) {
                    out.push(' ');
                }
            }
            ',' | ':' | '}' | ']' => {
                out.truncate(out.trim_end_matches(' ').len());
                out.push(sign);
                if matches!(sign, ',' | ':') {
                    out.push(' ');
                }
            }
            _ => out.push(sign),
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// Breaks an object or a list that does not fit after each of its members.
fn lay_out(text: &str, depth: usize, room: usize, out: &mut String) {
    let start = text
        .find(['{', '['])
        .filter(|_| depth < DEEPEST && depth * 2 + text.chars().count() > room);
    let Some((start, end)) =
        start.and_then(|start| Some((start, start + closing(&text[start..])?)))
    else {
        out.push_str(text);
        return;
    };
    let indent = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    out.push_str(&text[..=start]);
    let members = members(&text[start + 1..end]);
    for (index, member) in members.iter().enumerate() {
        indent(out, depth + 1);
        let comma = if index + 1 < members.len() { "," } else { "" };
        lay_out(&format!("{}{comma}", member.trim()), depth + 1, room, out);
    }
    indent(out, depth);
    out.push_str(&text[end..]);
}

/// Where the bracket is closed that the text begins with.
fn closing(text: &str) -> Option<usize> {
    walk(text)
        .find(|(_, sign, depth)| *depth == Some(0) && matches!(sign, '}' | ']'))
        .map(|(at, ..)| at)
}

/// What lies between the commas of the outermost level.
fn members(text: &str) -> Vec<&str> {
    let mut begin = 0;
    let mut members = Vec::new();
    for (at, sign, depth) in walk(text) {
        if depth == Some(0) && sign == ',' {
            members.push(&text[begin..at]);
            begin = at + 1;
        }
    }
    members.push(&text[begin..]);
    members
}

/// The signs with their places, and how many brackets are open after each; in strings that is not
/// said.
fn walk(text: &str) -> impl Iterator<Item = (usize, char, Option<usize>)> {
    let (mut quoted, mut escaped, mut depth) = (false, false, 0_usize);
    text.char_indices().map(move |(at, sign)| {
        if quoted {
            quoted = sign != '"' || escaped;
            escaped = sign == '\\' && !escaped;
            return (at, sign, None);
        }
        match sign {
            '"' => quoted = true,
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (at, sign, Some(depth))
    })
}

#[cfg(test)]
mod tests {
    use super::{COLUMN, PAGE, laid_out};

    #[test]
    fn what_is_short_stays_on_a_line() {
        assert_eq!(
            laid_out(r#"{"a":[1,2 ], "b,:{" : "x y"}"#, PAGE),
            r#"{"a": [1, 2], "b,:{": "x y"}"#
        );
    }

    #[test]
    fn what_is_long_is_broken_from_outside() {
        let text = format!(r#"{{"a":{{"b":"{}","c":[1,2]}},"d":{{}}}}"#, "x".repeat(70));
        let expected = format!(
            "{{\n  \"a\": {{\n    \"b\": \"{}\",\n    \"c\": [1, 2]\n  }},\n  \"d\": {{}}\n}}",
            "x".repeat(70)
        );
        assert_eq!(laid_out(&text, PAGE), expected);
    }

    #[test]
    fn what_is_no_json_is_no_trouble() {
        for text in [
            "",
            "{",
            "]",
            "\"",
            "{'a': [1, 2",
            &"[".repeat(200),
            "\u{feff}{}",
            "é, ü",
        ] {
            let squeezed = |text: &str| {
                text.chars()
                    .filter(|sign| !sign.is_whitespace())
                    .collect::<String>()
            };
            assert_eq!(squeezed(&laid_out(text, COLUMN)), squeezed(text));
        }
    }
}
