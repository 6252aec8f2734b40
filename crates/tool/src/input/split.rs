//! How a format says where its records are.

use std::ops::Range;

use super::scan::skip_line;

/// Finds the records of a format in a stream.
pub(crate) trait Split: Send {
    /// Looks at what comes after the last step. `last` says that the stream ends with these bytes;
    /// without it, the answer may be [`Step::More`], and the next call has the same bytes and some
    /// after them.
    fn next(&mut self, bytes: &[u8], last: bool) -> Step;

    /// Looks, in place of `next`, at the rest of a record that was too long to be kept: what was
    /// looked at last is dropped as its beginning. `within` stays as long as there is more of it.
    fn skip(&mut self, bytes: &[u8], _last: bool, within: &mut bool) -> Step {
        skip_line(bytes, within)
    }
}

/// What a [`Split`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A record, and how many bytes are done with it. It need not be whole or well formed: whoever
    /// reads it will say so.
    Record { text: Range<usize>, done: usize },
    /// So many bytes (more than none) belong to no record.
    Skip(usize),
    /// There is not enough to say.
    More,
}

impl Step {
    /// A record of so many bytes.
    pub fn record(done: usize) -> Self {
        Self::Record {
            text: 0..done,
            done,
        }
    }

    /// A record with white space after it.
    pub fn trimmed(bytes: &[u8]) -> Self {
        Self::Record {
            text: 0..bytes.trim_ascii_end().len(),
            done: bytes.len(),
        }
    }
}
