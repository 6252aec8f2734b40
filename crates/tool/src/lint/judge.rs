//! From a record to its findings.

use std::borrow::Cow;

use kaizala_actions::{
    body::BodyKind,
    lint::{
        Coverage, Fixed, Linter, PartReport, Report,
        recorded::{Malformed, Recorded, Spot},
    },
};
use memchr::memmem;

use super::judged::{Judged, Text, findings_in};
use crate::input::{Batch, Content, Flaw, Format, MOST, Reading, Record};

/// The maximum number of findings of a batch in memory, not counting those of one record.
const AT_ONCE: usize = 1000;

/// Judges records; shared by all threads.
pub(crate) struct Judge {
    pub linter: Linter,
    /// The kind of the bodies; `None` to detect it from their members.
    pub body: Option<BodyKind>,
    /// What the file holds, and how to read it.
    pub reading: Reading,
}

/// Takes in what is judged.
struct Results<'c> {
    judged: Vec<Judged>,
    coverage: Option<&'c mut Coverage>,
}

impl Results<'_> {
    /// Adds a text that is neither a body nor an exchange.
    fn made(&mut self, record: &Record, (text, report): (Vec<u8>, Report)) {
        if let Some(coverage) = &mut self.coverage {
            coverage.add_rules(&report);
        }
        let made = Judged::new(Text::Made(text), record.origin, Some(report));
        self.judged.push(made);
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

    /// Judges the records of a batch, starting at one; returns the results in order and the record
    /// to continue with, if there is one: if there are many findings, they are output first. What
    /// the records exercise is added to the coverage.
    pub fn batch(
        &self,
        batch: &Batch,
        from: usize,
        coverage: Option<&mut Coverage>,
    ) -> (Vec<Judged>, usize) {
        let mut results = Results {
            judged: Vec::with_capacity(batch.records.len() - from),
            coverage,
        };
        let (mut counted, mut findings) = (0, 0);
        for (index, record) in batch.records.iter().enumerate().skip(from) {
            findings += findings_in(&results.judged[counted..]);
            counted = results.judged.len();
            if findings >= AT_ONCE {
                return (results.judged, index);
            }
            let text = &batch.bytes[record.text.clone()];
            let first = results.judged.len();
            if let Some(Flaw { problem, help }) = record.flaw {
                let malformed = Malformed::new(0..text.len(), problem, help);
                let malformed = self.linter.lint_malformed(text, malformed);
                results.made(record, malformed);
            } else if record.cut {
                self.cut(batch.format, text, record, &mut results);
            } else if let Some(content) = &record.content {
                self.content(content, text, record, &mut results);
            } else if let Some(content) = self.reading.content(batch.format, text) {
                self.content(&content, text, record, &mut results);
            } else {
                let report = Some(self.body(text, &mut results));
                let text = Text::InBatch(record.text.clone());
                let judged = Judged::new(text, record.origin, report);
                results.judged.push(judged);
            }
            let found = results.judged[first..]
                .iter_mut()
                .filter(|it| it.has_findings());
            for judged in found {
                judged.id = self.reading.id(text).or_else(|| record.id.clone());
            }
        }
        (results.judged, batch.records.len())
    }

    /// Of a record that is too long. HAR files also contain unrelated requests; those are skipped.
    fn cut(&self, format: Format, text: &[u8], record: &Record, results: &mut Results<'_>) {
        if matches!(format, Format::Exchanges | Format::Har)
            && url(text).is_some_and(|url| self.linter.is_foreign(&url))
        {
            return results.judged.push(Judged::foreign(record));
        }
        results.made(record, self.linter.lint_cut(text, MOST));
    }

    fn body(&self, text: &[u8], results: &mut Results<'_>) -> Report {
        let report = match self.body {
            Some(kind) => self.linter.lint(kind, text),
            None => self.linter.lint_unknown(text),
        };
        if let Some(coverage) = &mut results.coverage {
            self.linter.cover(text, &report, coverage);
        }
        report
    }

    fn content(
        &self,
        content: &Content<'_>,
        text: &[u8],
        record: &Record,
        results: &mut Results<'_>,
    ) {
        match content {
            Content::Exchange(read) => self.exchange(read, text, record, results),
            Content::Absent => results.judged.push(Judged::absent(record)),
            Content::Body { text: body, span } => {
                let body_text = body.as_deref().unwrap_or(&text[span.clone()]);
                let report = self.body(body_text, results);
                let mut start = record.origin.start;
                if !report.is_clean() {
                    start = start.after(&text[..span.start]);
                }
                let origin = record.origin.text(start, span.start, body.is_none());
                let place = record.text.start + span.start..record.text.start + span.end;
                let text = body.clone().map_or(Text::InBatch(place), Text::Made);
                results.judged.push(Judged::new(text, origin, Some(report)));
            }
        }
    }

    fn exchange(
        &self,
        read: &Result<Recorded<'_>, Malformed>,
        text: &[u8],
        record: &Record,
        results: &mut Results<'_>,
    ) {
        let Recorded { exchange, spots } = match read {
            Ok(recorded) => recorded,
            Err(malformed) => {
                let malformed = self.linter.lint_malformed(text, malformed.clone());
                return results.made(record, malformed);
            }
        };
        let reports = self.linter.lint_exchange(exchange);
        if let Some(coverage) = &mut results.coverage {
            self.linter.cover_exchange(exchange, &reports, coverage);
        }
        if reports.is_foreign() {
            return results.judged.push(Judged::foreign(record));
        }
        let lacks_headers = exchange.request.headers.is_partial();
        for (judged, origin) in reports.placed(text, spots, record.origin) {
            let PartReport {
                part,
                text: judged_text,
                report,
                is_absent,
                ..
            } = judged;
            let Some(part) = part else { continue };
            let Spot { span, verbatim } = &spots[part as usize];
            let text = match judged_text {
                Cow::Borrowed(_) if *verbatim => {
                    Text::InBatch(record.text.start + span.start..record.text.start + span.end)
                }
                text => Text::Made(text.into_owned()),
            };
            results.judged.push(Judged {
                is_absent,
                lacks_headers,
                ..Judged::new(text, origin, Some(report))
            });
        }
    }
}

/// The URL of a request, in the beginning of an exchange.
fn url(text: &[u8]) -> Option<String> {
    let mut rest = text;
    for name in ["\"request\"", "\"url\""] {
        rest = &rest[memmem::find(rest, name.as_bytes())? + name.len()..];
    }
    let value = rest.trim_ascii_start().strip_prefix(b":")?;
    serde_json::Deserializer::from_slice(value)
        .into_iter()
        .next()?
        .ok()
}
