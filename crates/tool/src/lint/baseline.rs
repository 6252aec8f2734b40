//! `lint --baseline` and `lint --write-baseline`: hides findings that are already known.
//!
//! A finding is identified by its file, its rule, its pointer without array indices, and its
//! message; equal findings are counted. So a baseline survives edits to other parts of a file, and
//! lines that are added or moved.

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

use super::{args::LintArgs, judged::Judged, settings::path_beside};
use crate::{
    fingerprint::{fnv_64, pattern},
    name,
    replace::Replacement,
    text::{about, count},
};

/// The version of the format.
const VERSION: u32 = 1;

/// The maximum number of entries: enough to be useful, and limited for memory.
const MOST: usize = 50_000;

/// The identity of a kind of finding, in the order of the file, which has a line for each.
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
    /// The number of findings in the file; 0 elsewhere.
    count: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    findings: Vec<Entry>,
}

/// Counts of findings, to compare with or to write.
struct Entries {
    /// Its paths are relative to the folder of this file, so that it does not matter where the tool
    /// is run.
    file: PathBuf,
    /// The path of the current file.
    path: String,
    counts: BTreeMap<Entry, usize>,
}

/// The known findings, and those to write.
pub(crate) struct Baseline {
    /// Counts down to the findings that are gone.
    before: Option<Entries>,
    /// The files in it that were not linted yet.
    unseen: BTreeSet<String>,
    after: Option<Entries>,
    overflow: bool,
}

impl Baseline {
    /// # Errors
    /// If the baseline cannot be read.
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

    /// Whether no baseline is read or written.
    pub fn is_unused(&self) -> bool {
        self.before.is_none() && self.after.is_none()
    }

    /// Keeps only the new findings of a piece of a file.
    pub fn retain_new(&mut self, path: &str, judged: &mut [Judged]) {
        if self.is_unused() {
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
        // Earlier versions hashed text with secrets, too.
        before.is_new(&key) && before.is_new(&before.key(finding, origin))
    }

    /// Writes the baseline, and prints notes about it.
    ///
    /// # Errors
    /// If the baseline cannot be written, or would be too long.
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
                    "{}: {} {} gone; --write-baseline removes such entries",
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
            notes.push(format!("{file}: {total} written to the baseline"));
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
            format!("{name}: not a baseline of --write-baseline: {problem}")
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

    /// Whether there are no more of these than known ones.
    fn is_new(&mut self, key: &Entry) -> bool {
        match self.counts.get_mut(key) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        }
    }

    /// The identity of a finding. It is [`mask::shown`], so that the hash does not reveal secrets.
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
