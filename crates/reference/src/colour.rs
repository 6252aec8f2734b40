//! Syntax colours, made with the pages so that they need no script.
//!
//! The text stays as it is, and gets elements around its words: `b` for keywords, for the names of
//! members, and for options of commands; `i` for strings, `i.c` for comments, and `i.n` for numbers
//! and other constants. The names are short because every example has many of them. Libraries that
//! know whole grammars take longer to compile than all of this package, and would not show more of
//! what is on these pages.

use maud::{Markup, PreEscaped};

use super::grammar::{Grammar, Text};

/// What a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    /// A keyword, the name of a member, or an option of a command.
    Name,
    String,
    Comment,
    Constant,
}

/// The text of an example in a language, by the name that the pages or the guide have for it; in
/// one that is not known, all is plain.
pub(super) fn coloured(language: &str, text: &str) -> Markup {
    let mut out = String::with_capacity(text.len() * 2);
    let write = &mut |kind, part: &str| write(kind, part, &mut out);
    match Text::of(language) {
        Text::In(grammar) => scan(grammar, text, write),
        Text::Session(grammar) => scan_session(grammar, text, write),
        Text::Plain => write_plain(text, write),
    }
    PreEscaped(out)
}

fn write(kind: Kind, part: &str, out: &mut String) {
    let (open, close) = match kind {
        Kind::Plain => ("", ""),
        Kind::Name => ("<b>", "</b>"),
        Kind::String => ("<i>", "</i>"),
        Kind::Comment => ("<i class=\"c\">", "</i>"),
        Kind::Constant => ("<i class=\"n\">", "</i>"),
    };
    out.push_str(open);
    for sign in part.chars() {
        // A quote ends nothing here.
        match sign {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ => out.push(sign),
        }
    }
    out.push_str(close);
}

/// Of a session, the commands; what they print is plain.
fn scan_session(grammar: &Grammar, text: &str, write: &mut dyn FnMut(Kind, &str)) {
    let mut is_command = false;
    for line in text.split_inclusive('\n') {
        is_command |= line.starts_with("$ ");
        if is_command {
            scan(grammar, line, write);
        } else {
            write(Kind::Plain, line);
        }
        is_command &= line.trim_end().ends_with('\\');
    }
}

fn scan(grammar: &Grammar, text: &str, write: &mut dyn FnMut(Kind, &str)) {
    let mut at = 0;
    let mut plain = 0;
    while let Some(sign) = text[at..].chars().next() {
        let rest = &text[at..];
        let is_start = !text[..at].ends_with(|before: char| is_of_word(before));
        let found = token(grammar, rest, is_start);
        let Some((kind, length)) = found else {
            at += sign.len_utf8();
            continue;
        };
        write_plain(&text[plain..at], write);
        let part = &rest[..length];
        match json_within(grammar, part) {
            Some((grammar, inner)) => {
                write(Kind::String, "'");
                scan(grammar, inner, write);
                write(Kind::String, "'");
            }
            None => write(kind, part),
        }
        at += length;
        plain = at;
    }
    write_plain(&text[plain..], write);
}

fn write_plain(part: &str, write: &mut dyn FnMut(Kind, &str)) {
    if !part.is_empty() {
        write(Kind::Plain, part);
    }
}

/// A body in the quotes of a command.
fn json_within<'t>(grammar: &Grammar, part: &'t str) -> Option<(&'static Grammar, &'t str)> {
    let inner = part.strip_prefix('\'')?.strip_suffix('\'')?;
    let within = grammar.within_quotes?;
    inner.starts_with('{').then_some((within, inner))
}

