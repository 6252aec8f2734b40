//! Explains what makes a text unreadable, if it cannot be rewritten: finds the place to fix, which
//! is not always where reading stops.

use super::{
    cursor::{Cursor, Span, SyntaxError},
    dialect::is_name,
};

const EXPRESSION: (&str, &str) = ("an expression", "JSON has only values: write the result");

/// A template literal.
pub(super) fn template(at: usize) -> SyntaxError {
    SyntaxError {
        span: at..at + 1,
        problem: "a template literal of JavaScript",
        help: "write a string in double quotes, with the values put in",
    }
}

/// A set, which opens here.
pub(super) fn set(opening: usize) -> SyntaxError {
    SyntaxError {
        span: opening..opening + 1,
        problem: "a set of Python, or an object without values",
        help: "write a list in square brackets, or the value alone",
    }
}

/// Explains a word without quotes, by what follows it.
pub(super) fn word(rest: &[u8], error: SyntaxError) -> SyntaxError {
    let is_call = matches!(
        rest.trim_ascii_start(),
        [b'(' | b'.' | b'[' | b'+' | b'*' | b'`', ..]
    );
    let is_new = rest.first() == Some(&b' ')
        && rest
            .trim_ascii_start()
            .first()
            .is_some_and(|it| is_name(*it));
    if rest.starts_with(b"'") || rest.starts_with(b"\"") {
        let (problem, help) = (
            "a letter before a string",
            "JSON has only text: write a string in double quotes",
        );
        return SyntaxError {
            span: error.span,
            problem,
            help,
        };
    }
    if !is_call && !is_new {
        return error;
    }
    let (problem, help) = EXPRESSION;
    SyntaxError {
        span: error.span,
        problem,
        help,
    }
}

/// Explains what follows a key instead of a colon: only the end of a set, or of a member that
/// JavaScript takes from a variable. This depends on whether the key is the first of its object,
/// and on where that opens.
pub(super) fn no_colon(
    text: &[u8],
    key: &Span,
    next: Option<u8>,
) -> Option<impl FnOnce(bool, usize) -> SyntaxError> {
    let (Some(b',' | b'}'), Some(first)) = (next, text.get(key.start)) else {
        return None;
    };
    let (key, is_bare) = (key.clone(), is_name(*first));
    Some(move |is_first, opening| {
        if is_first && !is_bare {
            return set(opening);
        }
        SyntaxError {
            span: key,
            problem: "a name without a value",
            help: "write `:` and a value behind it",
        }
    })
}

/// Explains what follows this scalar instead of a comma or a bracket.
pub(super) fn no_comma(cursor: &Cursor<'_>, last: &Span) -> Option<SyntaxError> {
    let next = cursor.byte()?;
    let between = cursor.text.get(last.end..cursor.at)?;
    if between.contains(&b'\n') {
        return None;
    }
    let quote = *cursor.text.get(last.end.checked_sub(1)?)?;
    let is_string = matches!(quote, b'"' | b'\'');
    match next {
        b'+' | b'*' | b'/' | b'%' | b'-' | b'?' | b'|' | b'&' | b'(' | b'.' | b'<' | b'>'
        | b'=' => {
            // `"a" + b` and `24 * 60`; but `"a".` is followed by more text.
            let is_sentence = is_string && between.is_empty();
            if is_sentence {
                return Some(unescaped(last.end - 1));
            }
            let (problem, help) = EXPRESSION;
            Some(SyntaxError {
                span: last.start..cursor.at + 1,
                problem,
                help,
            })
        }
        // A string after another is an item, unless they touch.
        b'"' | b'\'' if !between.is_empty() => None,
        _ if is_string => Some(unescaped(last.end - 1)),
        _ => None,
    }
}

fn unescaped(at: usize) -> SyntaxError {
    SyntaxError {
        span: at..at + 1,
        problem: "a quote that ends the string here, and more text after it",
        help: "write \\ before a quote that is part of the text",
    }
}
