//! `kaizala-actions docs`.

use std::{error::Error, fs, io, io::Write, path::Path};

use kaizala_actions_reference as docs;

use crate::{playground::engine, replace::Replacement, text::about};

/// Writes the reference to a folder; if a file is in the way, writes nothing.
pub(crate) fn run(
    folder: &Path,
    playground: Option<&Path>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let engine = playground.map(engine).transpose()?;
    let files = docs::files_with(engine.as_ref());
    fs::create_dir_all(folder).map_err(about(folder))?;
    for file in &files {
        let path = folder.join(&file.name);
        if !is_free(&path).map_err(about(&path))? {
            return Err(format!(
                "{}: this file is not part of the reference; name another folder with --output",
                path.display()
            )
            .into());
        }
    }
    for file in &files {
        let path = folder.join(&file.name);
        let written = Replacement::begin(&path).and_then(|mut new| {
            new.write_all(file.text.as_bytes())?;
            new.finish()
        });
        written.map_err(about(&path))?;
    }
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    writeln!(
        out,
        "{} files, {} kB; open {} in a browser",
        files.len(),
        bytes.div_ceil(1000),
        folder.join(&files[0].name).display()
    )?;
    Ok(())
}

/// Whether the folder is empty, or only has files of an earlier reference.
fn is_free(path: &Path) -> io::Result<bool> {
    match fs::read(path) {
        Ok(text) => Ok(docs::File::is_known(&String::from_utf8_lossy(&text))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}
