//! Replaces a file by another text, wholly or not at all.

use std::{
    fs::{self, File, Metadata},
    io::{self, BufWriter, Read as _, Write as _},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use super::pieces::Piece;

/// A file that is being rewritten. Until it is finished the file is as it was; and nothing is written at all before a
/// piece differs.
pub(super) struct Replacement {
    /// The file itself, not a link to it.
    path: PathBuf,
    before: Metadata,
    /// Bytes that were read and are the same in the new text, while there is none.
    same: u64,
    new: Option<BufWriter<NamedTempFile>>,
}

impl Replacement {
    /// # Errors
    /// A path that is no regular file, or cannot be asked about.
    pub fn new(path: &Path) -> io::Result<Self> {
        let path = path.canonicalize()?;
        let before = fs::metadata(&path)?;
        if !before.is_file() {
            return Err(io::Error::other("no regular file, so that it cannot be fixed"));
        }
        Ok(Self { path, before, same: 0, new: None })
    }

    /// Takes the next piece.
    pub fn write(&mut self, piece: &Piece) -> io::Result<()> {
        if self.new.is_none() && piece.new.is_none() {
            self.same += piece.old.len() as u64;
            return Ok(());
        }
        let new = match &mut self.new {
            Some(new) => new,
            none => none.insert(begin(&self.path, self.same)?),
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
        new.persist(&self.path).map_err(|error| error.error)?;
        sync_folder(&self.path);
        Ok(true)
    }
}

/// A new file beside another, with the first bytes of that.
fn begin(path: &Path, same: u64) -> io::Result<BufWriter<NamedTempFile>> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // The ending keeps it out of what is linted in a folder.
    let temporary = tempfile::Builder::new().prefix(".kaizala-actions-").suffix(".tmp").tempfile_in(folder)?;
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
