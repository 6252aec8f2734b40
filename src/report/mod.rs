//! Renders reports, one file for each format. Renderers decide nothing: what is found, and how much it weighs, is the
//! linter's business.

mod concise;
#[cfg(feature = "cli")]
mod excerpt;
#[cfg(feature = "cli")]
mod full;
mod json;
pub(crate) mod mask;
mod origin;
mod row;

use std::io::{self, Write};

pub use concise::Concise;
#[cfg(feature = "cli")]
pub use full::Full;
pub use json::Json;
pub use origin::Origin;
pub(crate) use row::Row;
use serde::Serialize;

use crate::lint::{Report, Severity};

/// A document and what the linter says of it.
pub struct Checked<'c> {
    /// Where it came from, as the user named it.
    pub path: &'c str,
    /// Where it stands there.
    pub origin: Origin,
    /// Its bytes.
    pub text: &'c [u8],
    /// The findings, with places in the text.
    pub report: Report,
}

/// Counts over all documents of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Documents that were judged.
    pub documents: usize,
    /// Those without any finding.
    pub clean: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity note.
    pub notes: usize,
    /// Exchanges of other APIs, which were not judged.
    pub foreign: usize,
}

impl Summary {
    /// Adds a document.
    pub fn add(&mut self, report: &Report) {
        self.add_parts([report]);
    }

    /// Adds a document of which several parts were judged.
    pub fn add_parts<'r>(&mut self, parts: impl IntoIterator<Item = &'r Report>) {
        self.documents += 1;
        let mut clean = true;
        for report in parts {
            clean &= report.is_clean();
            self.errors += report.count(Severity::Error);
            self.warnings += report.count(Severity::Warning);
            self.notes += report.count(Severity::Note);
        }
        self.clean += usize::from(clean);
    }
}

/// An output format.
pub trait Renderer {
    /// Takes in one document; formats that can, write at once.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what can only be written at the end.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()>;
}
