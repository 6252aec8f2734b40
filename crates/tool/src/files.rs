//! Which documents a path stands for.

use std::{
    fs::{self, File},
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use crate::{input, text::about};

/// The files that are read in a folder, compressed or not. curl's command lines have no ending of
/// their own: they are named.
const ENDINGS: [&str; 4] = ["json", "ndjson", "jsonl", "har"];

/// A document to read, or why there is none.
pub(crate) enum Source {
    Stdin,
    File(PathBuf),
    Missing(String),
}

/// The documents of all paths, in the order of the paths, those of a folder by name.
pub(crate) fn sources(paths: &[PathBuf]) -> impl Iterator<Item = Source> {
    paths.iter().flat_map(|path| match file(path) {
        Source::File(path) if path.is_dir() => folder(&path),
        source => vec![source],
    })
}

/// The one document of a path.
pub(crate) fn file(path: &Path) -> Source {
    if path.as_os_str() == "-" {
        Source::Stdin
    } else {
        Source::File(path.to_owned())
    }
}

/// How many bytes the files of all paths have, if they are files of a size that can be known: not
/// pipes, for one, and folders may be large.
pub(crate) fn bytes(paths: &[PathBuf]) -> Option<u64> {
    paths
        .iter()
        .map(|path| {
            fs::metadata(path)
                .ok()
                .filter(fs::Metadata::is_file)
                .map(|file| file.len())
        })
        .sum()
}

fn folder(path: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    for entry in WalkDir::new(path).follow_links(true).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_recorded(entry.path()) => {
                sources.push(Source::File(entry.into_path()));
            }
            Ok(_) => {}
            Err(error) => sources.push(Source::Missing(error.to_string())),
        }
    }
    if sources.is_empty() {
        sources.push(Source::Missing(format!(
            "{}: no file below this folder ends in {}",
            path.display(),
            ENDINGS.map(|ending| format!(".{ending}")).join(", ")
        )));
    }
    sources
}

/// Whether a file of a folder looks like one that holds bodies or exchanges: what it holds is found
/// out when it is read.
fn is_recorded(path: &Path) -> bool {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let name = [".gz", ".zst"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(&name);
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

impl Source {
    /// The name to report it by.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "<stdin>".to_owned(),
            Self::File(path) => path.display().to_string(),
            Self::Missing(_) => String::new(),
        }
    }

    /// Its bytes, or why there are none.
    pub fn open(self) -> Result<input::Source, String> {
        match self {
            Self::Stdin if io::stdin().is_terminal() => {
                Err("nothing to read: name a file, or pipe a body in".to_owned())
            }
            Self::Stdin => Ok(Box::new(io::stdin())),
            Self::File(path) => Ok(Box::new(File::open(&path).map_err(about(&path))?)),
            Self::Missing(message) => Err(message),
        }
    }

    /// The name to report it by, and all its bytes.
    #[cfg(feature = "client")]
    pub fn read(self) -> Result<(String, Vec<u8>), String> {
        let name = self.name();
        let mut text = Vec::new();
        io::Read::read_to_end(&mut self.open()?, &mut text).map_err(about(&name))?;
        Ok((name, text))
    }
}
