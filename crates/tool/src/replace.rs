//! Files that are written completely or not at all.

use std::{
    collections::BTreeSet,
    fs::{self, File, Metadata, OpenOptions},
    io::{self, BufWriter, Write},
    mem,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard},
};

use tempfile::TempPath;

use crate::lock::lock;

/// The temporary names of unfinished files.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    lock(&UNFINISHED)
}

/// Removes all unfinished files, and prevents new ones: the process is about to end.
pub(crate) fn remove_unfinished() {
    let paths = unfinished();
    for path in &*paths {
        // Ignore errors: it may have been finished or removed.
        let _ = fs::remove_file(path);
    }
    mem::forget(paths);
}

/// A file that replaces another when it is complete: until then, and if it never is, the old file
/// is kept.
pub(crate) struct Replacement {
    out: BufWriter<File>,
    /// `None` for anything but a regular file, such as a pipe or a device, which is written to
    /// directly.
    sibling: Option<Sibling>,
}

/// A temporary file next to its target: a rename is only atomic in the same folder. It is removed
/// if it is not finished.
struct Sibling {
    temporary: TempPath,
    target: PathBuf,
    /// The old file.
    before: Option<Metadata>,
}

impl Drop for Sibling {
    fn drop(&mut self) {
        unfinished().remove(&*self.temporary);
    }
}

impl Replacement {
    /// # Errors
    /// The error of creating the temporary file.
    pub fn begin(path: &Path) -> io::Result<Self> {
        // Follows a link, so that the link stays; only regular files can be replaced.
        match fs::metadata(path) {
            Ok(there) if there.is_file() => Self::replacing(fs::canonicalize(path)?, Some(there)),
            Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(_) => Ok(Self {
                out: BufWriter::new(OpenOptions::new().write(true).open(path)?),
                sibling: None,
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Self::replacing(path.to_owned(), None)
            }
            Err(error) => Err(error),
        }
    }

    /// `target` is not a link, and `before` is its metadata, if it exists.
    ///
    /// # Errors
    /// The error of creating a file.
    pub fn replacing(target: PathBuf, before: Option<Metadata>) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        // The ending keeps it from being linted as part of a folder.
        builder.prefix(".kaizala-actions-").suffix(".tmp");
        // The default permissions of a new file; those of a temporary file would be limited to its
        // owner.
        #[cfg(unix)]
        if before.is_none() {
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        }
        // It is registered as soon as it exists.
        let mut unfinished = unfinished();
        let (file, temporary) = builder.tempfile_in(folder(&target))?.into_parts();
        unfinished.insert(temporary.to_path_buf());
        Ok(Self {
            out: BufWriter::new(file),
            sibling: Some(Sibling {
                temporary,
                target,
                before,
            }),
        })
    }

    /// The path of the temporary file, if there is one.
    pub fn path(&self) -> Option<&Path> {
        Some(&self.sibling.as_ref()?.temporary)
    }

    /// Prepares the rename: everything is on disk, and has the owner, the permissions and the
    /// extended attributes of the old file.
    ///
    /// # Errors
    /// The error of writing, or that an attribute cannot be copied.
    pub fn complete(&mut self) -> io::Result<()> {
        self.out.flush()?;
        let Some(Sibling { target, before, .. }) = &self.sibling else {
            return Ok(());
        };
        let new = self.out.get_ref();
        if let Some(before) = before {
            #[cfg(unix)]
            {
                use std::os::unix::fs::{MetadataExt as _, fchown};
                // Only root can change the owner; for others, the file is already theirs, or they
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

    /// Renames it, once it is complete.
    ///
    /// # Errors
    /// The error of the system; the file is then not replaced.
    pub fn persist(self) -> io::Result<()> {
        if let Some(Sibling {
            temporary, target, ..
        }) = &self.sibling
        {
            // The same as persisting a `TempPath`, which cannot be moved out of here.
            fs::rename(temporary, target)?;
            // So that the new name survives a power failure; if a folder cannot be opened, the
            // system handles that in its own way.
            if let Ok(folder) = File::open(folder(target)) {
                let _ = folder.sync_all();
            }
        }
        Ok(())
    }

    /// Completes it and renames it.
    ///
    /// # Errors
    /// The error of writing; the file is then not replaced.
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
            let mut new = Replacement::begin(&path).expect("a place next to it");
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
        // Only root can change the owner.
        let _ = chown(&path, Some(12), Some(34));
        let before = fs::metadata(&path).expect("it is there");
        for path in [&path, &other] {
            Replacement::begin(path)
                .expect("a place next to it")
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
        let mut new = Replacement::begin(&link).expect("a place next to it");
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
