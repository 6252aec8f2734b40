//! Files that are there whole or not at all.

use std::{
    collections::BTreeSet,
    fs::{self, File, Metadata, OpenOptions},
    io::{self, BufWriter, Write},
    mem,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use tempfile::TempPath;

/// Those that are not in their place yet, by their temporary names.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes all that are not in their place yet, and lets nobody begin another: the process is about
/// to end.
pub(crate) fn remove_unfinished() {
    let paths = unfinished();
    for path in &*paths {
        // Ignore errors: it may have got there, or have been removed.
        let _ = fs::remove_file(path);
    }
    mem::forget(paths);
}

/// A file that takes its place when it is done: until then, and if it never is, what was there
/// stays.
pub(crate) struct Replacement {
    out: BufWriter<File>,
    /// None for what is no file, such as a pipe or a device: that is written to as it is.
    beside: Option<Beside>,
}

/// A text that is written beside its place: only in the same folder can a rename replace at once.
/// It is removed if it does not get there.
struct Beside {
    temporary: TempPath,
    target: PathBuf,
    /// What was there.
    before: Option<Metadata>,
}

impl Drop for Beside {
    fn drop(&mut self) {
        unfinished().remove(&*self.temporary);
    }
}

impl Replacement {
    /// # Errors
    /// What making a file beside it gives.
    pub fn begin(path: &Path) -> io::Result<Self> {
        // Through a link, so that the link stays; and not of what cannot be replaced.
        match fs::metadata(path) {
            Ok(there) if there.is_file() => Self::beside(fs::canonicalize(path)?, Some(there)),
            Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(_) => Ok(Self {
                out: BufWriter::new(OpenOptions::new().write(true).open(path)?),
                beside: None,
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Self::beside(path.to_owned(), None)
            }
            Err(error) => Err(error),
        }
    }

    /// `target` is no link, and `before` what the system says of it, if it is there.
    ///
    /// # Errors
    /// What making a file gives.
    pub fn beside(target: PathBuf, before: Option<Metadata>) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        // The ending keeps it out of what is linted in a folder.
        builder.prefix(".kaizala-actions-").suffix(".tmp");
        // What a new file has where nothing else is said; a temporary one would be its owner's
        // alone.
        #[cfg(unix)]
        if before.is_none() {
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        }
        // It is known as soon as it is there.
        let mut unfinished = unfinished();
        let (file, temporary) = builder.tempfile_in(folder(&target))?.into_parts();
        unfinished.insert(temporary.to_path_buf());
        Ok(Self {
            out: BufWriter::new(file),
            beside: Some(Beside {
                temporary,
                target,
                before,
            }),
        })
    }

    /// Where it is until it has its place, if that is elsewhere.
    pub fn path(&self) -> Option<&Path> {
        Some(&self.beside.as_ref()?.temporary)
    }

    /// Makes it ready: all is on the disk, and belongs to whom what was there does, with the same
    /// permissions and extended attributes.
    ///
    /// # Errors
    /// What writing gives, or that an attribute cannot be kept.
    pub fn complete(&mut self) -> io::Result<()> {
        self.out.flush()?;
        let Some(Beside { target, before, .. }) = &self.beside else {
            return Ok(());
        };
        let new = self.out.get_ref();
        if let Some(before) = before {
            #[cfg(unix)]
            {
                use std::os::unix::fs::{MetadataExt as _, fchown};
                // Only root can give a file away; to anybody else it is their own already, or they
                // may not.
                let _ = fchown(new, Some(before.uid()), Some(before.gid()));
                crate::attributes::copy(target, new)?;
            }
            #[cfg(not(unix))]
            let _ = target;
            new.set_permissions(before.permissions())?;
        }
        new.sync_all()
    }

    /// Puts it in its place, once it is complete.
    ///
    /// # Errors
    /// What the system gives: then it is not there.
    pub fn persist(self) -> io::Result<()> {
        if let Some(Beside {
            temporary, target, ..
        }) = &self.beside
        {
            // What persisting a `TempPath` does, which would have to be taken out of here.
            fs::rename(temporary, target)?;
            // So that the new name survives a power cut; where a folder cannot be opened, the
            // system does that its own way.
            if let Ok(folder) = File::open(folder(target)) {
                let _ = folder.sync_all();
            }
        }
        Ok(())
    }

    /// Completes it and puts it in its place.
    ///
    /// # Errors
    /// What writing gives: then it is not in its place.
    pub fn finish(mut self) -> io::Result<()> {
        self.complete()?;
        self.persist()
    }
}

fn folder(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect()
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
    fn permissions_and_owner_stay_and_a_new_file_has_the_usual_ones() {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
        let folder = tempfile::tempdir().expect("a folder");
        let (path, other) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&path, "old").expect("a file");
        fs::set_permissions(&path, Permissions::from_mode(0o640)).expect("it is ours");
        // Only root can give it away.
        let _ = chown(&path, Some(12), Some(34));
        let before = fs::metadata(&path).expect("it is there");
        for path in [&path, &other] {
            Replacement::begin(path)
                .expect("a place beside it")
                .finish()
                .expect("room");
        }
        let after = fs::metadata(&path).expect("it is there");
        assert_eq!(
            (after.mode(), after.uid(), after.gid()),
            (before.mode(), before.uid(), before.gid())
        );
        fs::write(folder.path().join("c"), "").expect("a file");
        let mode = |name: &str| {
            fs::metadata(folder.path().join(name))
                .expect("it is there")
                .mode()
        };
        assert_eq!(mode("b"), mode("c"));
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
        assert!(
            fs::symlink_metadata(&link)
                .expect("it is there")
                .is_symlink()
        );
        assert_eq!(fs::read_to_string(&path).expect("a file"), "new");
        Replacement::begin(Path::new("/dev/null"))
            .expect("a device")
            .finish()
            .expect("it takes all");
        assert!(Replacement::begin(folder.path()).is_err(), "a folder");
    }
}
