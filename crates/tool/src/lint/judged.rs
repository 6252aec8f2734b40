//! What is known of a record that was judged.

use std::{borrow::Cow, ops::Range};

use kaizala_actions::lint::{Origin, Report};

use crate::{
    input::{Batch, Record},
    report::{Checked, Summary},
};

/// The result for one text of a record.
pub(crate) struct Judged {
    /// Where the text is in the bytes of the batch, or a text that is not there as it is.
    pub text: Text,
    pub origin: Origin,
    /// What the file calls the record, if it has findings.
    pub id: Option<String>,
    /// None for what is not judged: an exchange of another API, or no body.
    pub report: Option<Report>,
    /// Whether it is a body that the record lacks.
    pub is_absent: bool,
    /// Whether it is of a record that lacks header fields.
    pub lacks_headers: bool,
}

/// A text that was judged.
pub(crate) enum Text {
    InBatch(Range<usize>),
    Made(Vec<u8>),
}

impl Text {
    pub fn of<'t>(&'t self, batch: &'t Batch) -> &'t [u8] {
        match self {
            Self::InBatch(range) => &batch.bytes[range.clone()],
            Self::Made(text) => text,
        }
    }
}

impl Judged {
    pub fn new(text: Text, origin: Origin, report: Option<Report>) -> Self {
        Self {
            text,
            origin,
            id: None,
            report,
            is_absent: false,
            lacks_headers: false,
        }
    }

    /// Of an exchange of another API.
    pub fn foreign(record: &Record) -> Self {
        let start = record.text.start;
        Self::new(Text::InBatch(start..start), record.origin, None)
    }

    /// Of a record without a body.
    pub fn absent(record: &Record) -> Self {
        Self {
            is_absent: true,
            ..Self::foreign(record)
        }
    }

    /// Whether it has findings.
    pub fn has_findings(&self) -> bool {
        let report = self.report.as_ref();
        report.is_some_and(|report| !report.is_clean())
    }

    /// The document and its findings, if it was judged.
    pub fn checked<'c>(&'c self, path: &'c str, batch: &'c Batch) -> Option<Checked<'c>> {
        Some(Checked {
            path,
            origin: self.origin,
            id: self.id.as_deref(),
            text: self.text.of(batch),
            report: Cow::Borrowed(self.report.as_ref()?),
        })
    }

    /// Whether both are parts of one exchange.
    fn is_of_one(&self, other: &Self) -> bool {
        self.origin.record.is_some() && self.origin.record == other.origin.record
    }
}

/// The number of findings.
pub(crate) fn findings_in(judged: &[Judged]) -> usize {
    judged
        .iter()
        .filter_map(|judged| judged.report.as_ref())
        .map(|report| report.findings.len())
        .sum()
}

/// The counts of what was judged and what was not.
pub(crate) fn summarize(judged: &[Judged]) -> Summary {
    let mut summary = Summary::default();
    for parts in judged.chunk_by(Judged::is_of_one) {
        let absent = parts.iter().filter(|part| part.is_absent).count();
        if parts.iter().all(|part| part.report.is_none()) {
            summary.not_judged.absent_bodies += absent;
            summary.not_judged.foreign += usize::from(absent == 0);
        } else {
            let lacks_headers = parts.iter().any(|part| part.lacks_headers);
            summary.not_judged.absent_headers += usize::from(lacks_headers);
            let reports = parts.iter().filter_map(|part| part.report.as_ref());
            summary.add_exchange(reports, absent);
        }
    }
    summary
}
