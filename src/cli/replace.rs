//! Files that are there whole or not at all.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// A file that takes its place when it is done: until then, and if it never is, what was there stays.
pub(super) struct Replacement {
    out: BufWriter<File>,
    /// Where it is written, and where it goes; none for what is no file, such as a pipe or a device.
    way: Option<(PathBuf, PathBuf)>,
}

impl Replacement {
    /// # Errors
    /// What making a file beside it gives.
    pub fn begin(path: &Path) -> io::Result<Self> {
        // Through a link, so that the link stays; and not of what cannot be replaced.
        let (target, permissions) = match fs::metadata(path) {
            Ok(there) if there.is_file() => (fs::canonicalize(path)?, Some(there.permissions())),
            Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(_) => return Ok(Self { out: BufWriter::new(OpenOptions::new().write(true).open(path)?), way: None }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
            Err(error) => return Err(error),
        };
        let (file, temporary) = beside(&target)?;
        let replacement = Self { out: BufWriter::new(file), way: Some((temporary, target)) };
        if let Some(permissions) = permissions {
            replacement.out.get_ref().set_permissions(permissions)?;
        }
        Ok(replacement)
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// What writing gives: then it is not in its place.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        if let Some((temporary, target)) = &self.way {
            self.out.get_ref().sync_all()?;
            fs::rename(temporary, target)?;
            self.way = None;
        }
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if let Some((temporary, _)) = self.way.take() {
            // Nobody waits for it; that it stays is the worst that can happen.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// A new file in the same folder: only there can a rename replace at once.
fn beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    for number in 0.. {
        let path = target.with_file_name(format!(".{name}.{}.{number}.tmp", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
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
