//! How a format says where its records are.

use std::ops::Range;

use kaizala_actions::{
    json::Scanner,
    lint::recorded::{Malformed, Recorded},
};

/// The most bytes that a record can have. The service is not known to take a body of more than one
/// mebibyte, and a HAR entry has two.
pub(crate) const MOST: usize = 8 << 20;

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
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// A record, and how many bytes are done with it. It need not be complete or well formed: the
    /// reader of the record reports that.
    Record { text: Range<usize>, done: usize },
    /// Records that can be read only where they are found, by their places, which may overlap, and
    /// how many bytes are done with them. `unread` more are not understood, and counted.
    Records {
        found: Vec<Found>,
        unread: usize,
        done: usize,
    },
    /// This many bytes (at least one) belong to no record.
    Skip(usize),
    /// This many bytes (at least one) are not judged, and are counted.
    Aside { done: usize, what: Aside },
    /// The text around the records is wrong here. The number of bytes may be zero.
    Broken {
        text: Range<usize>,
        done: usize,
        flaw: Flaw,
    },
    /// The stream cannot be read, and why.
    Refused(String),
    /// There is not enough to say.
    More,
}

/// What is passed over and should not be forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aside {
    /// A member of an archive in which nothing is looked for.
    Member,
}

/// What is wrong with what is around the records, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub problem: &'static str,
    pub help: &'static str,
}

/// A record that is read already.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub text: Range<usize>,
    pub content: Content<'static>,
    /// What the file calls it.
    pub id: Option<String>,
}

/// What a record has.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly all are of the large one")]
pub(crate) enum Content<'t> {
    Exchange(Result<Recorded<'t>, Malformed>),
    /// A body at a place in the record, which is there in other words if it has a text of its own.
    Body {
        text: Option<Vec<u8>>,
        span: Range<usize>,
    },
    /// No body, where there was one.
    Absent,
}

impl Found {
    /// An exchange.
    pub fn new(text: Range<usize>, read: Result<Recorded<'static>, Malformed>) -> Self {
        Self {
            text,
            content: Content::Exchange(read),
            id: None,
        }
    }
}

impl Step {
    /// Whether it is a record, or stands for one.
    pub fn is_record(&self) -> bool {
        matches!(
            self,
            Self::Record { .. } | Self::Records { .. } | Self::Broken { .. }
        )
    }

    /// What is wrong around the records here.
    pub fn flaw(&self) -> Option<Flaw> {
        match self {
            Self::Broken { flaw, .. } => Some(*flaw),
            _ => None,
        }
    }

    /// A record of this many bytes.
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

/// Skips everything except for an incomplete character: columns count characters.
pub(crate) fn skip(bytes: &[u8], last: bool) -> Step {
    // No character has more than four bytes.
    let tail = &bytes[bytes.len().saturating_sub(4)..];
    let cut = tail.utf8_chunks().last().filter(|_| !last);
    match bytes.len() - cut.map_or(0, |chunk| chunk.invalid().len()) {
        0 => Step::More,
        done => Step::Skip(done),
    }
}

/// Whether a body ends before its brackets are closed.
pub(super) fn is_open(body: &[u8]) -> bool {
    let mut scanner = Scanner::default();
    for byte in body {
        scanner.step(*byte);
    }
    scanner.depth() > 0
}

/// The length of the first character of a text; invalid bytes count as one character.
pub(crate) fn width(bytes: &[u8]) -> usize {
    let most = &bytes[..bytes.len().min(4)];
    let chunk = most.utf8_chunks().next();
    chunk.map_or(0, |chunk| match chunk.valid().chars().next() {
        Some(character) => character.len_utf8(),
        None => chunk.invalid().len(),
    })
}

/// Passes over the rest of a line, as far as it is there; `within` says whether there is more of it.
pub(crate) fn skip_line(bytes: &[u8], within: &mut bool) -> Step {
    if bytes.is_empty() {
        return Step::More;
    }
    let end = memchr::memchr(b'\n', bytes);
    *within = end.is_none();
    Step::Skip(end.map_or(bytes.len(), |length| length + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_passed_over_whole() {
        let table: [(&[u8], bool, Step); 6] = [
            (b"", false, Step::More),
            (b"a\xC3", false, Step::Skip(1)),
            (b"\xC3", false, Step::More),
            (b"\xC3", true, Step::Skip(1)),
            ("aé".as_bytes(), false, Step::Skip(3)),
            (b"a\xF0\x9F\x98", false, Step::Skip(1)),
        ];
        for (bytes, last, expected) in table {
            assert_eq!(skip(bytes, last), expected, "{bytes:?}");
        }
    }
}
