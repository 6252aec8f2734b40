//! `lint --baseline` and `lint --write-baseline`: what is known already, and is not told again.
//!
//! A finding is known by its file, its rule, its place with the indices of lists left open, and
//! what it says; how many there are alike is counted. So a baseline holds though other parts of a
//! file are edited, and lines are added or moved.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use kaizala_actions::lint::{Finding, Origin, Part};
use serde::{Deserialize, Serialize};

use super::{args::FixAndBaselineArgs, judge::Judged, settings::normalize_path};
use crate::{
    fingerprint::{fnv_64, pattern},
    replace::Replacement,
    text::count,
};

/// The version of the format.
const VERSION: u32 = 1;

/// How many kinds of finding a baseline can have: enough to be of use, few enough for memory.
const MOST: usize = 50_000;

/// What one kind of finding is known by, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    path: Arc<str>,
    part: String,
    rule: String,
    pointer: String,
    message: u64,
}

/// A finding as it stands in the file, on a line of its own.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    part: String,
    rule: String,
    pointer: String,
    message: String,
    count: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    findings: Vec<Entry>,
}

/// Counts of findings, to be compared with or to be written.
struct Entries {
    file: PathBuf,
    /// The folder of the file, from which its paths count.
    folder: PathBuf,
    /// The path of the file at hand.
    path: Arc<str>,
    counts: BTreeMap<Key, usize>,
}

/// What is known, and what is to be known from now on.
pub(crate) struct Baseline {
    /// Counts down to what is gone.
    before: Option<Entries>,
    /// Of the files in there, those that were not linted yet.
    unseen: BTreeSet<Arc<str>>,
    after: Option<Entries>,
    overflow: bool,
    /// The file at hand.
    path: Option<Arc<str>>,
}

impl Baseline {
    /// # Errors
    /// A baseline that cannot be read.
    pub fn open(args: &FixAndBaselineArgs) -> Result<Self, String> {
        let before = args.baseline.as_deref().map(Entries::read).transpose()?;
        let after = args
            .write_baseline
            .as_deref()
            .map(Entries::new)
            .transpose()?;
        let unseen = before
            .iter()
            .flat_map(|before| before.counts.keys())
            .map(|key| Arc::clone(&key.path))
            .collect();
        Ok(Self {
            before,
            unseen,
            after,
            overflow: false,
            path: None,
        })
    }

    /// What comes next is from this file.
    fn begin(&mut self, path: &Arc<str>) {
        if self
            .path
            .as_ref()
            .is_some_and(|last| Arc::ptr_eq(last, path))
        {
            return;
        }
        self.path = Some(Arc::clone(path));
        if let Some(before) = &mut self.before {
            before.begin(path);
            self.unseen.remove(&before.path);
        }
        if let Some(after) = &mut self.after {
            after.begin(path);
        }
    }

    /// Leaves what is new of what was found in a piece of a file.
    pub fn retain_new(&mut self, path: &Arc<str>, judged: &mut [Judged]) {
        if self.before.is_none() && self.after.is_none() {
            return;
        }
        self.begin(path);
        for Judged { origin, report, .. } in judged {
            if let Some(report) = report {
                let findings = &mut report.findings;
                findings.retain(|finding| self.is_new(finding, origin));
            }
        }
    }

    fn is_new(&mut self, finding: &Finding, origin: &Origin) -> bool {
        if let Some(after) = &mut self.after {
            let key = after.key(finding, origin);
            if after.counts.len() < MOST || after.counts.contains_key(&key) {
                *after.counts.entry(key).or_default() += 1;
            } else {
                self.overflow = true;
            }
        }
        match &mut self.before {
            Some(before) => match before.counts.get_mut(&before.key(finding, origin)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            },
            None => self.after.is_none(),
        }
    }