/// What a text begins with, if it is not plain, and its length. `is_start` says that no word goes
/// on there.
fn token(grammar: &Grammar, text: &str, is_start: bool) -> Option<(Kind, usize)> {
    let first = text.chars().next()?;
    let comment = grammar.comments.iter().find(|it| text.starts_with(**it));
    if comment.is_some() && is_start {
        return Some((Kind::Comment, text.find('\n').unwrap_or(text.len())));
    }
    if let Some(quote) = grammar.quotes.iter().find(|it| text.starts_with(it.open)) {
        let length = quote.length(text)?;
        let is_name = grammar.has_members && text[length..].trim_start().starts_with(':');
        let kind = if is_name { Kind::Name } else { Kind::String };
        return Some((kind, length));
    }
    let word = |from: usize| {
        let rest = &text[from..];
        from + rest.find(|sign| !is_of_word(sign)).unwrap_or(rest.len())
    };
    if grammar.is_shell && first == '$' && text[1..].starts_with(is_of_word) {
        return Some((Kind::Constant, word(1)));
    }
    if grammar.is_shell && first == '-' && is_start {
        let length = text.find(|sign: char| !is_of_word(sign) && sign != '-');
        let length = length.unwrap_or(text.len());
        return (length > 1).then_some((Kind::Name, length));
    }
    if !is_start || !is_of_word(first) {
        return None;
    }
    let length = word(0);
    let is_number = first.is_ascii_digit() && !grammar.is_shell;
    let kind = if is_number || grammar.constants.contains(&&text[..length]) {
        Kind::Constant
    } else if grammar.keywords.contains(&&text[..length]) {
        Kind::Name
    } else {
        return None;
    };
    Some((kind, length))
}

fn is_of_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(language: &str, text: &str) -> String {
        coloured(language, text).into_string()
    }

    #[test]
    fn each_language_has_its_colours() {
        for (language, text, expected) in [
            (
                "JSON",
                r#"{"a": "b\"c", "d": [1, true]}"#,
                r#"{<b>"a"</b>: <i>"b\"c"</i>, <b>"d"</b>: [<i class="n">1</i>, <i class="n">true</i>]}"#,
            ),
            (
                "curl",
                "curl -H \"a: $B\" \\\n  -d '{\"c\": 1}' # d",
                "curl <b>-H</b> <i>\"a: $B\"</i> \\\n  <b>-d</b> <i>'</i>{<b>\"c\"</b>: <i class=\"n\">1</i>}<i>'</i> <i class=\"c\"># d</i>",
            ),
            (
                "console",
                "$ lint --fix x\nlint --fix 1\n",
                "$ lint <b>--fix</b> x\nlint --fix 1\n",
            ),
            (
                "rust,no_run",
                "let a: &'a str = r#\"b\"c\"#; // d",
                "<b>let</b> a: &amp;'a str = <i>r#\"b\"c\"#</i>; <i class=\"c\">// d</i>",
            ),
            (
                "Python",
                "def f(a=None):\n    return 'b' # c",
                "<b>def</b> f(a=<i class=\"n\">None</i>):\n    <b>return</b> <i>'b'</i> <i class=\"c\"># c</i>",
            ),
            (
                "TypeScript",
                "const a = `b\n${c}`;",
                "<b>const</b> a = <i>`b\n${c}`</i>;",
            ),
            (
                "Go",
                "func f() error { return nil }",
                "<b>func</b> f() error { <b>return</b> <i class=\"n\">nil</i> }",
            ),
            ("Java", "new A(\"b\");", "<b>new</b> A(<i>\"b\"</i>);"),
            ("no language", "a < \"b\"", "a &lt; \"b\""),
        ] {
            assert_eq!(html(language, text), expected, "{language}");
        }
    }

    #[test]
    fn the_text_stays_as_it_is() {
        let pieces = [
            "\"", "'", "`", "\\", "{", "#", "/*", "-", "$", "é", "\n", "a1", "r#\"", "<b>", "&amp;",
        ];
        for language in [
            "JSON",
            "curl",
            "console",
            "Rust",
            "TypeScript",
            "Python",
            "Go",
            "Java",
            "yaml",
        ] {
            for first in pieces {
                for second in pieces {
                    for third in pieces {
                        let text = format!("{first}{second}{third}");
                        let html = html(language, &text);
                        let bare = [
                            "<b>",
                            "</b>",
                            "<i>",
                            "</i>",
                            "<i class=\"c\">",
                            "<i class=\"n\">",
                        ]
                        .iter()
                        .fold(html, |html, tag| html.replace(tag, ""));
                        let read = bare
                            .replace("&lt;", "<")
                            .replace("&gt;", ">")
                            .replace("&amp;", "&");
                        assert_eq!(read, text, "{language}");
                    }
                }
            }
        }
    }
}
