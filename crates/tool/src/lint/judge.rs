//! From a record to what the linter says of it.

use std::{borrow::Cow, ops::Range};

use kaizala_actions::{
    body::BodyKind,
    lint::{
        Fixed, Linter, Origin, Part, PartReport, Report,
        recorded::{Malformed, Recorded},
    },
};

use crate::input::{Batch, Format, MOST, Record};

/// How many findings of a batch are in memory at once, but for those of one record.
const AT_ONCE: usize = 1000;

/// Judges records; shared by all threads.
pub(crate) struct Judge {
    pub linter: Linter,
    /// What the bodies are; found out from their members without it.
    pub body: Option<BodyKind>,
    /// What the file holds; found out from its content without it.
    pub input: Option<Format>,
}

/// What is said of one text of a record.
pub(crate) struct Judged {
    /// Where the text is in the bytes of the batch, or a text that is not there as it is.
    pub text: Text,
    pub origin: Origin,
    /// None for an exchange of another API, which is not judged.
    pub report: Option<Report>,
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
    /// Whether both are parts of one exchange.
    pub fn is_of_one(&self, other: &Self) -> bool {
        self.origin.part.is_some()
            && other.origin.part.is_some()
            && self.origin.record == other.origin.record
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

    /// The records of a batch from one on, in their order, and the one to go on from: the batch has
    /// no more of them, or much was found already, which is to be shown before there is more.
    pub fn batch(&self, batch: &Batch, from: usize) -> (Vec<Judged>, usize) {
        let mut judged = Vec::with_capacity(batch.records.len() - from);
        let (mut counted, mut findings) = (0, 0);
        for (index, record) in batch.records.iter().enumerate().skip(from) {
            findings += count(&judged[counted..]);
            counted = judged.len();
            if findings >= AT_ONCE {
                return (judged, index);
            }
            let text = &batch.bytes[record.text.clone()];
            if record.cut {
                judged.push(self.cut(batch.format, text, record));
            } else if let Some(read) = batch.format.exchange(text) {
                self.exchange(read, text, record, &mut judged);
            } else {
                let report = self.body.map_or_else(
                    || self.linter.lint_unknown(text),
                    |kind| self.linter.lint(kind, text),
                );
                judged.push(Judged {
                    text: Text::InBatch(record.text.clone()),
                    origin: record.origin,
                    report: Some(report),
                });
            }
        }
        (judged, batch.records.len())
    }

    /// Of a record that is too long. HAR files also contain unrelated requests; those are skipped.
    fn cut(&self, format: Format, text: &[u8], record: &Record) -> Judged {
        if matches!(format, Format::Exchanges | Format::Har)
            && url(text).is_some_and(|url| self.linter.is_foreign(&url))
        {
            return foreign(record);
        }
        let (text, report) = self.linter.lint_cut(text, MOST);
        Judged {
            text: Text::Made(text),
            origin: record.origin,
            report: Some(report),
        }
    }

    fn exchange(
        &self,
        read: Result<Recorded<'_>, Malformed>,
        text: &[u8],
        record: &Record,
        judged: &mut Vec<Judged>,
    ) {
        let Recorded { exchange, spots } = match read {
            Ok(recorded) => recorded,
            Err(malformed) => {
                let (text, report) = self.linter.lint_malformed(text, malformed);
                return judged.push(Judged {
                    text: Text::Made(text),
                    origin: record.origin,
                    report: Some(report),
                });
            }
        };
        let reports = self.linter.lint_exchange(&exchange);
        if reports.is_foreign() {
            return judged.push(foreign(record));
        }
        for PartReport {
            part,
            text: judged_text,
            report,
            ..
        } in reports.parts
        {
            let Some(part) = part else { continue };
            // Nobody wants to read that a header field is in order.
            if report.is_clean() && !part.is_body() && part != Part::RequestLine {
                continue;
            }
            let spot = &spots[part as usize];
            let start = if report.is_clean() {
                record.origin.start
            } else {
                record.origin.start.after(&text[..spot.span.start])
            };
            let text = match judged_text {
                Cow::Borrowed(_) if spot.verbatim => Text::InBatch(
                    record.text.start + spot.span.start..record.text.start + spot.span.end,
                ),
                text => Text::Made(text.into_owned()),
            };
            judged.push(Judged {
                text,
                origin: record
                    .origin
                    .part(part, start, spot.span.start, spot.verbatim),
                report: Some(report),
            });
        }
    }
}

/// How many findings there are.
pub(crate) fn count(judged: &[Judged]) -> usize {
    judged
        .iter()
        .filter_map(|judged| judged.report.as_ref())
        .map(|report| report.findings.len())
        .sum()
}

fn foreign(record: &Record) -> Judged {
    Judged {
        text: Text::InBatch(record.text.start..record.text.start),
        origin: record.origin,
        report: None,
    }
}

/// The URL of a request, in the beginning of an exchange.
fn url(text: &[u8]) -> Option<String> {
    let after = |text: &[u8], name: &[u8]| {
        text.windows(name.len())
            .position(|window| window == name)
            .map(|at| at + name.len())
    };
    let request = &text[after(text, b"\"request\"")?..];
    let value = request[after(request, b"\"url\"")?..]
        .trim_ascii_start()
        .strip_prefix(b":")?;
    serde_json::Deserializer::from_slice(value)
        .into_iter()
        .next()?
        .ok()
}
