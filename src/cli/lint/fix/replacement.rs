//! Replaces a file by another text, wholly or not at all.

use std::{
    fs::{self, File, Metadata},
    io::{self, BufWriter, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use tempfile::NamedTempFile;

use super::{Progress, lock, pieces::Piece};

/// A file that is being rewritten. Until it is finished the file is as it was; and nothing is written at all before a
/// piece differs.
pub(super) struct Replacement {
    /// The file itself, not a link to it.
    path: PathBuf,
    before: Metadata,
    /// Bytes that were read and are the same in the new text, while there is none.
    same: u64,
    new: Option<BufWriter<NamedTempFile>>,
    progress: Arc<Mutex<Progress>>,
}

impl Replacement {
    /// # Errors
    /// A path that is no regular file, or cannot be asked about.
    pub fn new(path: &Path, progress: Arc<Mutex<Progress>>) -> io::Result<Self> {
        let path = path.canonicalize()?;
        let before = fs::metadata(&path)?;
        if !before.is_file() {
            return Err(io::Error::other("no regular file, so that it cannot be fixed"));
        }
        Ok(Self { path, before, same: 0, new: None, progress })
    }

    /// Takes the next piece.
    pub fn write(&mut self, piece: &Piece) -> io::Result<()> {
        if self.new.is_none() && piece.new.is_none() {
            self.same += piece.old.len() as u64;
            return Ok(());
        }
        let new = match &mut self.new {
            Some(new) => new,
            none => none.insert(begin(&self.path, self.same, &self.progress)?),
        };
        new.write_all(piece.new.as_ref().unwrap_or(&piece.old))
    }

    /// Puts the new text in the file's place; answers whether there was any.
    pub fn finish(&mut self) -> io::Result<bool> {
        let Some(new) = self.new.take() else { return Ok(false) };
        let new = new.into_inner().map_err(io::IntoInnerError::into_error)?;
        keep_owner(new.as_file(), &self.before);
        new.as_file().set_permissions(self.before.permissions())?;
        new.as_file().sync_all()?;
        let now = fs::metadata(&self.path)?;
        if now.len() != self.before.len() || now.modified().ok() != self.before.modified().ok() {
            return Err(io::Error::other("it was changed by somebody else while it was being fixed, and is left as it is"));
        }
        let mut progress = lock(&self.progress);
        if progress.given_up {
            return Err(io::Error::other("given up"));
        }
        progress.unfinished = None;
        new.persist(&self.path).map_err(|error| error.error)?;
        drop(progress);
        sync_folder(&self.path);
        Ok(true)
    }
}

/// A new file beside another, with the first bytes of that.
fn begin(path: &Path, same: u64, progress: &Mutex<Progress>) -> io::Result<BufWriter<NamedTempFile>> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // The ending keeps it out of what is linted in a folder.
    let temporary = {
        let mut progress = lock(progress);
        if progress.given_up {
            return Err(io::Error::other("given up"));
        }
        let temporary = tempfile::Builder::new().prefix(".kaizala-actions-").suffix(".tmp").tempfile_in(folder)?;
        progress.unfinished = Some(temporary.path().to_owned());
        temporary
    };
    let mut new = BufWriter::new(temporary);
    if io::copy(&mut File::open(path)?.take(same), &mut new)? < same {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(new)
}

#[cfg(unix)]
fn keep_owner(new: &File, before: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    // Only root can give a file away; to anybody else it is their own already, or they may not.
    let _ = fchown(new, Some(before.uid()), Some(before.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

/// So that the new name survives a power cut; where a folder cannot be opened, the system does that its own way.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(old: &str, new: Option<&str>) -> Piece {
        Piece { old: old.into(), new: new.map(Into::into), fixed: usize::from(new.is_some()) }
    }

    /// A file of two lines, and its replacement once the first is read and the second is fixed.
    fn begun() -> (tempfile::TempDir, PathBuf, Replacement) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ndjson");
        fs::write(&path, "one\ntwo\n").unwrap();
        let mut replacement = Replacement::new(&path, Arc::default()).unwrap();
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
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(&folder)), ("one\ntwo\n", 1));
    }

    #[test]
    fn what_somebody_else_wrote_meanwhile_is_kept() {
        let (folder, path, mut replacement) = begun();
        fs::write(&path, "one\ntwo\nthree\n").unwrap();
        assert!(replacement.finish().unwrap_err().to_string().contains("changed by somebody else"));
        drop(replacement);
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(&folder)), ("one\ntwo\nthree\n", 1));
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
