//! A file of bodies in pieces that are fixed one by one: all of it, or each line.

use std::io::{self, BufRead as _, BufReader, Cursor, Read};

use kaizala_actions::lint::Fixed;

use super::super::judge::Judge;
use crate::input::{Format, MOST, Source};

/// How much to know of a file before its format is guessed.
const START: usize = 64 << 10;

/// How much to know of a file to see that it is compressed.
const MAGIC: usize = 4;

/// Some bytes of the file, in the order of the file and without gaps.
pub(super) struct Piece {
    pub old: Vec<u8>,
    /// What to write in their place, if that is something else.
    pub new: Option<Vec<u8>>,
    /// How many findings that settles.
    pub fixed: usize,
}

/// Reads a file and fixes what it holds.
pub(super) struct Pieces {
    source: BufReader<Source>,
    single: bool,
    judge: Judge,
    /// Whether what comes next is the rest of a record that is too long to be fixed.
    rest: bool,
}

impl Pieces {
    /// # Errors
    /// Whatever reading gives; and a file that does not hold bodies as they are is refused.
    pub fn new(mut source: Source, format: Option<Format>, judge: Judge) -> io::Result<Self> {
        let mut start = Vec::new();
        let most = if format.is_some() { MAGIC } else { START };
        source.by_ref().take(most as u64).read_to_end(&mut start)?;
        if matches!(start[..], [0x1F, 0x8B, ..] | [0x28, 0xB5, 0x2F, 0xFD, ..]) {
            return Err(io::Error::other(
                "compressed, and only files that are not can be fixed: unpack it first",
            ));
        }
        let format = format.unwrap_or_else(|| Format::detect(&start, start.len() < START));
        if !matches!(format, Format::Json | Format::Ndjson) {
            return Err(io::Error::other(
                "only files of bodies can be fixed: one body, or one on each line",
            ));
        }
        let source: Source = Box::new(Cursor::new(start).chain(source));
        Ok(Self {
            source: BufReader::with_capacity(START, source),
            single: format.is_single(),
            judge,
            rest: false,
        })
    }

    /// Whether there is but one piece.
    pub fn is_single(&self) -> bool {
        self.single
    }

    /// Whether there is another piece without waiting for it.
    pub fn is_ready(&self) -> bool {
        !self.single && self.source.buffer().contains(&b'\n')
    }

    /// The next piece; none at the end.
    pub fn next(&mut self) -> io::Result<Option<Piece>> {
        let mut old = Vec::new();
        let mut source = (&mut self.source).take(MOST as u64);
        let count = if self.single {
            source.read_to_end(&mut old)?
        } else {
            source.read_until(b'\n', &mut old)?
        };
        if count == 0 {
            return Ok(None);
        }
        let is_rest = self.rest;
        self.rest = count == MOST && (self.single || old.last() != Some(&b'\n'));
        if is_rest || self.rest {
            return Ok(Some(Piece {
                old,
                new: None,
                fixed: 0,
            }));
        }
        let end = if self.single {
            old.len()
        } else {
            old.trim_ascii_end().len()
        };
        if end == 0 {
            return Ok(Some(Piece {
                old,
                new: None,
                fixed: 0,
            }));
        }
        let Fixed {
            text: mut new,
            applied,
            ..
        } = self.judge.fix(&old[..end]);
        // A record that is one line stays one.
        if applied.is_empty() || !self.single && new.contains(&b'\n') {
            return Ok(Some(Piece {
                old,
                new: None,
                fixed: 0,
            }));
        }
        new.extend_from_slice(&old[end..]);
        Ok(Some(Piece {
            old,
            new: Some(new),
            fixed: applied.len(),
        }))
    }
}