    /// Writes what is to be written, and says what there is to say.
    ///
    /// # Errors
    /// A baseline that cannot be written, or would be too long.
    pub fn finish(self) -> Result<Vec<String>, String> {
        let mut notes = Vec::new();
        if let Some(before) = &self.before {
            let is_gone = |path: &Arc<str>| {
                !self.unseen.contains(path) || !before.folder.join(&**path).exists()
            };
            let gone: usize = before
                .counts
                .iter()
                .filter(|(key, count)| **count > 0 && is_gone(&key.path))
                .map(|(_, count)| count)
                .sum();
            if gone > 0 {
                notes.push(format!(
                    "{}: {} {} gone; --write-baseline forgets what is gone",
                    before.file.display(),
                    count(gone, "known finding"),
                    if gone == 1 { "is" } else { "are" }
                ));
            }
        }
        if let Some(after) = &self.after {
            if self.overflow {
                let file = after.file.display();
                return Err(format!(
                    "{file}: not written: more than {MOST} kinds of finding; ignore a rule, or split the files"
                ));
            }
            after
                .write()
                .map_err(|error| format!("{}: {error}", after.file.display()))?;
            let total: usize = after.counts.values().sum();
            notes.push(format!(
                "{}: {} known from now on",
                after.file.display(),
                count(total, "finding")
            ));
        }
        Ok(notes)
    }
}

impl Entries {
    fn new(file: &Path) -> Result<Self, String> {
        let here = env::current_dir().map_err(|error| format!("the current folder: {error}"))?;
        let folder = normalize_path(&here.join(file).join(".."));
        Ok(Self {
            file: file.to_owned(),
            folder,
            path: Arc::from(""),
            counts: BTreeMap::new(),
        })
    }

    fn read(file: &Path) -> Result<Self, String> {
        let wrong = |problem: String| {
            format!(
                "{}: no baseline that --write-baseline wrote: {problem}",
                file.display()
            )
        };
        let text = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let document: Document =
            serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
        if document.version != VERSION {
            return Err(wrong(format!(
                "version {}, and this tool knows {VERSION}",
                document.version
            )));
        }
        let mut entries = Self::new(file)?;
        for Entry {
            path,
            part,
            rule,
            pointer,
            message,
            count,
        } in document.findings
        {
            if *entries.path != *path {
                entries.path = Arc::from(path);
            }
            let message = u64::from_str_radix(&message, 16)
                .map_err(|error| wrong(format!("message {message}: {error}")))?;
            *entries
                .counts
                .entry(Key {
                    path: Arc::clone(&entries.path),
                    part,
                    rule,
                    pointer,
                    message,
                })
                .or_default() += count;
        }
        Ok(entries)
    }

    /// Paths count from the folder of the baseline, so that it does not matter from where the tool
    /// is run.
    fn begin(&mut self, path: &str) {
        let absolute = env::current_dir().map(|here| normalize_path(&here.join(path)));
        let relative = absolute
            .as_ref()
            .ok()
            .and_then(|path| path.strip_prefix(&self.folder).ok());
        self.path = match relative {
            Some(path) => path
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect::<Vec<_>>()
                .join("/")
                .into(),
            None => path.into(),
        };
    }

    fn key(&self, finding: &Finding, origin: &Origin) -> Key {
        Key {
            path: Arc::clone(&self.path),
            part: origin
                .part
                .map_or(String::new(), |part: Part| part.name().to_owned()),
            rule: finding.rule.id.to_owned(),
            pointer: pattern(&finding.pointer),
            message: fnv_64(&finding.message),
        }
    }

    fn write(&self) -> io::Result<()> {
        let mut new = Replacement::begin(&self.file)?;
        write!(new, "{{\"version\": {VERSION}, \"findings\": [")?;
        for (index, (key, count)) in self.counts.iter().enumerate() {
            let Key {
                path,
                part,
                rule,
                pointer,
                message,
            } = key.clone();
            let entry = Entry {
                path: path.to_string(),
                part,
                rule,
                pointer,
                message: format!("{message:016x}"),
                count: *count,
            };
            write!(
                new,
                "{}\n{}",
                if index == 0 { "" } else { "," },
                serde_json::to_string(&entry)?
            )?;
        }
        writeln!(new, "\n]}}")?;
        new.finish()
    }
}
