//! From a record to what the linter says of it.

use crate::{
    body::BodyKind,
    input::{Batch, Format},
    lint::{Fixed, Linter, Report},
    report::Origin,
};

/// Judges records; shared by all threads.
pub(super) struct Judge {
    pub linter: Linter,
    /// What the bodies are; found out from their members without it.
    pub body: Option<BodyKind>,
    /// What the file holds; found out from its content without it.
    pub input: Option<Format>,
}

/// What is said of one text of a record.
pub(super) struct Judged {
    /// Where the text is in the bytes of the batch, or a text that is not there as it is.
    pub text: Text,
    pub origin: Origin,
    pub report: Report,
}

/// A text that was judged.
pub(super) enum Text {
    InBatch(std::ops::Range<usize>),
}

impl Text {
    pub fn of<'t>(&'t self, batch: &'t Batch) -> &'t [u8] {
        match self {
            Self::InBatch(range) => &batch.bytes[range.clone()],
        }
    }
}

impl Judge {
    /// One body, with what can be fixed in it.
    pub fn fix(&self, text: &[u8]) -> Fixed {
        match self.body {
            Some(kind) => self.linter.fix(kind, text),
            None => self.linter.fix_unknown(text),
        }
    }

    /// All records of a batch, in their order.
    pub fn batch(&self, batch: &Batch) -> Vec<Judged> {
        let judged = batch.records.iter().map(|record| {
            let text = &batch.bytes[record.text.clone()];
            let report = match self.body {
                Some(kind) => self.linter.lint(kind, text),
                None => self.linter.lint_unknown(text),
            };
            Judged { text: Text::InBatch(record.text.clone()), origin: record.origin, report }
        });
        judged.collect()
    }
}
