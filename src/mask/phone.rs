//! Finds phone numbers in a text without encodings; `hidden.rs` masks them.

use std::ops::Range;

/// The digits of a phone number with its country code (ITU-T E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// The maximum number of separators between two digits of a number.
const BETWEEN: usize = 2;

/// Finds numbers: those after a plus sign and, if `bare`, all of that length. Returns the groups of
/// digits of each.
pub(super) fn numbers(text: &[u8], bare: bool, mut found: impl FnMut(&[Range<usize>])) {
    runs(text, |mut groups| {
        let mut begins = bare || is_international(text, groups[0].start);
        while let Some(first) = groups.first() {
            let mut total = 0;
            let fits = |group: &&Range<usize>| {
                total += group.len();
                total <= *DIGITS.end()
            };
            let count = groups.iter().take_while(fits).count();
            // `+0530 2017` is a time zone: no country code begins with 0.
            let apart = !bare && text[first.start] == b'0';
            let number = &groups[..if apart { count.min(1) } else { count }];
            if begins && (digits(number) >= *DIGITS.start() || is_cut(text, number)) {
                found(number);
            }
            groups = &groups[count.max(1)..];
            begins = bare;
        }
    });
}

/// Finds known numbers, beginning at any group of digits; `known` returns how many of the given
/// digits belong to one.
pub(super) fn repeated(
    text: &[u8],
    known: impl Fn(&[u8]) -> usize,
    mut found: impl FnMut(Range<usize>),
) {
    runs(text, |groups| {
        for start in 0..groups.len() {
            let mut number = Vec::with_capacity(*DIGITS.end());
            for group in &groups[start..] {
                if number.len() + group.len() > *DIGITS.end() {
                    break;
                }
                number.extend_from_slice(&text[group.clone()]);
            }
            let mut left = known(&number);
            for group in &groups[start..] {
                let length = group.len().min(left);
                if length > 0 {
                    found(group.start..group.start + length);
                }
                left -= length;
            }
        }
    });
}

/// The digits of a number.
pub(super) fn compact(text: &[u8], groups: &[Range<usize>]) -> Box<[u8]> {
    let groups = groups.iter().map(|group| &text[group.clone()]);
    groups.collect::<Vec<_>>().concat().into()
}

fn digits(groups: &[Range<usize>]) -> usize {
    groups.iter().map(ExactSizeIterator::len).sum()
}

/// Whether a number ends where the text was truncated.
fn is_cut(text: &[u8], number: &[Range<usize>]) -> bool {
    let end = number.last().map_or(0, |group| group.end);
    text[end..].starts_with("…".as_bytes())
}

/// Whether a plus sign precedes an offset, as in `+91` and `+(91`.
fn is_international(text: &[u8], at: usize) -> bool {
    let before = text[..at].iter().rev();
    let mut before = before.skip_while({
        let mut left = BETWEEN;
        move |byte| {
            let skip = left > 0 && is_between(**byte);
            left -= usize::from(skip);
            skip
        }
    });
    before.next() == Some(&b'+')
}

fn is_between(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'-' | b'.' | b'(' | b')' | b'/')
}

/// Finds digits with few separators between them.
fn runs(text: &[u8], mut found: impl FnMut(&[Range<usize>])) {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].iter().position(u8::is_ascii_digit) {
        let start = at + next;
        let length = text[start..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let is_near = groups.last().is_some_and(|last| {
            let between = &text[last.end..start];
            between.len() <= BETWEEN && between.iter().all(|byte| is_between(*byte))
        });
        if !is_near && !groups.is_empty() {
            found(&groups);
            groups.clear();
        }
        groups.push(start..start + length);
        at = start + length;
    }
    if !groups.is_empty() {
        found(&groups);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starred(text: &str, bare: bool) -> String {
        let mut starred = text.as_bytes().to_vec();
        numbers(text.as_bytes(), bare, |groups| {
            for group in groups {
                starred[group.clone()].fill(b'*');
            }
        });
        String::from_utf8_lossy(&starred).into_owned()
    }

    #[test]
    fn phone_numbers_are_found_and_other_numbers_are_not() {
        let table = [
            ("", ""),
            ("+911234500001", "+************"),
            (
                "found \"+911234500001\", +1234567.",
                "found \"+************\", +*******.",
            ),
            ("+91 12345 99999", "+** ***** *****"),
            ("+91-1234-599999", "+**-****-******"),
            ("+1 (555) 123-4567", "+* (***) ***-****"),
            ("+ (91) 1234.5678", "+ (**) ****.****"),
            ("+911234500001+911234500002", "+************+************"),
            ("found \"+9112…", "found \"+****…"),
            ("1…", "1…"),
            ("+91 12345 99999 2017-12-20", "+** ***** ***** 2017-12-20"),
            (
                "+91 12345 99999, +91 12345 88888",
                "+** ***** *****, +** ***** *****",
            ),
            ("+0123456789", "+**********"),
            ("+123456", "+123456"),
            ("+1234567890123456", "+1234567890123456"),
            ("911234500001", "911234500001"),
            ("2020-11-04T20:59:59+00:00", "2020-11-04T20:59:59+00:00"),
            ("+0530 2017-12-20", "+0530 2017-12-20"),
        ];
        for (text, expected) in table {
            assert_eq!(starred(text, false), expected);
        }
        assert_eq!(
            starred("911234500001;91 12345 99999, 123456", true),
            "************;** ***** *****, 123456"
        );
    }
}
