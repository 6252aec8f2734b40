//! `lint --baseline` and `lint --write-baseline`: what is known already, and is not told again.
//!
//! A finding is known by its file, its rule, its place with the indices of lists left open, and
//! what it says; how many there are alike is counted. So a baseline holds though other parts of a
//! file are edited, and lines are added or moved.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    fmt, fs,
    io::{self, Write as _},
    mem,
    path::{Path, PathBuf},
};

use kaizala_actions::{
    lint::{Finding, Origin, Part},
    mask,
};
use serde::{Deserialize, Serialize};

use super::{args::LintArgs, judge::Judged, settings::path_beside};
use crate::{
    fingerprint::{fnv_64, pattern},
    name,
    replace::Replacement,
    text::{about, count},
};

/// The version of the format.
const VERSION: u32 = 1;

/// How many kinds of finding a baseline can have: enough to be of use, few enough for memory.
const MOST: usize = 50_000;

/// What one kind of finding is known by, in the order of the file, where it has a line of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    part: String,
    rule: String,
    pointer: String,
    /// The hash of the message.
    message: String,
    /// How many there are in the file; 0 elsewhere.
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
    /// Its paths count from the folder of this file, so that it does not matter from where the tool
    /// is run.
    file: PathBuf,
    /// The path of the file at hand.
    path: String,
    counts: BTreeMap<Entry, usize>,
}

/// What is known, and what is to be known from now on.
pub(crate) struct Baseline {
    /// Counts down to what is gone.
    before: Option<Entries>,
    /// Of the files in there, those that were not linted yet.
    unseen: BTreeSet<String>,
    after: Option<Entries>,
    overflow: bool,
}

impl Baseline {
    /// # Errors
    /// A baseline that cannot be read.
    pub fn open(args: &LintArgs) -> Result<Self, String> {
        let before = args.baseline.as_deref().map(Entries::read).transpose()?;
        let known = before.iter().flat_map(|before| before.counts.keys());
        let unseen = known.map(|key| key.path.clone()).collect();
        Ok(Self {
            before,
            unseen,
            after: args.write_baseline.as_deref().map(Entries::new),
            overflow: false,
        })
    }

    /// Leaves what is new of what was found in a piece of a file.
    pub fn retain_new(&mut self, path: &str, judged: &mut [Judged]) {
        if self.before.is_none() && self.after.is_none() {
            return;
        }
        for entries in self.before.iter_mut().chain(&mut self.after) {
            entries.begin(path);
        }
        if let Some(before) = &self.before {
            self.unseen.remove(&before.path);
        }
        for Judged { origin, report, .. } in judged {
            if let Some(report) = report {
                let findings = &mut report.findings;
                findings.retain(|finding| self.is_new(finding, origin));
            }
        }
    }

    fn is_new(&mut self, finding: &Finding, origin: &Origin) -> bool {
        if let Some(after) = &mut self.after {
            let key = after.key(&mask::shown(finding), origin);
            if after.counts.len() < MOST || after.counts.contains_key(&key) {
                *after.counts.entry(key).or_default() += 1;
            } else {
                self.overflow = true;
            }
        }
        let Some(before) = &mut self.before else {
            return self.after.is_none();
        };
        let key = before.key(&mask::shown(finding), origin);
        // Earlier versions hashed what is not to be shown, too.
        before.is_new(&key) && before.is_new(&before.key(finding, origin))
    }

    /// Writes what is to be written, and says what there is to say.
    ///
    /// # Errors
    /// A baseline that cannot be written, or would be too long.
    pub fn finish(self) -> Result<Vec<String>, String> {
        let mut notes = Vec::new();
        if let Some(mut before) = self.before {
            before.counts.retain(|Entry { path, .. }, _| {
                !self.unseen.contains(path)
                    || !before.file.with_file_name(name::path(path)).exists()
            });
            let gone: usize = before.counts.values().sum();
            if gone > 0 {
                notes.push(format!(
                    "{}: {} {} gone; --write-baseline forgets what is gone",
                    name::of(&before.file),
                    count(gone, "known finding"),
                    if gone == 1 { "is" } else { "are" }
                ));
            }
        }
        if let Some(after) = &self.after {
            let file = name::of(&after.file);
            if self.overflow {
                return Err(format!(
                    "{file}: not written: more than {MOST} kinds of finding; ignore a rule, or split the files"
                ));
            }
            after.write().map_err(about(&after.file))?;
            let total = count(after.counts.values().sum(), "finding");
            notes.push(format!("{file}: {total} known from now on"));
        }
        Ok(notes)
    }
}

impl Entries {
    fn new(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            path: String::new(),
            counts: BTreeMap::new(),
        }
    }

    fn read(file: &Path) -> Result<Self, String> {
        let name = name::of(file);
        let wrong = |problem: &dyn fmt::Display| {
            format!("{name}: no baseline that --write-baseline wrote: {problem}")
        };
        let text = fs::read(file).map_err(about(file))?;
        let Document { version, findings } =
            serde_json::from_slice(&text).map_err(|error| wrong(&error))?;
        if version != VERSION {
            let problem = format!("version {version}, and this tool knows {VERSION}");
            return Err(wrong(&problem));
        }
        let mut entries = Self::new(file);
        for mut entry in findings {
            let message = u64::from_str_radix(&entry.message, 16)
                .map_err(|error| wrong(&format!("message {}: {error}", entry.message)))?;
            entry.message = in_hex(message);
            let count = mem::take(&mut entry.count);
            *entries.counts.entry(entry).or_default() += count;
        }
        Ok(entries)
    }

    fn begin(&mut self, path: &str) {
        self.path = match path_beside(&self.file, path) {
            Some(path) => {
                let parts = path.iter().map(OsStr::to_string_lossy);
                parts.collect::<Vec<_>>().join("/")
            }
            None => path.into(),
        };
    }

    /// Whether there are no more of these than are known.
    fn is_new(&mut self, key: &Entry) -> bool {
        match self.counts.get_mut(key) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        }
    }

    /// What a finding is known by; of one that is [`mask::shown`], without what could be found out
    /// from its hash.
    fn key(&self, finding: &Finding, origin: &Origin) -> Entry {
        Entry {
            path: self.path.clone(),
            part: origin.part.map_or("", Part::name).to_owned(),
            rule: finding.rule.id.to_owned(),
            pointer: pattern(&finding.pointer),
            message: in_hex(fnv_64(&finding.message)),
            count: 0,
        }
    }

    fn write(&self) -> io::Result<()> {
        let mut new = Replacement::begin(&self.file)?;
        write!(new, "{{\"version\": {VERSION}, \"findings\": [")?;
        let mut separator = "";
        for (key, count) in &self.counts {
            let entry = serde_json::to_string(&Entry {
                count: *count,
                ..key.clone()
            })?;
            write!(new, "{separator}\n{entry}")?;
            separator = ",";
        }
        writeln!(new, "\n]}}")?;
        new.finish()
    }
}

fn in_hex(hash: u64) -> String {
    format!("{hash:016x}")
}
