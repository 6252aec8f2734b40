//! Fixes files while they are linted: the linter reads the fixed text.

use std::{
    collections::VecDeque,
    fs::{self, File},
    io::{self, BufWriter, Read},
    mem,
    sync::{Arc, Mutex},
};

use super::{
    pieces::Pieces,
    rewrite::Rewrite,
    sink::{Sink, stdout},
    state::FixState,
};
use crate::{files::Source, input, lint::judge::Judge, lock::lock};

/// Fixes files as they are read.
#[derive(Clone, Default)]
pub(crate) struct Fixer {
    // Shared with the thread that reads.
    state: Arc<Mutex<FixState>>,
}

impl Fixer {
    /// The fixed bytes of a source; when they end, the file has been written. Fixed stdin goes to
    /// stdout.
    pub fn open(&self, source: Source, judge: Judge) -> Result<input::Source, String> {
        let name = source.name();
        let named = |error: io::Error| format!("{name}: {error}");
        let (bytes, sink): (input::Source, _) = match source {
            Source::File(path) | Source::Found(path) => {
                let file = File::open(&path).map_err(named)?;
                let state = Arc::clone(&self.state);
                let rewrite = Rewrite::new(&path, &file, state).map_err(named)?;
                (Box::new(file), Sink::File(Box::new(rewrite)))
            }
            source => {
                let out = stdout().map_err(named)?;
                (source.open()?, Sink::Stdout(BufWriter::new(out)))
            }
        };
        let pieces = Pieces::new(bytes, judge).map_err(named)?;
        Ok(Box::new(Fixing {
            pieces,
            piece: VecDeque::new(),
            fixed: 0,
            sink,
            state: Arc::clone(&self.state),
            failed: None,
        }))
    }

    /// What was fixed so far, and messages about it.
    pub fn notes(&self) -> Vec<String> {
        let mut state = lock(&self.state);
        let mut notes = mem::take(&mut state.notes);
        notes.push(state.tally.in_words("fixed"));
        notes
    }

    /// Leaves this file and all later ones as they are, even if another thread is still reading it.
    pub fn give_up(&self) {
        let mut state = lock(&self.state);
        state.given_up = true;
        if let Some(path) = state.unfinished.take() {
            let _ = fs::remove_file(path);
        }
    }
}

/// A file that is being fixed.
struct Fixing {
    pieces: Pieces,
    /// The unread rest of the current fixed piece.
    piece: VecDeque<u8>,
    fixed: usize,
    sink: Sink,
    state: Arc<Mutex<FixState>>,
    /// Why reading stopped, once everything before it has been read.
    failed: Option<io::Error>,
}

impl Fixing {
    /// Fixes the next piece; `false` at the end, when the file has been written.
    fn next(&mut self) -> io::Result<bool> {
        let Some(piece) = self.pieces.next()? else {
            if self.sink.finish(self.fixed)? {
                lock(&self.state).tally.add(self.fixed);
            }
            return Ok(false);
        };
        self.sink.write(&piece)?;
        self.fixed += piece.fixed;
        self.piece = piece.new.unwrap_or(piece.old).into();
        Ok(true)
    }
}

impl Read for Fixing {
    /// Returns what is available without waiting, and at least something.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut done = 0;
        loop {
            done += self.piece.read(&mut buffer[done..])?;
            if done == buffer.len() || done > 0 && !self.pieces.is_ready() {
                break;
            }
            match self.failed.take().map_or_else(|| self.next(), Err) {
                Ok(true) => {}
                Ok(false) => break,
                // Earlier pieces come first.
                Err(error) if done > 0 => {
                    self.failed = Some(error);
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        self.sink.flush()?;
        Ok(done)
    }
}
