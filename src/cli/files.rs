//! Which documents a path stands for.

#[cfg(feature = "client")]
use std::io::Read as _;
use std::{
    fs::File,
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use crate::input;

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
            Self::Stdin if io::stdin().is_terminal() => Err("nothing to read: name a file, or pipe a body in".to_owned()),
            Self::Stdin => Ok(Box::new(io::stdin())),
            Self::File(path) => match File::open(&path) {
                Ok(file) => Ok(Box::new(file)),
                Err(error) => Err(format!("{}: {error}", path.display())),
            },
            Self::Missing(message) => Err(message),
        }
    }

    /// The name to report it by, and all its bytes.
    #[cfg(feature = "client")]
    pub fn read(self) -> Result<(String, Vec<u8>), String> {
        let name = self.name();
        let mut text = Vec::new();
        self.open()?.read_to_end(&mut text).map_err(|error| format!("{name}: {error}"))?;
        Ok((name, text))
    }
}
