//! A record on each line (<https://github.com/ndjson/ndjson-spec>); empty lines are skipped.
//! `format.rs` decides which files have this format.

use super::split::{Split, Step};

/// Of bodies, and of lines of a log.
#[derive(Default)]
pub(crate) struct Ndjson;

impl Split for Ndjson {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        let line = match memchr::memchr(b'\n', bytes) {
            Some(length) => &bytes[..=length],
            None if !bytes.is_empty() && last => bytes,
            None => return Step::More,
        };
        if line.trim_ascii().is_empty() {
            return Step::Skip(line.len());
        }
        Step::trimmed(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_records_and_empty_ones_are_not() {
        let mut split = Ndjson;
        assert_eq!(
            split.next(b"{}\r\n1", false),
            Step::Record {
                text: 0..2,
                done: 4
            }
        );
        assert_eq!(split.next(b" \n1", false), Step::Skip(2));
        assert_eq!(split.next(b"1", false), Step::More);
        assert_eq!(
            split.next(b"1", true),
            Step::Record {
                text: 0..1,
                done: 1
            }
        );
        assert_eq!(split.next(b"", true), Step::More);
    }

    #[test]
    fn the_rest_of_a_line_that_is_too_long_is_skipped() {
        let mut split = Ndjson;
        let mut within = true;
        assert_eq!(split.skip(b"rest", false, &mut within), Step::Skip(4));
        assert!(within);
        assert_eq!(split.skip(b"rest\n{}\n", false, &mut within), Step::Skip(5));
        assert!(!within);
        assert_eq!(
            split.next(b"{}\n", false),
            Step::Record {
                text: 0..2,
                done: 3
            }
        );
    }
}
