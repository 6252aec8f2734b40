//! `lint --fix` and `lint --diff`.
//!
//! A fixed file is linted as it is then, in the same pass: the linter reads what is written.

mod diff;
mod pieces;
mod replacement;

use std::{
    fs::{self, File},
    io::{self, BufWriter, Read, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub(super) use diff::run as diff;
use pieces::{Piece, Pieces};
use replacement::Replacement;

use super::{files::Source, judge::Judge};
use crate::input;

/// What was fixed.
#[derive(Clone, Copy, Default)]
struct Tally {
    findings: usize,
    files: usize,
}

impl Tally {
    fn add(&mut self, findings: usize) {
        self.findings += findings;
        self.files += 1;
    }

    /// `3 findings fixed in 2 files`.
    fn in_words(self, done: &str) -> String {
        let count = |number: usize, name: &str| {
            format!("{number} {name}{}", if number == 1 { "" } else { "s" })
        };
        match self.findings {
            0 => format!("0 findings {done}"),
            findings => format!(
                "{} {done} in {}",
                count(findings, "finding"),
                count(self.files, "file")
            ),
        }
    }
}

/// Fixes files as they are read.
#[derive(Clone, Default)]
pub(super) struct Fixer {
    // Shared with whatever reads, be it another thread.
    progress: Arc<Mutex<Progress>>,
}

/// How far it is.
#[derive(Default)]
struct Progress {
    tally: Tally,
    /// The new text of the file at hand, which is not in its place yet.
    unfinished: Option<PathBuf>,
    /// Whether nothing more is to be written.
    given_up: bool,
}

fn lock(progress: &Mutex<Progress>) -> MutexGuard<'_, Progress> {
    progress.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Fixer {
    /// The bytes of a source as they are once they are fixed; by the time they end, so is the file.
    /// Those of stdin go to stdout.
    pub fn open(&self, source: Source, judge: Judge) -> Result<input::Source, String> {
        let name = source.name();
        let told = |error: io::Error| format!("{name}: {error}");
        let (bytes, sink): (input::Source, _) = match source {
            Source::File(path) => (
                Box::new(File::open(&path).map_err(told)?),
                Sink::file(&path, &self.progress).map_err(told)?,
            ),
            source => (
                source.open()?,
                Sink::Stdout(BufWriter::new(stdout().map_err(told)?)),
            ),
        };
        let pieces = Pieces::new(bytes, judge.input, judge).map_err(told)?;
        Ok(Box::new(Fixing {
            pieces,
            piece: Vec::new(),
            at: 0,
            fixed: 0,
            sink,
            progress: Arc::clone(&self.progress),
            failed: None,
        }))
    }

    /// What was done so far.
    pub fn in_words(&self) -> String {
        lock(&self.progress).tally.in_words("fixed")
    }

    /// Leaves the file at hand as it was, and all after it, though another thread may still be at
    /// it.
    pub fn give_up(&self) {
        let mut progress = lock(&self.progress);
        progress.given_up = true;
        if let Some(path) = progress.unfinished.take() {
            let _ = fs::remove_file(path);
        }
    }
}

/// Standard output beside the handle that reports are written to: another thread may hold that.
fn stdout() -> io::Result<File> {
    #[cfg(unix)]
    let stdout = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?;
    #[cfg(windows)]
    let stdout = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned()?;
    Ok(File::from(stdout))
}

/// Where fixed text goes, beside to the linter.
enum Sink {
    File(Box<Replacement>),
    Stdout(BufWriter<File>),
    /// Nobody wants it any more.
    Nowhere,
}

impl Sink {
    fn file(path: &Path, progress: &Arc<Mutex<Progress>>) -> io::Result<Self> {
        Ok(Self::File(Box::new(Replacement::new(
            path,
            Arc::clone(progress),
        )?)))
    }

    fn write(&mut self, piece: &Piece) -> io::Result<()> {
        match self {
            Self::File(file) => file
                .write(piece)
                .map_err(|error| io::Error::new(error.kind(), format!("cannot be fixed: {error}"))),
            Self::Stdout(out) => {
                let written = out.write_all(piece.new.as_ref().unwrap_or(&piece.old));
                self.heard(written)
            }
            Self::Nowhere => Ok(()),
        }
    }

    /// Lets a reader of stdout have what there is.
    fn flush(&mut self) -> io::Result<()> {
        let Self::Stdout(out) = self else {
            return Ok(());
        };
        let flushed = out.flush();
        self.heard(flushed)
    }

    /// Whoever closes the pipe has read enough; the linter goes on.
    fn heard(&mut self, written: io::Result<()>) -> io::Result<()> {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                if let Self::Stdout(out) = std::mem::replace(self, Self::Nowhere) {
                    // What is left in it has nowhere to go.
                    drop(out.into_parts());
                }
                Ok(())
            }
            written => written,
        }
    }

    /// Whether anything was changed.
    fn finish(&mut self, fixed: usize) -> io::Result<bool> {
        match std::mem::replace(self, Self::Nowhere) {
            Self::File(mut file) => file
                .finish()
                .map_err(|error| io::Error::new(error.kind(), format!("cannot be fixed: {error}"))),
            Self::Stdout(mut out) => match out.flush() {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
                _ => Ok(fixed > 0),
            },
            Self::Nowhere => Ok(false),
        }
    }
}

/// A file while it is fixed.
struct Fixing {
    pieces: Pieces,
    /// The piece at hand as it is now, and how much of it was read.
    piece: Vec<u8>,
    at: usize,
    fixed: usize,
    sink: Sink,
    progress: Arc<Mutex<Progress>>,
    /// Why there is no more, once what came before is read.
    failed: Option<io::Error>,
}

impl Fixing {
    /// The next piece; `false` at the end, when all is written.
    fn next(&mut self) -> io::Result<bool> {
        let Some(piece) = self.pieces.next()? else {
            if self.sink.finish(self.fixed)? {
                lock(&self.progress).tally.add(self.fixed);
            }
            return Ok(false);
        };
        self.sink.write(&piece)?;
        self.fixed += piece.fixed;
        (self.piece, self.at) = (piece.new.unwrap_or(piece.old), 0);
        Ok(true)
    }
}

impl Read for Fixing {
    /// Gives what can be given without waiting, and at least something.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut done = 0;
        while done < buffer.len() {
            let piece = &self.piece[self.at..];
            let count = piece.len().min(buffer.len() - done);
            buffer[done..done + count].copy_from_slice(&piece[..count]);
            (self.at, done) = (self.at + count, done + count);
            if self.at < self.piece.len() || done > 0 && !self.pieces.is_ready() {
                break;
            }
            match self.failed.take().map_or_else(|| self.next(), Err) {
                Ok(true) => {}
                Ok(false) => break,
                // What came before is given first.
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
