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

use kaizala_actions::lint::Origin;
use kaizala_actions::lint::{Finding, Part};
use serde::{Deserialize, Serialize};

use super::{args::Working, judge::Judged, settings::plain};
use crate::replace::Replacement;

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
struct Ledger {
    file: PathBuf,
    /// The folder of the file, from which its paths count.
    folder: PathBuf,
    /// The path of the file at hand.
    path: Arc<str>,
    counts: BTreeMap<Key, usize>,
}

/// What is known, and what is to be known from now on.
pub(super) struct Known {
    /// Counts down to what is gone.
    before: Option<Ledger>,
    /// Of the files in there, those that were not linted yet.
    unseen: BTreeSet<Arc<str>>,
    after: Option<Ledger>,
    overflow: bool,
    /// The file at hand.
    path: Option<Arc<str>>,
}

impl Known {
    /// # Errors
    /// A baseline that cannot be read.
    pub fn open(args: &Working) -> Result<Self, String> {
        let before = args.baseline.as_deref().map(Ledger::read).transpose()?;
        let after = args
            .write_baseline
            .as_deref()
            .map(Ledger::new)
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
    pub fn without(&mut self, path: &Arc<str>, mut judged: Vec<Judged>) -> Vec<Judged> {
        if self.before.is_some() || self.after.is_some() {
            self.begin(path);
            for Judged { origin, report, .. } in &mut judged {
                if let Some(report) = report {
                    report
                        .findings
                        .retain(|finding| self.is_new(finding, origin));
                }
            }
        }
        judged
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
                let (findings, are) = if gone == 1 {
                    ("finding", "is")
                } else {
                    ("findings", "are")
                };
                notes.push(format!(
                    "{}: {gone} known {findings} {are} gone; --write-baseline forgets what is gone",
                    before.file.display()
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
                "{}: {total} finding{} known from now on",
                after.file.display(),
                if total == 1 { "" } else { "s" }
            ));
        }
        Ok(notes)
    }
}

impl Ledger {
    fn new(file: &Path) -> Result<Self, String> {
        let here = env::current_dir().map_err(|error| format!("the current folder: {error}"))?;
        let folder = plain(&here.join(file).join(".."));
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
        let mut ledger = Self::new(file)?;
        for Entry {
            path,
            part,
            rule,
            pointer,
            message,
            count,
        } in document.findings
        {
            if *ledger.path != *path {
                ledger.path = Arc::from(path);
            }
            let message = u64::from_str_radix(&message, 16)
                .map_err(|error| wrong(format!("message {message}: {error}")))?;
            *ledger
                .counts
                .entry(Key {
                    path: Arc::clone(&ledger.path),
                    part,
                    rule,
                    pointer,
                    message,
                })
                .or_default() += count;
        }
        Ok(ledger)
    }

    /// Paths count from the folder of the baseline, so that it does not matter from where the tool
    /// is run.
    fn begin(&mut self, path: &str) {
        let absolute = env::current_dir().map(|here| plain(&here.join(path)));
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
            pointer: open(&finding.pointer),
            message: hash(&finding.message),
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

/// A pointer with `*` for the indices of lists.
fn open(pointer: &str) -> String {
    let is_index =
        |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
    pointer
        .split('/')
        .map(|token| if is_index(token) { "*" } else { token })
        .collect::<Vec<_>>()
        .join("/")
}

/// FNV-1a, 64 bits: the same in every version of everything. Messages quote the documents, which
/// may be nobody's business.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_left_open() {
        assert_eq!(
            open("/actions/12/actionBody/a1"),
            "/actions/*/actionBody/a1"
        );
        assert_eq!(open(""), "");
    }

    #[test]
    fn messages_are_told_apart_by_a_number_that_stays() {
        // The published test vectors.
        assert_eq!(hash(""), 0xCBF2_9CE4_8422_2325);
        assert_eq!(hash("foobar"), 0x8594_4171_F739_67E8);
    }
}
