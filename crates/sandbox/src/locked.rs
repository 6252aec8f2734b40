//! Exclusively opened files.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    path::Path,
};

/// Opens a file that is not opened by another sandbox, and locks it.
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
    // Before it was locked, another sandbox may have written to it or replaced it.
    let (own, named) = (file.metadata()?, fs::metadata(path)?);
    if (own.len(), own.modified()?) != (named.len(), named.modified()?) {
        return Err(in_use());
    }
    Ok(file)
}

/// Replaces a file atomically by one with this text.
pub(super) fn replaced(path: &Path, old: &File, text: &[u8]) -> io::Result<File> {
    // The file itself, if the path is a link.
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
        // Whatever is left of it does no harm.
        let _ = fs::remove_file(&name);
    }
    written.map(|()| file)
}
