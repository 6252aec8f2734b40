//! Files that nobody else has open.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    path::Path,
};

/// Opens a file that nobody else has open.
pub(super) fn locked(path: &Path) -> io::Result<File> {
    let in_use = || io::Error::other("it is locked: another sandbox uses it");
    let mut options = OpenOptions::new();
    let file = options.read(true).append(true).create(true).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => in_use(),
        TryLockError::Error(error) => error,
    })?;
    // Before it was locked, another sandbox may have written to it, or put a new file in its place.
    let (own, named) = (file.metadata()?, fs::metadata(path)?);
    if (own.len(), own.modified()?) != (named.len(), named.modified()?) {
        return Err(in_use());
    }
    Ok(file)
}

/// Puts a file with this text in the place of an old one, in one step.
pub(super) fn replaced(path: &Path, old: &File, text: &[u8]) -> io::Result<File> {
    // The file itself, where the path is that of a link to it.
    let path = fs::canonicalize(path)?;
    let mut name = path.clone().into_os_string();
    name.push(".new");
    let mut file = locked(name.as_ref())?;
    let written = file
        .set_len(0)
        .and_then(|()| file.set_permissions(old.metadata()?.permissions()))
        .and_then(|()| file.write_all(text))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&name, path));
    if written.is_err() {
        // What is left of it is in the way of nobody.
        let _ = fs::remove_file(&name);
    }
    written.map(|()| file)
}
