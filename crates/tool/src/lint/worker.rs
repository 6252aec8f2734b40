//! What a worker does with a piece of a file: it judges the piece, and writes the report about it
//! if the format allows that. Then only text is passed on, and findings are freed where they were
//! made.

use kaizala_actions::lint::Coverage;

use super::{
    feed::{Chunk, Event},
    judged::{findings_in, summarize},
    output::{JudgedBatch, JudgedChunk},
    portion::Portion,
    writer::Writer,
};
use crate::{input::Batch, report::Summary};

pub(crate) struct Worker {
    pub portion: Portion,
    /// Whether a report shows coverage.
    pub covers: bool,
    pub writer: Option<Writer>,
}

impl Worker {
    /// Judges a piece of a file.
    pub fn work(&self, Chunk { path, judge, event }: Chunk<Batch>) -> JudgedChunk {
        let event = match event {
            Event::Batch(batch) => {
                let mut coverage = self.covers.then(Coverage::default);
                let (judged, next) = judge.batch(&batch, 0, coverage.as_mut());
                let last = batch.records[..next].last();
                let bytes = last.map_or(0, |record| record.text.end);
                self.portion.learn(bytes, findings_in(&judged));
                let writer = self.writer.as_ref();
                let report = writer.and_then(|writer| writer.report(&path, &batch, &judged));
                let (summary, report, judged) = match report {
                    Some(report) => (summarize(&judged), report, Vec::new()),
                    None => (Summary::default(), Vec::new(), judged),
                };
                Event::Batch(JudgedBatch {
                    batch,
                    summary,
                    report,
                    judged,
                    next,
                    coverage,
                })
            }
            Event::Unread(message) => Event::Unread(message),
            Event::End { format, is_found } => Event::End { format, is_found },
        };
        Chunk { path, judge, event }
    }
}
