//! Records in batches: each a piece of the stream that is its own, so that it can be judged
//! elsewhere while the next is read, and no more than a few are ever in memory.

use std::{cell::Cell, io, mem};

use kaizala_actions::lint::{Origin, Position};

use super::{
    decode::{Source, read},
    format::{Format, known_format},
    reading::Reading,
    record::Record,
    split::{Aside, Found, MOST, Split, Step},
};
use crate::not_judged::NotJudged;

/// How much is read at a time. Small enough that a few batches are nothing, large enough that
/// handing them over is.
const BATCH: usize = 256 << 10;

/// The most bytes that are read to find the end of a record, or the next one. What goes on after
/// that is nothing that anybody wrote: a small file can decompress to it for days.
const ENDLESS: u64 = 1 << 30;

/// Some records that follow one another.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// What the records are.
    pub format: Format,
    pub bytes: Vec<u8>,
    pub records: Vec<Record>,
    /// What was passed over.
    pub not_judged: NotJudged,
}

thread_local! {
    /// The lists of the last batch, to be reused: allocators are slow, and their threads wait for
    /// each other, where one thread frees what another allocated.
    static SPARE: Cell<(Vec<u8>, Vec<Record>)> = Cell::default();
}

impl Batch {
    /// Without records so far.
    fn new(format: Format, bytes: Vec<u8>, records: Vec<Record>) -> Self {
        Self {
            format,
            bytes,
            records,
            not_judged: NotJudged::default(),
        }
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.records.clear();
        if self.bytes.capacity() <= 2 * BATCH && self.records.capacity() <= BATCH >> 5 {
            self.bytes.clear();
            SPARE.set((mem::take(&mut self.bytes), mem::take(&mut self.records)));
        }
    }
}

/// Reads a stream.
pub(crate) struct Batches {
    source: Source,
    /// What the records are.
    pub format: Format,
    split: Box<dyn Split>,
    /// What was read and belongs to no record yet.
    rest: Vec<u8>,
    /// Whether all is read, and whether all is given away too.
    ended: bool,
    done: bool,
    position: Position,
    offset: u64,
    records: u64,
    /// Whether a record is too long, and the rest of it is read.
    cut: bool,
    /// Where that began, or where the last record ended.
    since: u64,
    endless: u64,
    /// How much is read at a time.
    portion: usize,
    /// Why the stream cannot be read on.
    refused: Option<String>,
}

impl Batches {
    /// # Errors
    /// Whatever reading gives.
    pub fn new(source: Source, reading: &Reading) -> io::Result<Self> {
        let (format, source) = known_format(source, reading.format())?;
        Ok(Self {
            source,
            format,
            split: reading.split(format),
            rest: Vec::new(),
            ended: false,
            done: false,
            position: Position { line: 1, column: 1 },
            offset: 0,
            records: 0,
            cut: false,
            since: 0,
            endless: ENDLESS,
            portion: BATCH,
            refused: None,
        })
    }

    /// Reads no more than this at a time, if records are that short.
    pub fn read_at_a_time(&mut self, bytes: usize) {
        self.portion = bytes.min(BATCH);
    }

    /// The next records; none at the end.
    ///
    /// # Errors
    /// Whatever reading gives, or that a record does not end. What came before is in the batches
    /// before.
    pub fn next(&mut self) -> io::Result<Option<Batch>> {
        while !self.done {
            if !self.ended {
                // More than there is, be that the beginning of a long record: of no room, nothing
                // is read, as at the end.
                let want = self.portion.max(self.rest.len() * 2);
                self.ended = read(&mut self.source, &mut self.rest, want)? == 0;
            }
            let mut batch = self.split();
            if let Some(message) = self.refused.take() {
                return Err(io::Error::other(message));
            }
            self.done = self.ended;
            self.bound()?;
            if batch.records.is_empty() && self.rest.len() >= MOST {
                batch = self.cut();
            }
            if !batch.records.is_empty() || !batch.not_judged.is_empty() {
                return Ok(Some(batch));
            }
        }
        Ok(None)
    }

    /// The records in what was read; it is given away with them, and what follows the last is kept.
    fn split(&mut self) -> Batch {
        let (bytes, records) = SPARE.take();
        let bytes = mem::replace(&mut self.rest, bytes);
        let mut batch = Batch::new(self.format, bytes, records);
        let mut at = 0;
        loop {
            let bytes = &batch.bytes[at..];
            let was_cut = self.cut;
            let step = if was_cut {
                self.split.skip(bytes, self.ended, &mut self.cut)
            } else {
                self.split.next(bytes, self.ended)
            };
            let has_ended = was_cut != self.cut || step.is_record();
            let flaw = step.flaw();
            match step {
                Step::Record { text, done } | Step::Broken { text, done, .. } => {
                    self.pass(&bytes[..text.start]);
                    let origin = self.origin();
                    self.pass(&bytes[text.start..done]);
                    let text = at + text.start..at + text.end;
                    batch.records.push(Record {
                        flaw,
                        ..Record::new(text, origin)
                    });
                    at += done;
                }
                Step::Aside { done, what } => {
                    match what {
                        Aside::Member => batch.not_judged.ignored_members += 1,
                    }
                    self.pass(&bytes[..done]);
                    at += done;
                }
                Step::Records {
                    found,
                    unread,
                    done,
                } => {
                    batch.not_judged.unread_calls += unread;
                    let mut passed = 0;
                    for Found { text, content, id } in found {
                        self.pass(&bytes[passed..text.start]);
                        passed = text.start;
                        let origin = self.origin();
                        let text = at + text.start..at + text.end;
                        batch.records.push(Record {
                            content: Some(content.into()),
                            id,
                            ..Record::new(text, origin)
                        });
                    }
                    self.pass(&bytes[passed..done]);
                    at += done;
                }
                Step::Skip(done) => {
                    self.pass(&bytes[..done]);
                    at += done;
                }
                Step::Refused(message) => {
                    self.refused = Some(message);
                    break;
                }
                Step::More => break,
            }
            if has_ended {
                self.since = self.offset;
            }
        }
        if at == 0 {
            // It may be long, and is not to be there twice.
            mem::swap(&mut self.rest, &mut batch.bytes);
        } else {
            self.rest.extend_from_slice(&batch.bytes[at..]);
        }
        batch
    }

