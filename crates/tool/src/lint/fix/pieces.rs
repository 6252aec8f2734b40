//! Divides a file of bodies into pieces that are fixed one by one: the whole file, or each line.

use std::io::{self, BufRead as _, BufReader, Read as _};

use kaizala_actions::lint::Fixed;

use crate::{
    input::{MOST, START, Source, compression, known_format},
    lint::judge::Judge,
};

/// Bytes of the file. Pieces are in order, without gaps.
pub(crate) struct Piece {
    pub old: Vec<u8>,
    /// The replacement, if it differs.
    pub new: Option<Vec<u8>>,
    /// The number of findings that it fixes.
    pub fixed: usize,
}

impl Piece {
    /// The text after the fixes.
    pub fn text(&self) -> &[u8] {
        self.new.as_ref().unwrap_or(&self.old)
    }
}

/// Reads a file and fixes its bodies.
pub(crate) struct Pieces {
    source: BufReader<Source>,
    single: bool,
    judge: Judge,
    /// Whether the next bytes belong to a record that is too long to be fixed.
    rest: bool,
}

impl Pieces {
    /// # Errors
    /// The error of reading; and a file in a format that cannot be fixed is refused.
    pub fn new(source: Source, judge: Judge) -> io::Result<Self> {
        let (compression, source) = compression(source)?;
        if compression.is_some() {
            return Err(io::Error::other(
                "compressed files cannot be fixed: unpack it first",
            ));
        }
        let (format, source) = known_format(source, judge.reading.format())?;
        if !format.is_fixable() {
            return Err(io::Error::other(
                "only files of bodies can be fixed: one body, or one on each line",
            ));
        }
        Ok(Self {
            source: BufReader::with_capacity(START, source),
            single: format.is_single(),
            judge,
            rest: false,
        })
    }

    /// Whether there is only one piece.
    pub fn is_single(&self) -> bool {
        self.single
    }

    /// Whether another piece is available without waiting.
    pub fn is_ready(&self) -> bool {
        !self.single && self.source.buffer().contains(&b'\n')
    }

    /// The next piece; `None` at the end.
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
        let end = match self.single {
            _ if is_rest || self.rest => 0,
            true => old.len(),
            false => old.trim_ascii_end().len(),
        };
        let mut piece = Piece {
            old,
            new: None,
            fixed: 0,
        };
        if end > 0 {
            let Fixed {
                text: mut new,
                applied,
                ..
            } = self.judge.fix(&piece.old[..end]);
            // A record on one line stays on one line.
            if !applied.is_empty() && (self.single || !new.contains(&b'\n')) {
                new.extend_from_slice(&piece.old[end..]);
                piece.new = Some(new);
                piece.fixed = applied.len();
            }
        }
        Ok(Some(piece))
    }
}
