//! The line that a finding is on, fit for a terminal: control characters as escapes, and cut where
//! it is long.

use std::ops::Range;

use kaizala_actions::lint::printable;
use memchr::{memchr2, memrchr};

/// How many bytes to show before and after a place.
const AROUND: usize = 80;

/// The most bytes of a character.
const CHARACTER: usize = 4;

/// A piece of one line, and a place in it.
pub(crate) struct Excerpt {
    pub text: String,
    pub span: Range<usize>,
}

impl Excerpt {
    /// The piece around `span`; a span over several lines ends with its first.
    pub fn of(text: &[u8], span: Range<usize>) -> Self {
        let start = span.start.min(text.len());
        // No further than it takes to know that the line is cut: it may have a million findings,
        // and as many bytes.
        let low = start.saturating_sub(AROUND + 1);
        let high = text.len().min(start + 2 * AROUND + CHARACTER);
        let line_start = memrchr(b'\n', &text[low..start]).map_or(low, |at| low + at + 1);
        let line_end = memchr2(b'\n', b'\r', &text[start..high]).map_or(high, |at| start + at);
        let end = span.end.clamp(start, line_end);
        // The bytes may not be UTF-8, without the start of a character before the place.
        let from = boundary(text, line_start.max(start.saturating_sub(AROUND))).min(start);
        let to = boundary(text, line_end.min(end.min(start + AROUND) + AROUND));
        let end = end.min(to);
        let ellipsis = |is_cut| if is_cut { "…" } else { "" };
        let before = ellipsis(from > line_start).to_owned() + &shown(&text[from..start]);
        let marked = shown(&text[start..end]);
        Self {
            span: before.len()..before.len() + marked.len(),
            text: before + &marked + &shown(&text[end..to]) + ellipsis(to < line_end),
        }
    }
}

/// The nearest place at or after `at` where a character begins, or `at` itself if the bytes are not
/// UTF-8.
fn boundary(text: &[u8], at: usize) -> usize {
    (at..text.len().min(at + CHARACTER))
        .find(|at| text[*at] & 0xC0 != 0x80)
        .unwrap_or(at)
}

fn shown(bytes: &[u8]) -> String {
    printable(&String::from_utf8_lossy(bytes).replace('\t', " ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_among_bytes_that_begin_no_character_is_shown() {
        for (text, start) in [
            (&b"\n\x85\xd5a"[..], 1),
            (b"\x80\x80\x80", 1),
            (&[0x80; 300], 200),
        ] {
            let excerpt = Excerpt::of(text, start..start + 1);
            assert_eq!(&excerpt.text[excerpt.span.clone()], "\u{fffd}");
        }
    }

    #[test]
    fn long_lines_are_cut_on_both_sides() {
        let text = format!("{}X{}", "é".repeat(300), "ü".repeat(300));
        let excerpt = Excerpt::of(text.as_bytes(), 600..601);
        assert_eq!(&excerpt.text[excerpt.span.clone()], "X");
        assert!(
            excerpt.text.starts_with("…é")
                && excerpt.text.ends_with("ü…")
                && excerpt.text.chars().count() < 100
        );
    }

    #[test]
    fn a_line_is_cut_only_where_there_is_more_of_it() {
        for (before, after) in [
            (0, 0),
            (79, 79),
            (80, 80),
            (81, 80),
            (80, 81),
            (81, 81),
            (500, 500),
        ] {
            for (line, others) in [("", ""), ("a\n", "\na"), ("\n", "\r\n")] {
                let text = format!("{line}{}X{}{others}", "b".repeat(before), "c".repeat(after));
                let at = line.len() + before;
                let excerpt = Excerpt::of(text.as_bytes(), at..at + 1).text;
                assert_eq!(
                    (excerpt.starts_with('…'), excerpt.ends_with('…')),
                    (before > 80, after > 80),
                    "{before} {after} {excerpt}"
                );
                assert!(!excerpt.contains(['a', '\n']), "{excerpt}");
            }
        }
    }

    #[test]
    fn control_characters_become_escapes_and_the_mark_moves_along() {
        let excerpt = Excerpt::of(b"a\x1b[31m\tb\r\nc", 7..8);
        assert_eq!(excerpt.text, "a\\u{1b}[31m b");
        assert_eq!(&excerpt.text[excerpt.span], "b");
    }

    #[test]
    fn a_place_past_the_end_is_the_end() {
        let excerpt = Excerpt::of(b"{", 9..9);
        assert_eq!((excerpt.text.as_str(), excerpt.span), ("{", 1..1));
    }
}
