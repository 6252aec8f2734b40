//! Renders reports, one file for each format. Renderers decide nothing: the linter decides about
//! findings and their severity.
//!
//! They take findings from `Checked::findings`, which are without phone numbers and access tokens;
//! [`Full`] alone shows more. [`Format`] is the list of formats.

mod concise;
mod coverage;
mod excerpt;
mod format;
mod full;
mod github;
mod gitlab;
mod guard;
mod html;
mod json;
mod jsonl;
mod junit;
mod location;
mod markdown;
mod sarif;
mod statistics;
mod summary;
mod xml;

use std::{
    borrow::Cow,
    fmt,
    io::{self, Write},
    ops::AddAssign,
};

use kaizala_actions::{
    lint::{Coverage, Finding, Location, Origin, Report, Severity},
    mask,
};
use serde::{Deserialize, Serialize};

use crate::text::{brief, count};

pub use crate::not_judged::NotJudged;
pub use concise::Concise;
pub(crate) use coverage::CoverageTables;
pub use format::{Format, RenderOptions};
pub use full::Full;
pub use github::GitHub;
pub use gitlab::GitLab;
pub use html::Html;
pub use json::Json;
pub(crate) use json::{JsonFile, JsonMerge, VERSION};
pub use jsonl::JsonLines;
pub use junit::JUnit;
pub use markdown::Markdown;
pub use sarif::Sarif;
pub use statistics::Statistics;

/// A document and its findings.
#[derive(Debug)]
pub struct Checked<'c> {
    /// Where it came from, as the user named it.
    pub path: &'c str,
    /// Its location there.
    pub origin: Origin,
    /// What the file calls its record, if there are findings and it is known.
    pub id: Option<&'c str>,
    /// Its bytes.
    pub text: &'c [u8],
    /// The findings, with places in the text.
    pub report: Cow<'c, Report>,
}

impl Checked<'_> {
    /// The findings as a report may show them: without phone numbers and access tokens, and with
    /// what the tool offers to do about them.
    pub(crate) fn findings(&self) -> impl Iterator<Item = Cow<'_, Finding>> {
        self.report
            .findings
            .iter()
            .map(|finding| Finding::with_options(mask::shown(finding)))
    }

    /// The id of the record, with secrets masked.
    fn id(&self) -> Option<Cow<'_, str>> {
        // Before the secrets, which may have to be looked for.
        let id = self.id?;
        Some(self.report.hidden().words(id))
    }

    /// What follows the location in the file: the id of the record, the part of an exchange, and the
    /// position in it if the file does not contain it verbatim, as in `id 42 request.body 1:37`. An id
    /// with spaces is in quotes. Usually empty.
    fn within(&self, place: &Location) -> String {
        let id = self.id().map(|id| match brief(&id) {
            id if id.contains(' ') => format!("id \"{id}\""),
            id => format!("id {id}"),
        });
        let within = self.origin.within(place);
        let within = Some(within).filter(|within| !within.is_empty());
        id.into_iter().chain(within).collect::<Vec<_>>().join(" ")
    }

    /// The beginning of a line about a finding: the same, followed by a colon.
    fn lead(&self, place: &Location) -> String {
        let within = self.within(place);
        if within.is_empty() {
            within
        } else {
            within + ": "
        }
    }
}

/// Counts over all documents of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
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
    /// What was in the input and was not judged; only what there is of it is serialized.
    #[serde(flatten)]
    pub not_judged: NotJudged,
}

impl Summary {
    /// Adds a document.
    pub fn add(&mut self, report: &Report) {
        self.add_parts([report]);
    }

    /// Adds a document with several judged parts.
    pub fn add_parts<'r>(&mut self, parts: impl IntoIterator<Item = &'r Report>) {
        self.add_exchange(parts, 0);
    }

    /// Adds an exchange with several judged parts, which lacks this many bodies: a missing body is
    /// not clean.
    pub fn add_exchange<'r>(
        &mut self,
        parts: impl IntoIterator<Item = &'r Report>,
        absent_bodies: usize,
    ) {
        self.documents += 1;
        self.not_judged.absent_bodies += absent_bodies;
        let mut clean = absent_bodies == 0;
        for report in parts {
            clean &= report.is_clean();
            self.errors += report.count(Severity::Error);
            self.warnings += report.count(Severity::Warning);
            self.notes += report.count(Severity::Note);
        }
        self.clean += usize::from(clean);
    }
}

impl AddAssign for Summary {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.clean += other.clean;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.not_judged += other.not_judged;
    }
}

/// `3 documents: 1 clean, 2 errors, 1 warning, 0 notes`.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} clean, {}, {}, {}",
            count(self.documents, "document"),
            self.clean,
            count(self.errors, "error"),
            count(self.warnings, "warning"),
            count(self.notes, "note")
        )?;
        if !self.not_judged.is_empty() {
            write!(f, "; not judged: {}", self.not_judged)?;
        }
        Ok(())
    }
}

/// An output format.
pub trait Renderer {
    /// Takes in one document; formats that can, write at once.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()>;

    /// Takes in why a file could not be read, to its end or at all; for formats that others take
    /// for the whole answer.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn unread(&mut self, _message: &str, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Takes in what the input exercises of the contract, before the end; only for formats that
    /// show it.
    fn cover(&mut self, _coverage: &Coverage) {}

    /// Writes what can only be written at the end.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn finish(&mut self, _summary: &Summary, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
