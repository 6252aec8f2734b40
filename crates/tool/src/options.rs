//! Arguments that could be an option or a file.
//!
//! Whoever passes the names of files, be it a shell's `*`, xargs or pre-commit, passes a file that is
//! called `--fix` too. Nobody can tell it from the option then: it is neither.

use std::{ffi::OsString, fs, path::Path};

use crate::name;

/// # Errors
/// The first argument that begins with a hyphen, before `--`, and is the name of a file too.
pub(crate) fn check(arguments: impl Iterator<Item = OsString>) -> Result<(), String> {
    let before_names = arguments.take_while(|argument| argument != "--");
    let mut options = before_names.filter(|argument| argument.as_encoded_bytes().starts_with(b"-"));
    // Links too, be they broken.
    let file = options.find(|option| fs::symlink_metadata(option).is_ok());
    file.map_or(Ok(()), |file| {
        let file = name::of(Path::new(&file));
        Err(format!(
            "{file} is a file here and looks like an option: write ./{file} for the file, or rename it to use the option"
        ))
    })
}