    fn pass(&mut self, bytes: &[u8]) {
        self.offset += bytes.len() as u64;
        self.position = match bytes {
            // All that is passed at once is of one line: no line feeds need be counted.
            [.., b'\n'] if matches!(self.format, Format::Ndjson | Format::Log) => Position {
                line: self.position.line + 1,
                column: 1,
            },
            _ => self.position.after(bytes),
        };
    }

    /// Gives up on a stream in which nothing ends any more, as far as anybody can see.
    fn bound(&self) -> io::Result<()> {
        if self.offset - self.since <= self.endless {
            return Ok(());
        }
        let most = ENDLESS >> 30;
        Err(io::Error::other(if self.cut {
            format!("a record of more than {most} GiB")
        } else {
            format!("more than {most} GiB without a record")
        }))
    }

    fn origin(&mut self) -> Origin {
        self.records += 1;
        if self.format.is_single() {
            return Origin::FILE;
        }
        Origin::record(self.records, self.position, self.offset)
    }

    /// The beginning of a record that is too long.
    fn cut(&mut self) -> Batch {
        (self.cut, self.since) = (true, self.offset);
        let origin = self.origin();
        let bytes = mem::take(&mut self.rest);
        self.pass(&bytes);
        let record = Record {
            cut: true,
            ..Record::new(0..bytes.len(), origin)
        };
        Batch::new(self.format, bytes, vec![record])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_records_that_follow_one_another_are_all_read() {
        for length in [BATCH / 3, BATCH, BATCH * 2 + 7, BATCH * 5, MOST / 3] {
            let text = format!("{}\n", "x".repeat(length)).repeat(7);
            let mut batches = Batches::new(Box::new(io::Cursor::new(text)), &Format::Ndjson.into())
                .expect("memory reads");
            let mut lengths = Vec::new();
            while let Some(batch) = batches.next().expect("memory reads") {
                lengths.extend(batch.records.iter().map(|record| record.text.len()));
            }
            assert_eq!(lengths, [length; 7]);
        }
    }

    #[test]
    fn what_never_ends_is_an_error_and_what_ends_late_is_none() {
        let late = "x".repeat(2 * MOST + 1);
        let long = late.repeat(2);
        let blank = (" ".repeat(4095) + "\n").repeat(long.len() / 4096);
        let (record, nothing) = (
            Some("a record of more than 1 GiB"),
            Some("more than 1 GiB without a record"),
        );
        let entry = r#"{"log":{"entries":[{"a":""#;
        for (format, text, expected) in [
            (Format::Json, long.clone(), record),
            (Format::Ndjson, long.clone(), record),
            (Format::Ndjson, format!("{{}}\n{blank}"), nothing),
            (Format::Exchanges, format!("{long}\n{long}"), record),
            (Format::Exchanges, blank.clone(), nothing),
            (Format::Curl, format!("curl '{long}"), record),
            (
                Format::Curl,
                format!("#{}", blank.replace('\n', "\n#")),
                nothing,
            ),
            (Format::Har, format!("{entry}{long}"), record),
            (Format::Har, format!("{{\"log\":{{\"a\":\"{long}"), nothing),
            (
                Format::Har,
                format!("{entry}\"}}{}", ", ".repeat(long.len())),
                nothing,
            ),
            (
                Format::Har,
                format!("{entry}\"}}]}},\"x\":\"{long}"),
                nothing,
            ),
            (
                Format::Ndjson,
                format!("{late}\n{}", "{}\n".repeat(1 << 20)),
                None,
            ),
            (
                Format::Har,
                format!("{entry}{late}\"}}]}},\"x\":\"{late}\"}}"),
                None,
            ),
        ] {
            let mut batches = Batches::new(Box::new(io::Cursor::new(text)), &format.into())
                .expect("memory reads");
            batches.endless = late.len() as u64 + 100;
            let mut cut = false;
            let error = loop {
                match batches.next() {
                    Ok(Some(batch)) => cut |= batch.records.iter().any(|record| record.cut),
                    Ok(None) => break None,
                    Err(error) => break Some(error.to_string()),
                }
            };
            assert_eq!(error.as_deref(), expected, "{format:?}");
            assert_eq!(cut, expected != nothing, "{format:?}");
        }
    }
}
