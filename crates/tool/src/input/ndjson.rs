//! A record on each line (<https://github.com/ndjson/ndjson-spec>); empty lines are none.

use super::split::{Split, Step};

/// Of bodies, or of exchanges.
#[derive(Default)]
pub(crate) struct Ndjson {
    skipping: bool,
}

impl Split for Ndjson {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        let (line, done) = match memchr::memchr(b'\n', bytes) {
            Some(length) => (&bytes[..length], length + 1),
            None if !bytes.is_empty() && (last || self.skipping) => (bytes, bytes.len()),
            None => return Step::More,
        };
        let of_skipped = self.skipping;
        self.skipping &= done == line.len();
        if of_skipped || line.trim_ascii().is_empty() {
            return Step::Skip(done);
        }
        Step::Record {
            text: 0..line.trim_ascii_end().len(),
            done,
        }
    }

    fn give_up(&mut self) {
        self.skipping = true;
    }

    fn is_skipping(&self) -> bool {
        self.skipping
    }

    fn is_by_line(&self) -> bool {
        true
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
