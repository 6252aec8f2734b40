//! Phone numbers and access tokens in any text. All places stay what they are.

use std::{borrow::Cow, ops::Range};

use crate::contract::Contract;

/// The digits of a phone number with its country code (ITU-T E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// The names of header fields that a token is looked for behind.
fn names() -> [&'static [u8]; 2] {
    [Contract::get().token_header.as_bytes(), b"authorization"]
}

/// Whether a text begins with a word, in any case.
fn begins(text: &[u8], word: &[u8]) -> bool {
    // The first byte alone, first: almost always it is another.
    let is_first = |byte: &u8| byte.eq_ignore_ascii_case(&word[0]);
    text.first().is_some_and(is_first)
        && text
            .get(..word.len())
            .is_some_and(|text| text.eq_ignore_ascii_case(word))
}

/// A text without phone numbers: the digits of each are starred out.
#[must_use]
pub fn phones(text: &str) -> Cow<'_, str> {
    readable(starred(text.as_bytes(), |bytes, at| {
        run(bytes, at + 1).filter(|_| bytes[at] == b'+')
    }))
}

/// The same of a value that is a phone number, be it without its plus sign.
pub(super) fn digits(text: &str) -> Cow<'_, str> {
    readable(starred(text.as_bytes(), run))
}

/// As many digits as a phone number has, and no more.
fn run(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let digits = bytes
        .get(at..)?
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let is_begun = at > 0 && bytes[at - 1].is_ascii_digit();
    (DIGITS.contains(&digits) && !is_begun).then_some(at..at + digits)
}

/// A text without the access tokens in it: what follows the name of their header as a value is
/// starred out, and all places stay what they are.
#[must_use]
pub fn secrets(text: &[u8]) -> Cow<'_, [u8]> {
    let names = names();
    starred(text, |bytes, at| {
        let name = names.iter().find(|name| begins(&bytes[at..], name))?;
        let mut start = at + name.len();
        // `": "`, `: ` or `=`; without any of it, the name is a word in a sentence.
        let between = bytes[start..]
            .iter()
            .take_while(|byte| matches!(byte, b'"' | b'\'' | b'\\' | b':' | b'=' | b' ' | b'\t'))
            .count();
        if !bytes[start..start + between]
            .iter()
            .any(|byte| matches!(byte, b':' | b'='))
        {
            return None;
        }
        start += between;
        start += [&b"bearer "[..], b"basic "]
            .into_iter()
            .find(|scheme| begins(&bytes[start..], scheme))
            .map_or(0, <[u8]>::len);
        let is_end = |byte: &u8| {
            matches!(byte, b'"' | b'\'' | b'\\' | b',' | b'&' | b'}') || byte.is_ascii_whitespace()
        };
        let length = bytes[start..]
            .iter()
            .take_while(|byte| !is_end(byte))
            .count();
        Some(start..start + length)
    })
}

/// Whether there are as many digits in a row as a phone number has, or the name of a field with a
/// token.
pub(super) fn may_hide(text: &[u8]) -> bool {
    let is_here = |name: &&[u8]| {
        let (lower, upper) = (name[0].to_ascii_lowercase(), name[0].to_ascii_uppercase());
        memchr::memchr2_iter(lower, upper, text).any(|at| begins(&text[at..], name))
    };
    let mut runs = text.split(|byte| !byte.is_ascii_digit());
    runs.any(|run| run.len() >= *DIGITS.start()) || names().iter().any(is_here)
}

/// A text with stars in the place of each range that `find` sees at a place.
pub(super) fn starred(
    text: &[u8],
    find: impl Fn(&[u8], usize) -> Option<Range<usize>>,
) -> Cow<'_, [u8]> {
    let mut masked = Cow::Borrowed(text);
    let mut at = 0;
    while at < text.len() {
        match find(text, at).filter(|range| !range.is_empty()) {
            Some(range) => {
                at = range.end;
                masked.to_mut()[range].fill(b'*');
            }
            None => at += 1,
        }
    }
    masked
}

/// What was starred out was whole characters.
pub(crate) fn readable(text: Cow<'_, [u8]>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => String::from_utf8_lossy(text),
        Cow::Owned(text) => String::from_utf8_lossy(&text).into_owned().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_are_starred_out_and_other_numbers_are_not() {
        let table = [
            ("", ""),
            ("+911234500001", "+************"),
            (
                "found \"+911234500001\", é +1234567.",
                "found \"+************\", é +*******.",
            ),
            ("+123456", "+123456"),
            ("+1234567890123456", "+1234567890123456"),
            ("911234500001", "911234500001"),
            ("2020-11-04T20:59:59+00:00", "2020-11-04T20:59:59+00:00"),
        ];
        for (text, expected) in table {
            assert_eq!(phones(text), expected);
        }
    }

    #[test]
    fn tokens_are_starred_out_where_they_are_values() {
        let table = [
            (
                "the header `accessToken` is missing",
                "the header `accessToken` is missing",
            ),
            (
                r#"{"accessToken": "abc", "b": 1}"#,
                r#"{"accessToken": "***", "b": 1}"#,
            ),
            (
                r#"{\"ACCESSTOKEN\":\"abc\"}"#,
                r#"{\"ACCESSTOKEN\":\"***\"}"#,
            ),
            ("accessToken: é.-1\nx", "accessToken: *****\nx"),
            ("?accesstoken=abc&a=b", "?accesstoken=***&a=b"),
            ("Authorization: Bearer abc", "Authorization: Bearer ***"),
        ];
        for (text, expected) in table {
            assert_eq!(String::from_utf8_lossy(&secrets(text.as_bytes())), expected);
        }
    }
}
