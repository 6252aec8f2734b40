//! A file that is one document with many records in it.

use super::split::{Found, Split, Step, skip};

/// Finds the records, or says why the document is not read.
type Read = dyn Fn(&[u8]) -> Result<Vec<Found>, String> + Send;

/// Reads a document once all of it is there.
pub(super) struct Document {
    read: Box<Read>,
    done: bool,
}

impl Document {
    pub fn new(read: impl Fn(&[u8]) -> Result<Vec<Found>, String> + Send + 'static) -> Self {
        let read = Box::new(read);
        Self { read, done: false }
    }
}

impl Split for Document {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        if self.done || !last || bytes.is_empty() {
            return Step::More;
        }
        self.done = true;
        let mut found = match (self.read)(bytes) {
            Ok(found) => found,
            Err(message) => return Step::Refused(message),
        };
        if found.is_empty() {
            return Step::Skip(bytes.len());
        }
        found.sort_by_key(|found| found.text.start);
        Step::Records {
            found,
            unread: 0,
            done: bytes.len(),
        }
    }

    fn skip(&mut self, bytes: &[u8], last: bool, _: &mut bool) -> Step {
        skip(bytes, last)
    }
}
