//! Turns results of a run into reports and counts.

use std::{io, mem, sync::Arc};

use kaizala_actions::lint::{Coverage, ReportedRules};

use super::{
    baseline::Baseline,
    feed::{Chunk, Event},
    judged::{Judged, summarize},
    reports::Reports,
    settings::Settings,
    writer::Writer,
};
use crate::{console::complain, input::Batch, report::Summary};

/// A piece of a file that was judged.
pub(crate) type JudgedChunk = Chunk<JudgedBatch>;

/// A batch and its findings.
pub(crate) struct JudgedBatch {
    pub batch: Batch,
    /// The counts and the report of what the worker has reported.
    pub summary: Summary,
    pub report: Vec<u8>,
    /// What it has judged and not reported.
    pub judged: Vec<Judged>,
    /// The record to continue with.
    pub next: usize,
    /// What the records before that exercise, if a report shows it.
    pub coverage: Option<Coverage>,
}

/// The receiver of results.
pub(crate) struct Output {
    pub baseline: Baseline,
    pub reports: Reports,
    pub summary: Summary,
    /// What the whole input exercises of the contract, if a report shows it.
    pub coverage: Option<Coverage>,
    /// The number of files that could not be read.
    pub unread: usize,
    /// The number of named files without anything to judge.
    pub empty: usize,
    /// The counts of the current file so far.
    file: Summary,
    allow_empty: bool,
    /// The rules that the reports have a finding of, if they show no others.
    reported: Option<Arc<ReportedRules>>,
}

impl Output {
    pub fn new(
        baseline: Baseline,
        reports: Reports,
        coverage: Option<Coverage>,
        settings: &Settings,
    ) -> Self {
        Self {
            baseline,
            reports,
            summary: Summary::default(),
            coverage,
            unread: 0,
            empty: 0,
            file: Summary::default(),
            allow_empty: settings.args.allow_empty,
            reported: settings.reported.clone(),
        }
    }

    /// Writes the report in the workers, if that is all there is to do with findings.
    pub fn writer(&self) -> Option<Writer> {
        let writer = self.reports.writer();
        writer.filter(|_| self.baseline.is_unused())
    }

    /// Adds the findings of a piece of a file.
    ///
    /// # Errors
    /// The error of writing to stdout.
    pub fn show(&mut self, chunk: &mut JudgedChunk) -> io::Result<()> {
        let Chunk { path, judge, event } = chunk;
        match event {
            Event::Batch(JudgedBatch {
                batch,
                summary,
                report,
                judged,
                next,
                coverage,
            }) => {
                if let Some((all, coverage)) = self.coverage.as_mut().zip(coverage.as_ref()) {
                    all.merge(coverage);
                }
                self.file.not_judged += batch.not_judged;
                self.file += *summary;
                self.reports.text(report)?;
                loop {
                    self.baseline.retain_new(path, judged);
                    self.file += summarize(judged);
                    self.report(path, batch, judged)?;
                    if *next == batch.records.len() {
                        return Ok(());
                    }
                    (*judged, *next) = judge.batch(batch, *next, self.coverage.as_mut());
                }
            }
            Event::Unread(message) => {
                self.end();
                self.unread += 1;
                self.complain(message)
            }
            Event::End { format, is_found } => {
                let Summary {
                    documents,
                    not_judged,
                    ..
                } = self.end();
                if documents > 0 {
                    return Ok(());
                }
                if *is_found || self.allow_empty {
                    self.summary.not_judged.empty_files += 1;
                    return Ok(());
                }
                self.empty += 1;
                let found = if not_judged.is_empty() {
                    format!("no {}", format.record())
                } else {
                    not_judged.to_string()
                };
                self.complain(&format!(
                    "nothing to judge in {path}: {found}; --allow-empty lets it pass"
                ))
            }
        }
    }

    /// Ends the current file, possibly early; returns its counts.
    pub fn end(&mut self) -> Summary {
        let file = mem::take(&mut self.file);
        self.summary += file;
        file
    }

    fn complain(&mut self, message: &str) -> io::Result<()> {
        self.reports.unread(message)?;
        complain(message);
        Ok(())
    }

    fn report(&mut self, path: &str, batch: &Batch, judged: &[Judged]) -> io::Result<()> {
        for checked in judged.iter().filter_map(|it| it.checked(path, batch)) {
            if let Some(reported) = &self.reported {
                let findings = checked.report.iter();
                findings.for_each(|finding| reported.add(finding.rule));
            }
            self.reports.document(&checked)?;
        }
        Ok(())
    }
}
