//! Files that are there whole or not at all.

use std::{
    fs::{self, File, OpenOptions, Permissions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

/// A file that takes its place when it is done: until then, and if it never is, what was there stays.
pub(super) enum Replacement {
    /// Written beside its place: only in the same folder can a rename replace at once.
    Beside(BufWriter<NamedTempFile>, PathBuf),
    /// What is no file, such as a pipe or a device, is written to as it is.
    Through(BufWriter<File>),
}

impl Replacement {
    /// # Errors
    /// What making a file beside it gives.
    pub fn begin(path: &Path) -> io::Result<Self> {
        // Through a link, so that the link stays; and not of what cannot be replaced.
        let (target, permissions) = match fs::metadata(path) {
            Ok(there) if there.is_file() => (fs::canonicalize(path)?, Some(there.permissions())),
            Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(_) => return Ok(Self::Through(BufWriter::new(OpenOptions::new().write(true).open(path)?))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
            Err(error) => return Err(error),
        };
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".kaizala-actions-").suffix(".tmp");
        if let Some(permissions) = usual() {
            builder.permissions(permissions);
        }
        let temporary = builder.tempfile_in(folder)?;
        if let Some(permissions) = permissions {
            temporary.as_file().set_permissions(permissions)?;
        }
        Ok(Self::Beside(BufWriter::new(temporary), target))
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// What writing gives: then it is not in its place.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Self::Beside(out, target) => {
                let temporary = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                temporary.as_file().sync_all()?;
                temporary.persist(target).map(drop).map_err(|error| error.error)
            }
            Self::Through(mut out) => out.flush(),
        }
    }
}

/// What a new file has where nothing else is said; a temporary one would be its owner's alone.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is nothing to say")]
fn usual() -> Option<Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual() -> Option<Permissions> {
    None
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Beside(out, _) => out.write(bytes),
            Self::Through(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Beside(out, _) => out.flush(),
            Self::Through(out) => out.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn what_was_there_stays_until_the_new_is_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        fs::write(&path, "old").expect("a file");
        for (finish, expected) in [(false, "old"), (true, "new")] {
            let mut new = Replacement::begin(&path).expect("a place beside it");
            new.write_all(b"new").expect("room");
            assert_eq!(fs::read_to_string(&path).expect("a file"), "old");
            if finish {
                new.finish().expect("room");
            } else {
                drop(new);
            }
            assert_eq!(fs::read_to_string(&path).expect("a file"), expected);
            assert_eq!(names(folder.path()), ["a"]);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one_and_a_device_is_written_to() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&path, "old").expect("a file");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        let mut new = Replacement::begin(&link).expect("a place beside it");
        new.write_all(b"new").expect("room");
        new.finish().expect("room");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        assert_eq!(fs::read_to_string(&path).expect("a file"), "new");
        Replacement::begin(Path::new("/dev/null")).expect("a device").finish().expect("it takes all");
        assert!(Replacement::begin(folder.path()).is_err(), "a folder");
    }
}
