//! Rewrites a fixed file: it is replaced if anything differs, unless another process writes to it
//! meanwhile.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use super::{pieces::Piece, state::FixState};
use crate::{lock::lock, name, replace::Replacement};

/// A file that is being rewritten. It does not change until the new file is complete, and nothing
/// is written before the first difference.
pub(crate) struct Rewrite {
    /// The real path of the file, without links.
    path: PathBuf,
    before: Metadata,
    /// Bytes at the start that do not differ, until there is a new file.
    same: u64,
    new: Option<Replacement>,
    state: Arc<Mutex<FixState>>,
}

impl Rewrite {
    /// Rewrites an open file, so that what is fixed is what was read.
    ///
    /// # Errors
    /// If the path is not a regular file, or cannot be inspected.
    pub fn new(path: &Path, file: &File, state: Arc<Mutex<FixState>>) -> io::Result<Self> {
        let path = path.canonicalize()?;
        let before = file.metadata()?;
        if !before.is_file() {
            return Err(io::Error::other(
                "not a regular file, so that it cannot be fixed",
            ));
        }
        Ok(Self {
            path,
            before,
            same: 0,
            new: None,
            state,
        })
    }

    /// Takes the next piece.
    pub fn write(&mut self, piece: &Piece) -> io::Result<()> {
        match (&mut self.new, &piece.new) {
            (Some(new), _) => new.write_all(piece.text())?,
            (None, None) => self.same += piece.old.len() as u64,
            (None, Some(text)) => self.begin()?.write_all(text)?,
        }
        Ok(())
    }

    /// Starts the new file with the unchanged bytes.
    fn begin(&mut self) -> io::Result<&mut Replacement> {
        // It could be replaced anyway, but its owner does not want that.
        if self.before.permissions().readonly() {
            return Err(io::Error::other("it is read-only; make it writable first"));
        }
        let mut state = lock(&self.state);
        if state.given_up {
            return Err(io::Error::other("given up"));
        }
        let mut new = Replacement::replacing(self.path.clone(), Some(self.before.clone()))?;
        state.unfinished = new.path().map(Path::to_owned);
        drop(state);
        if io::copy(&mut File::open(&self.path)?.take(self.same), &mut new)? < self.same {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(self.new.insert(new))
    }

    /// Replaces the file by the new one; returns whether there was one.
    pub fn finish(&mut self) -> io::Result<bool> {
        let Some(mut new) = self.new.take() else {
            return Ok(false);
        };
        new.complete()?;
        if state_of(&fs::metadata(&self.path)?) != state_of(&self.before) {
            return Err(io::Error::other(
                "it was changed by another process while it was being fixed, and is left as it is",
            ));
        }
        let mut state = lock(&self.state);
        if state.given_up {
            return Err(io::Error::other("given up"));
        }
        state.unfinished = None;
        new.persist()?;
        if let links @ 1.. = other_names(&self.before) {
            let path = name::of(&self.path);
            state.notes.push(format!(
                "{path}: fixed under this name alone; hard links with the old text: {links}"
            ));
        }
        Ok(true)
    }
}

/// Changes whenever the file is written or replaced, even if its time and length are restored.
#[cfg(unix)]
fn state_of(metadata: &Metadata) -> impl PartialEq + use<> {
    use std::os::unix::fs::MetadataExt as _;
    (
        (metadata.dev(), metadata.ino(), metadata.len()),
        (metadata.mtime(), metadata.mtime_nsec()),
        (metadata.ctime(), metadata.ctime_nsec()),
    )
}

#[cfg(not(unix))]
fn state_of(metadata: &Metadata) -> impl PartialEq + use<> {
    (metadata.len(), metadata.modified().ok())
}

/// The number of other hard links to a file.
#[cfg(unix)]
fn other_names(metadata: &Metadata) -> usize {
    let links = std::os::unix::fs::MetadataExt::nlink(metadata);
    usize::try_from(links).unwrap_or_default().saturating_sub(1)
}

#[cfg(not(unix))]
fn other_names(_: &Metadata) -> usize {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(old: &str, new: Option<&str>) -> Piece {
        Piece {
            old: old.into(),
            new: new.map(Into::into),
            fixed: usize::from(new.is_some()),
        }
    }

    /// A file of two lines, and its replacement, after the first line was read and the second was
    /// fixed.
    fn begun() -> (tempfile::TempDir, PathBuf, Rewrite) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ndjson");
        fs::write(&path, "one\ntwo\n").unwrap();
        let file = File::open(&path).unwrap();
        let mut replacement = Rewrite::new(&path, &file, Arc::default()).unwrap();
        replacement.write(&piece("one\n", None)).unwrap();
        replacement.write(&piece("two\n", Some("2\n"))).unwrap();
        (folder, path, replacement)
    }

    fn names(folder: &tempfile::TempDir) -> usize {
        fs::read_dir(folder.path()).unwrap().count()
    }

    #[test]
    fn a_file_is_as_it_was_until_it_is_finished() {
        let (folder, path, mut replacement) = begun();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\ntwo\n");
        assert!(replacement.finish().unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\n2\n");
        assert_eq!(names(&folder), 1);
    }

    #[test]
    fn what_is_given_up_leaves_nothing() {
        let (folder, path, replacement) = begun();
        drop(replacement);
        assert_eq!(
            (fs::read_to_string(&path).unwrap().as_str(), names(&folder)),
            ("one\ntwo\n", 1)
        );
    }

    #[test]
    fn what_somebody_else_wrote_meanwhile_is_kept() {
        let write: fn(&Path, &str) = |path, text| fs::write(path, text).unwrap();
        // With the earlier length and time.
        let in_secret: fn(&Path, &str) = |path, text| {
            let time = fs::metadata(path).unwrap().modified().unwrap();
            fs::write(path, text).unwrap();
            let file = File::options().write(true).open(path).unwrap();
            file.set_modified(time).unwrap();
        };
        let replace: fn(&Path, &str) = |path, text| {
            let time = fs::metadata(path).unwrap().modified().unwrap();
            let other = path.with_extension("other");
            fs::write(&other, text).unwrap();
            File::options()
                .write(true)
                .open(&other)
                .unwrap()
                .set_modified(time)
                .unwrap();
            fs::rename(other, path).unwrap();
        };
        for (edit, text) in [
            (write, "one\ntwo\nthree\n"),
            (in_secret, "one\nTWO\n"),
            (replace, "one\nTWO\n"),
        ] {
            let (folder, path, mut replacement) = begun();
            // The clock of the file system may only tick a hundred times a second.
            std::thread::sleep(std::time::Duration::from_millis(20));
            edit(&path, text);
            let error = replacement.finish().unwrap_err().to_string();
            assert!(error.contains("changed by another process"), "{error}");
            drop(replacement);
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            assert_eq!(names(&folder), 1);
        }
    }

    #[test]
    fn a_file_that_shrinks_is_not_rewritten() {
        let (_folder, path, mut replacement) = begun();
        replacement.new = None;
        fs::write(&path, "on").unwrap();
        let error = replacement.write(&piece("two\n", Some("2\n"))).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
