//! Where fixed text goes.

use std::{
    fs::File,
    io::{self, BufWriter, Write as _},
};

use super::{pieces::Piece, rewrite::Rewrite};

/// Standard output, not through the handle for reports: another thread may have locked that.
pub(crate) fn stdout() -> io::Result<File> {
    #[cfg(unix)]
    let stdout = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?;
    #[cfg(windows)]
    let stdout = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned()?;
    Ok(File::from(stdout))
}

/// Where fixed text goes, apart from the linter.
pub(crate) enum Sink {
    File(Box<Rewrite>),
    Stdout(BufWriter<File>),
    /// The output is closed.
    Nowhere,
}

impl Sink {
    pub fn write(&mut self, piece: &Piece) -> io::Result<()> {
        match self {
            Self::File(file) => file.write(piece).map_err(|error| not_fixed(&error)),
            Self::Stdout(out) => {
                let written = out.write_all(piece.text());
                self.heard(written)
            }
            Self::Nowhere => Ok(()),
        }
    }

    /// Makes the text available to a reader of stdout.
    pub fn flush(&mut self) -> io::Result<()> {
        let Self::Stdout(out) = self else {
            return Ok(());
        };
        let flushed = out.flush();
        self.heard(flushed)
    }

    /// If the pipe was closed, the linter continues.
    fn heard(&mut self, written: io::Result<()>) -> io::Result<()> {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                if let Self::Stdout(out) = std::mem::replace(self, Self::Nowhere) {
                    // The rest of the buffer cannot be written.
                    drop(out.into_parts());
                }
                Ok(())
            }
            written => written,
        }
    }

    /// Whether anything was changed.
    pub fn finish(&mut self, fixed: usize) -> io::Result<bool> {
        match std::mem::replace(self, Self::Nowhere) {
            Self::File(mut file) => file.finish().map_err(|error| not_fixed(&error)),
            Self::Stdout(mut out) => match out.flush() {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
                _ => Ok(fixed > 0),
            },
            Self::Nowhere => Ok(false),
        }
    }
}

fn not_fixed(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot be fixed: {error}"))
}
