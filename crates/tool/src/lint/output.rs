//! Turns results of a run into reports and counts.

use std::{borrow::Cow, io, mem, sync::Arc};

use kaizala_actions::lint::{Coverage, ReportedRules};

use super::{
    baseline::Baseline,
    feed::{Chunk, Event},
    judge::Judged,
    reports::Reports,
    settings::Settings,
};
use crate::{
    console::complain,
    input::Batch,
    not_judged::NotJudged,
    report::{Checked, Summary},
};

/// A piece of a file that was judged.
pub(crate) type JudgedChunk = Chunk<JudgedBatch>;

/// A batch and its findings.
pub(crate) struct JudgedBatch {
    pub batch: Batch,
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
    /// The contents of the current file so far.
    file: Tally,
    allow_empty: bool,
    /// The rules that the reports have a finding of, if they show no others.
    reported: Option<Arc<ReportedRules>>,
}

/// The contents of a file.
#[derive(Default)]
pub(crate) struct Tally {
    documents: usize,
    not_judged: NotJudged,
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
            file: Tally::default(),
            allow_empty: settings.args.allow_empty,
            reported: settings.reported.clone(),
        }
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
                judged,
                next,
                coverage,
            }) => {
                if let Some((all, coverage)) = self.coverage.as_mut().zip(coverage.as_ref()) {
                    all.merge(coverage);
                }
                self.file.not_judged += batch.not_judged;
                loop {
                    self.baseline.retain_new(path, judged);
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
                let Tally {
                    documents,
                    not_judged,
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

    /// Ends the current file, possibly early; returns its contents.
    pub fn end(&mut self) -> Tally {
        let file = mem::take(&mut self.file);
        self.summary.not_judged += file.not_judged;
        file
    }

    fn complain(&mut self, message: &str) -> io::Result<()> {
        self.reports.unread(message)?;
        complain(message);
        Ok(())
    }

    fn report(&mut self, path: &str, batch: &Batch, judged: &[Judged]) -> io::Result<()> {
        for parts in judged.chunk_by(Judged::is_of_one) {
            let absent = parts.iter().filter(|part| part.is_absent).count();
            let not_judged = &mut self.file.not_judged;
            if parts.iter().all(|part| part.report.is_none()) {
                not_judged.absent_bodies += absent;
                not_judged.foreign += usize::from(absent == 0);
            } else {
                let lacks_headers = parts.iter().any(|part| part.lacks_headers);
                not_judged.absent_headers += usize::from(lacks_headers);
                let reports = parts.iter().filter_map(|part| part.report.as_ref());
                self.summary.add_exchange(reports, absent);
                self.file.documents += 1;
            }
        }
        for Judged {
            text,
            origin,
            id,
            report,
            ..
        } in judged
        {
            if let Some(report) = report {
                if let Some(reported) = &self.reported {
                    report.iter().for_each(|finding| reported.add(finding.rule));
                }
                self.reports.document(&Checked {
                    path,
                    origin: *origin,
                    id: id.as_deref(),
                    text: text.of(batch),
                    report: Cow::Borrowed(report),
                })?;
            }
        }
        Ok(())
    }
}
