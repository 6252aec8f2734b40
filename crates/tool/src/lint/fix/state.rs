//! What was fixed so far.

use std::path::PathBuf;

use crate::text::count;

/// Counts of what was fixed.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tally {
    pub findings: usize,
    files: usize,
}

impl Tally {
    pub fn add(&mut self, findings: usize) {
        self.findings += findings;
        self.files += 1;
    }

    /// `3 findings fixed in 2 files`.
    pub fn in_words(self, done: &str) -> String {
        match self.findings {
            0 => format!("0 findings {done}"),
            findings => format!(
                "{} {done} in {}",
                count(findings, "finding"),
                count(self.files, "file")
            ),
        }
    }
}

/// The state of the fixes.
#[derive(Default)]
pub(crate) struct FixState {
    pub tally: Tally,
    /// Messages about fixed files.
    pub notes: Vec<String>,
    /// The new text of the current file, which has not replaced it yet.
    pub unfinished: Option<PathBuf>,
    /// Whether to stop writing.
    pub given_up: bool,
}
