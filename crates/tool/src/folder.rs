//! Finds the files of a folder that look like recordings.

use std::{
    collections::{HashSet, VecDeque},
    fs::{self, FileType},
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use crate::{console::say, identity::Identity, name};

/// The endings of files that are read in a folder, compressed or not. Files with curl commands have
/// no ending of their own: they must be named.
const ENDINGS: [&str; 4] = ["json", "ndjson", "jsonl", "har"];

/// All files, sorted by name, without the excluded ones; or why one could not be found. Links are
/// followed, and each folder is entered once: links may lead in circles.
pub(crate) fn files(path: &Path, without: &HashSet<Identity>) -> Vec<Result<PathBuf, String>> {
    let mut walk = Walk {
        without,
        seen: HashSet::new(),
        links: VecDeque::from([path.to_owned()]),
        found: Vec::new(),
    };
    // The contents of the folder itself come first: they are reported by the path without a link.
    while let Some(folder) = walk.links.pop_front() {
        walk.enter(&folder);
    }
    let mut found = walk.found;
    found.sort_by(|(path, _), (other, _)| path.cmp(other));
    let files = found.into_iter();
    let mut files: Vec<_> = files
        .map(|(path, error)| error.map_or(Ok(path), Err))
        .collect();
    if files.is_empty() {
        files.push(Err(format!(
            "{}: no file below this folder ends in {}",
            name::of(path),
            ENDINGS.map(|ending| format!(".{ending}")).join(", ")
        )));
    }
    files
}

struct Walk<'w> {
    without: &'w HashSet<Identity>,
    /// The entered folders, by their real paths.
    seen: HashSet<PathBuf>,
    /// Links to folders, which may have been entered.
    links: VecDeque<PathBuf>,
    /// Files, each with its error, if any.
    found: Vec<(PathBuf, Option<String>)>,
}

impl Walk<'_> {
    fn enter(&mut self, folder: &Path) {
        if !self.is_new(folder) {
            return;
        }
        let mut entries = WalkDir::new(folder)
            .min_depth(1)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    self.found.push((path, Some(error.to_string())));
                    continue;
                }
            };
            let (path, kind) = (entry.path(), entry.file_type());
            if kind.is_dir() {
                if !self.is_new(path) {
                    entries.skip_current_dir();
                }
            } else if kind.is_symlink() {
                match fs::metadata(path) {
                    Ok(target) if target.is_dir() => self.links.push_back(path.to_owned()),
                    Ok(target) => self.file(path, target.file_type()),
                    Err(error) => {
                        let message = format!("{}: {error}", name::of(path));
                        self.found.push((path.to_owned(), Some(message)));
                    }
                }
            } else {
                self.file(path, kind);
            }
        }
    }

    fn is_new(&mut self, folder: &Path) -> bool {
        // What cannot be inspected cannot be entered either; the error is reported then.
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        self.seen.insert(real)
    }

    fn file(&mut self, path: &Path, kind: FileType) {
        if !is_recorded(path) {
            return;
        }
        if !kind.is_file() {
            // Reading from a pipe would wait for its writer.
            let path = name::of(path);
            return say(&format!(
                "{path}: skipped: a pipe, a socket or a device, not a file"
            ));
        }
        let is_without = || Identity::of(path).is_some_and(|file| self.without.contains(&file));
        if self.without.is_empty() || !is_without() {
            self.found.push((path.to_owned(), None));
        }
    }
}

/// Whether a file of a folder looks like one with bodies or exchanges; its content is detected when
/// it is read.
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
