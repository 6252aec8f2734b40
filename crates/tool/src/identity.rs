//! The identity of a file, whatever path leads to it.

use std::{
    fs::{self, File, Metadata},
    io,
    path::{Path, PathBuf},
};

/// A file: two paths with the same identity lead to the same file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Identity {
    /// The device and the inode: links to a file, hard or symbolic, have the same.
    #[cfg(unix)]
    Inode(u64, u64),
    /// The real path of a file that does not exist yet.
    Path(PathBuf),
}

impl Identity {
    /// `None` for anything but a regular file, such as a pipe or a device, of which there can be
    /// several at once.
    pub fn of(path: &Path) -> Option<Self> {
        if let Ok(metadata) = fs::metadata(path) {
            return Self::known(&metadata, || fs::canonicalize(path));
        }
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).ok()?;
        Some(Self::Path(folder.join(path.file_name()?)))
    }

    /// The identity of an open file, such as a redirection of the shell.
    #[cfg(unix)]
    pub fn of_open(stream: &impl std::os::fd::AsFd) -> Option<Self> {
        let file = File::from(stream.as_fd().try_clone_to_owned().ok()?);
        Self::known(&file.metadata().ok()?, || {
            Err(io::ErrorKind::Unsupported.into())
        })
    }

    /// The system does not provide it.
    #[cfg(not(unix))]
    pub fn of_open<S>(_: &S) -> Option<Self> {
        None
    }

    fn known(metadata: &Metadata, path: impl FnOnce() -> io::Result<PathBuf>) -> Option<Self> {
        if !metadata.is_file() {
            return None;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            drop(path);
            Some(Self::Inode(metadata.dev(), metadata.ino()))
        }
        #[cfg(not(unix))]
        path().ok().map(Self::Path)
    }
}
