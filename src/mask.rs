//! What a report must not show: phone numbers, unless it is for the eyes of whoever has the file,
//! and access tokens, ever.
//!
//! The linter itself takes the secrets out of exchanges, whose header fields it knows. Here they
//! are looked for in any text, since a body may hold a token where nobody expects one.

use std::{borrow::Cow, collections::BTreeSet, ops::Range, sync::LazyLock};

use serde_json::Value;

use crate::{
    contract::{self, Contract},
    lint::Finding,
};

/// The digits of a phone number with its country code (ITU-T E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// A text without phone numbers: the digits of each are starred out.
pub fn phones(text: &str) -> Cow<'_, str> {
    readable(starred(text.as_bytes(), |bytes, at| {
        run(bytes, at + 1).filter(|_| bytes[at] == b'+')
    }))
}

/// The same of a value that is a phone number, be it without its plus sign.
fn digits(text: &str) -> Cow<'_, str> {
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
pub fn secrets(text: &[u8]) -> Cow<'_, [u8]> {
    let token = Contract::get().token_header.as_bytes();
    starred(text, |bytes, at| {
        let begins = |at: usize, word: &[u8]| {
            bytes[at..]
                .get(..word.len())
                .is_some_and(|text| text.eq_ignore_ascii_case(word))
        };
        let name = [token, b"authorization"]
            .into_iter()
            .find(|name| begins(at, name))?;
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
            .find(|scheme| begins(start, scheme))
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

/// A finding as any report may show it: as it is where there is nothing to hide, which costs a look
/// and no copy.
pub fn shown(finding: &Finding) -> Cow<'_, Finding> {
    let Finding {
        message,
        pointer,
        expected,
        found,
        help,
        fix,
        ..
    } = finding;
    let optional = [expected, found, help].into_iter().flatten();
    let of_fix = fix.iter().flat_map(|fix| {
        fix.edits
            .iter()
            .map(|edit| &edit.replacement)
            .chain([&fix.description])
    });
    if optional
        .chain([message, pointer])
        .chain(of_fix)
        .any(|text| may_hide(text.as_bytes()))
    {
        Cow::Owned(self::finding(finding.clone()))
    } else {
        Cow::Borrowed(finding)
    }
}

/// Whether there are as many digits in a row as a phone number has, or the name of a field with a
/// token.
fn may_hide(text: &[u8]) -> bool {
    let names = [Contract::get().token_header.as_bytes(), b"authorization"];
    let mut digits = 0;
    text.iter().enumerate().any(|(at, byte)| {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        let begins = |name: &[u8]| {
            name.first()
                .is_some_and(|first| first.eq_ignore_ascii_case(byte))
        };
        let is_name = |name: &[u8]| {
            text[at..]
                .get(..name.len())
                .is_some_and(|text| text.eq_ignore_ascii_case(name))
        };
        digits == *DIGITS.start() || names.iter().any(|name| begins(name) && is_name(name))
    })
}

/// A finding without access tokens.
pub fn without_secrets(finding: &mut Finding) {
    masked(finding, |text| readable(secrets(text.as_bytes())));
}

/// A finding without phone numbers. A fix that would write one is left out: with stars in it, it
/// would destroy what it mends.
pub fn finding(mut finding: Finding) -> Finding {
    let name = finding
        .pointer
        .rsplit('/')
        .find(|name| name.parse::<usize>().is_err());
    let is_number = name.is_some_and(|name| MEMBERS.contains(&name.to_lowercase()));
    without_secrets(&mut finding);
    masked(&mut finding, phones);
    if is_number {
        masked(&mut finding, digits);
    }
    finding
}

/// The members whose value is a phone number, or a list of some, in lower case: those of which the
/// contract says so.
static MEMBERS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut members = BTreeSet::new();
    collect(&contract::document()["components"]["schemas"], &mut members);
    members
});

fn collect(value: &Value, members: &mut BTreeSet<String>) {
    let says = |schema: &Value| {
        schema["description"]
            .as_str()
            .is_some_and(|text| text.contains("phone number"))
    };
    for (name, schema) in value["properties"].as_object().into_iter().flatten() {
        if says(schema) || says(&schema["items"]) {
            members.insert(name.to_lowercase());
        }
    }
    match value {
        Value::Object(inner) => inner.values().for_each(|value| collect(value, members)),
        Value::Array(inner) => inner.iter().for_each(|value| collect(value, members)),
        _ => {}
    }
}

fn masked(finding: &mut Finding, mask: fn(&str) -> Cow<'_, str>) {
    let shows = |text: &String| matches!(mask(text), Cow::Owned(_));
    if finding.fix.as_ref().is_some_and(|fix| {
        shows(&fix.description) || fix.edits.iter().any(|edit| shows(&edit.replacement))
    }) {
        finding.fix = None;
    }
    let texts = [&mut finding.expected, &mut finding.found, &mut finding.help]
        .into_iter()
        .flatten();
    for text in texts.chain([&mut finding.message, &mut finding.pointer]) {
        if let Cow::Owned(masked) = mask(text) {
            *text = masked;
        }
    }
}

/// A text with stars in the place of each range that `find` sees at a place.
fn starred(text: &[u8], find: impl Fn(&[u8], usize) -> Option<Range<usize>>) -> Cow<'_, [u8]> {
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
fn readable(text: Cow<'_, [u8]>) -> Cow<'_, str> {
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

    #[test]
    fn the_members_with_phone_numbers_are_those_of_the_contract() {
        let expected = [
            "assignedto",
            "mobilenumber",
            "sender",
            "subscriber",
            "subscribers",
        ];
        assert_eq!(
            MEMBERS.iter().map(String::as_str).collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn a_fix_that_would_write_a_phone_number_is_left_out_and_another_is_not() {
        let linter = crate::lint::Linter::new();
        let findings = |text: &str| {
            linter
                .lint_unknown(text.as_bytes())
                .findings
                .into_iter()
                .map(finding)
                .collect::<Vec<_>>()
        };
        let moved = findings(
            r#"{"actionType":"job","actionBody":{"title":"a","assignedTo":["+911234500001"],"subscribers":["+911234500002"]}}"#,
        );
        assert_eq!(
            moved
                .iter()
                .map(|finding| (finding.rule.id, finding.fix.is_some()))
                .collect::<Vec<_>>(),
            [("KZ106", true), ("KZ109", false)]
        );
        let [number] = &findings(
            r#"{"actionType":"Job","actionBody":{"title":"a","assignedTo":[911234500001]}}"#,
        )[..] else {
            unreachable!()
        };
        assert_eq!(number.found.as_deref(), Some("************"));
    }
}
