//! A record on each line (<https://github.com/ndjson/ndjson-spec>); empty lines are none.

use super::{
    scan::skip_line,
    split::{Split, Step},
};

/// Of bodies, or of exchanges.
#[derive(Default)]
pub(crate) struct Ndjson {
    skipping: bool,
}

impl Split for Ndjson {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        if self.skipping {
            return skip_line(bytes, &mut self.skipping);
        }
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

    fn give_up(&mut self) {
        self.skipping = true;
    }

    fn is_skipping(&self) -> bool {
        self.skipping
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_records_and_empty_ones_are_not() {
        let mut split = Ndjson::default();
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
        let mut split = Ndjson::default();
        split.give_up();
        assert_eq!(split.next(b"rest", false), Step::Skip(4));
        assert_eq!(split.next(b"rest\n{}\n", false), Step::Skip(5));
        assert_eq!(
            split.next(b"{}\n", false),
            Step::Record {
                text: 0..2,
                done: 3
            }
        );
    }
}
