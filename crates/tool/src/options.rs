//! Arguments that could be an option or a file.
//!
//! Programs that pass file names, such as a shell with `*`, xargs or pre-commit, also pass a file
//! with the name `--fix`. It cannot be distinguished from the option, so it is refused.

use std::{ffi::OsString, fs, path::Path};

use crate::name;

/// # Errors
/// The first argument in front of `--` that begins with a hyphen and is also the name of a file.
pub(crate) fn check<'a>(arguments: impl Iterator<Item = &'a OsString>) -> Result<(), String> {
    let before_names = arguments.take_while(|argument| *argument != "--");
    let mut options = before_names.filter(|argument| argument.as_encoded_bytes().starts_with(b"-"));
    // Links too, even broken ones.
    let file = options.find(|option| fs::symlink_metadata(option).is_ok());
    file.map_or(Ok(()), |file| {
        let file = name::of(Path::new(&file));
        Err(format!(
            "{file} is a file here and looks like an option: write ./{file} for the file, or rename it to use the option"
        ))
    })
}
