//! Divides a file of bodies into pieces that are fixed one by one: its bodies, and what is between
//! them.

use std::{io, ops::Range};

use kaizala_actions::{lint::Fixed, mask::Hidden};

use crate::{
    input::{Format, MOST, START, Source, Split, Step, compression, known_format, read},
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
    source: Source,
    format: Format,
    judge: Judge,
    split: Box<dyn Split>,
    /// What was read, and from where on it belongs to no piece yet.
    bytes: Vec<u8>,
    at: usize,
    /// Whether all is read.
    ended: bool,
    /// What comes next, if that is known.
    step: Option<Step>,
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
                "only files of bodies can be fixed: one body, one on each line, or several one \
                 after another or in a list",
            ));
        }
        Ok(Self {
            source,
            format,
            split: judge.reading.split(format),
            judge,
            bytes: Vec::new(),
            at: 0,
            ended: false,
            step: None,
            rest: false,
        })
    }

    /// What to mask in a piece.
    pub fn hidden(&self, piece: &Piece) -> Hidden {
        self.judge.reading.hidden(&piece.old)
    }

    /// Whether another piece is available without waiting.
    pub fn is_ready(&mut self) -> bool {
        *self.step() != Step::More
    }

    /// The next piece; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Piece>> {
        loop {
            let left = self.bytes.len() - self.at;
            self.step();
            let (done, text) = match self.step.take().unwrap_or(Step::More) {
                Step::Record { text, done } => (done, Some(text)),
                Step::Records { done, .. }
                | Step::Skip(done)
                | Step::Aside { done, .. }
                | Step::Broken { done, .. } => (done, None),
                Step::Refused(message) => return Err(io::Error::other(message)),
                Step::More if self.ended && left == 0 => return Ok(None),
                Step::More if self.ended => (left, None),
                Step::More if left >= MOST => {
                    self.rest = true;
                    (left, None)
                }
                Step::More => {
                    self.fill()?;
                    continue;
                }
            };
            if done > 0 {
                return Ok(Some(self.piece(done, text)));
            }
        }
    }

    /// What comes next, as far as the file is read.
    fn step(&mut self) -> &Step {
        let bytes = &self.bytes[self.at..];
        let (split, ended, rest) = (&mut self.split, self.ended, &mut self.rest);
        self.step.get_or_insert_with(|| {
            if *rest {
                split.skip(bytes, ended, rest)
            } else {
                split.next(bytes, ended)
            }
        })
    }

    fn fill(&mut self) -> io::Result<()> {
        self.bytes.drain(..self.at);
        self.at = 0;
        let want = (self.bytes.len() * 2).clamp(START, MOST);
        self.ended = read(&mut self.source, &mut self.bytes, want)? == 0;
        Ok(())
    }

    /// Takes a piece with a body in it, or none.
    fn piece(&mut self, done: usize, text: Option<Range<usize>>) -> Piece {
        let old = if done == self.bytes.len() {
            std::mem::take(&mut self.bytes)
        } else {
            self.at += done;
            self.bytes[self.at - done..self.at].to_vec()
        };
        let mut piece = Piece {
            old,
            new: None,
            fixed: 0,
        };
        let Some(text) = text else { return piece };
        let Fixed {
            text: fixed,
            applied,
            ..
        } = self.judge.fix(&piece.old[text.clone()]);
        // A record on one line stays on one line.
        let is_line = self.format != Format::Ndjson || !fixed.contains(&b'\n');
        if !applied.is_empty() && is_line {
            let (before, after) = (&piece.old[..text.start], &piece.old[text.end..]);
            piece.new = Some([before, &fixed, after].concat());
            piece.fixed = applied.len();
        }
        piece
    }
}
