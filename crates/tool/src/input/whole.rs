//! A file that is one document.

use super::split::{Split, Step};

/// All of it, empty or not.
#[derive(Default)]
pub(crate) struct Whole {
    done: bool,
}

impl Split for Whole {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        match (self.done, last) {
            (false, true) => {
                self.done = true;
                Step::record(bytes.len())
            }
            (true, _) if !bytes.is_empty() => Step::Skip(bytes.len()),
            _ => Step::More,
        }
    }

    fn give_up(&mut self) {
        self.done = true;
    }

    fn is_skipping(&self) -> bool {
        self.done
    }
}
