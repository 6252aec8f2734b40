//! A file that is one document.

use super::split::{Split, Step, skip};

/// All of it, empty or not.
#[derive(Default)]
pub(crate) struct Whole {
    done: bool,
}

impl Split for Whole {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        if self.done || !last {
            return Step::More;
        }
        self.done = true;
        Step::record(bytes.len())
    }

    fn skip(&mut self, bytes: &[u8], last: bool, _: &mut bool) -> Step {
        skip(bytes, last)
    }
}
