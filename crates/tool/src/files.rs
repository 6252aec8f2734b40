//! Finds the documents of a path.

use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
};

use crate::{folder, identity::Identity, input, name, text::about};

/// A document to read, or why it cannot be read.
pub(crate) enum Source {
    Stdin,
    File(PathBuf),
    /// A file in a named folder, which was not named itself.
    Found(PathBuf),
    Missing(String),
}

/// The documents of all paths, in the order of the paths. Those of a folder are sorted by name,
/// without the excluded ones.
pub(crate) fn sources(paths: &[PathBuf], without: &HashSet<Identity>) -> Vec<Source> {
    let sources = paths.iter().flat_map(|path| match file(path) {
        Source::File(path) if path.is_dir() => folder::files(&path, without)
            .into_iter()
            .map(|file| file.map_or_else(Source::Missing, Source::Found))
            .collect(),
        source => vec![source],
    });
    sources.collect()
}

/// The only document of a path.
pub(crate) fn file(path: &Path) -> Source {
    if path.as_os_str() == "-" {
        Source::Stdin
    } else {
        Source::File(path.to_owned())
    }
}

/// The total size of the files of all paths, if they are regular files: pipes have no size, and
/// folders may be large.
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

impl Source {
    /// The name for reports.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "<stdin>".to_owned(),
            Self::File(path) | Self::Found(path) => name::of(path),
            Self::Missing(_) => String::new(),
        }
    }

    /// Whether it was found in a folder.
    pub fn is_found(&self) -> bool {
        matches!(self, Self::Found(_))
    }

    /// Its content, or why it cannot be read.
    pub fn open(self) -> Result<input::Source, String> {
        match self {
            Self::Stdin if io::stdin().is_terminal() => {
                Err("nothing to read: name a file, or pipe a body in".to_owned())
            }
            Self::Stdin => Ok(Box::new(io::stdin())),
            Self::File(path) | Self::Found(path) => {
                Ok(Box::new(File::open(&path).map_err(about(&path))?))
            }
            Self::Missing(message) => Err(message),
        }
    }

    /// The name for reports, and the whole content.
    #[cfg(feature = "client")]
    pub fn read(self) -> Result<(String, Vec<u8>), String> {
        let name = self.name();
        let mut text = Vec::new();
        io::Read::read_to_end(&mut self.open()?, &mut text)
            .map_err(|error| format!("{name}: {error}"))?;
        Ok((name, text))
    }
}
