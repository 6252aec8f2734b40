//! Which documents a path stands for.

use std::{
    fs, io,
    io::{IsTerminal as _, Read as _},
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

/// A document to read, or why there is none.
pub(super) enum Source {
    Stdin,
    File(PathBuf),
    Missing(String),
}

/// The documents of all paths, in the order of the paths, those of a folder by name.
pub(super) fn sources(paths: &[PathBuf]) -> impl Iterator<Item = Source> {
    paths.iter().flat_map(|path| {
        if path.as_os_str() == "-" {
            vec![Source::Stdin]
        } else if path.is_dir() {
            folder(path)
        } else {
            vec![Source::File(path.clone())]
        }
    })
}

/// The one document of a path.
#[cfg(feature = "client")]
pub(super) fn file(path: &Path) -> Source {
    if path.as_os_str() == "-" { Source::Stdin } else { Source::File(path.to_owned()) }
}

fn folder(path: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    for entry in WalkDir::new(path).follow_links(true).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() && entry.path().extension().is_some_and(|ending| ending == "json") => {
                sources.push(Source::File(entry.into_path()));
            }
            Ok(_) => {}
            Err(error) => sources.push(Source::Missing(error.to_string())),
        }
    }
    if sources.is_empty() {
        sources.push(Source::Missing(format!("{}: no *.json below this folder", path.display())));
    }
    sources
}

impl Source {
    /// The name to report it by, and its bytes.
    pub fn read(self) -> Result<(String, Vec<u8>), String> {
        match self {
            Self::Stdin => {
                let mut stdin = io::stdin().lock();
                if stdin.is_terminal() {
                    return Err("nothing to read: name a file, or pipe a body in".to_owned());
                }
                let mut text = Vec::new();
                stdin.read_to_end(&mut text).map_err(|error| format!("stdin: {error}"))?;
                Ok(("<stdin>".to_owned(), text))
            }
            Self::File(path) => {
                let name = path.display().to_string();
                let text = fs::read(&path).map_err(|error| format!("{name}: {error}"))?;
                Ok((name, text))
            }
            Self::Missing(message) => Err(message),
        }
    }
}
