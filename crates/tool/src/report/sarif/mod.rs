//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), for code
//! scanning and viewers.
//!
//! Equal findings are one result. A log is read as a whole, by people and by servers that accept at
//! most 10 MB and 25,000 results, so it is kept within limits: first, equal findings of a file
//! become one result, then those of all files, and finally those of a rule. Nothing is left out:
//! `occurrenceCount` is the number of findings of a result.

mod log;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use indexmap::IndexMap;
use kaizala_actions::{
    json::BYTE_ORDER_MARK,
    lint::{Finding, Fix, Origin, Part, Position, Rule},
};
use serde_json::{
    Value, json,
    value::{RawValue, to_raw_value},
};

use super::{Checked, Renderer, Summary, location};
use crate::{fingerprint::Fingerprint, text::brief};
use log::{Outcome, known, message};

/// Bytes of the results up to which a file has results of its own, and up to which other words or
/// pointers do. The rest is at most a result for each rule and severity. They are in memory until
/// the end.
const OF_FILES: usize = 1 << 20;
const OF_KINDS: usize = 3 << 19;

/// How many results there are at most, whatever their size.
const MOST: usize = 20_000;

/// How many further places a result names.
const MOST_RELATED: usize = 4;

/// How many files are named that could not be read.
const MOST_UNREAD: usize = 100;

/// One log with one run.
#[derive(Debug, Default)]
pub struct Sarif {
    folder: PathBuf,
    results: IndexMap<Fingerprint, Outcome>,
    /// Bytes of all results.
    size: usize,
    unread: Vec<Value>,
}

impl Sarif {
    /// With paths relative to a folder.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            ..Self::default()
        }
    }

    fn add(&mut self, checked: &Checked<'_>, finding: &Finding) -> io::Result<()> {
        let part = checked.origin.part.map_or("", Part::name);
        let Finding { rule, severity, .. } = finding;
        for (fingerprint, limit) in [
            (Fingerprint::of_kind(checked.path, part, finding), OF_FILES),
            (Fingerprint::of_kind("", part, finding), OF_KINDS),
            (Fingerprint::of(&[rule.id, severity.name()]), usize::MAX),
        ] {
            if let Some(outcome) = self.results.get_mut(&fingerprint) {
                if outcome.related_locations.len() < MOST_RELATED && self.size < OF_KINDS {
                    let location = location(checked, finding, &self.folder)?;
                    self.size += location.get().len();
                    outcome.related_locations.push(location);
                }
                outcome.occurrence_count += 1;
                break;
            }
            let words = if limit == usize::MAX {
                format!("more findings of {}: {}", rule.name, rule.summary)
            } else if self.size < limit && self.results.len() < MOST {
                description(&checked.origin, finding)
            } else {
                continue;
            };
            let fix = fix(checked, finding, &self.folder);
            let outcome = Outcome {
                rule_id: rule.id,
                rule_index: Rule::all().iter().position(|other| other == rule),
                level: severity.name(),
                message: to_raw_value(&message(&words))?,
                locations: [location(checked, finding, &self.folder)?],
                related_locations: Vec::new(),
                occurrence_count: 1,
                partial_fingerprints: to_raw_value(&json!({"kaizalaFinding/v1": fingerprint}))?,
                fixes: fix.iter().map(to_raw_value).collect::<Result<_, _>>()?,
            };
            self.size += serde_json::to_vec(&outcome)?.len();
            self.results.insert(fingerprint, outcome);
            break;
        }
        Ok(())
    }
}

fn location(checked: &Checked<'_>, finding: &Finding, folder: &Path) -> io::Result<Box<RawValue>> {
    let Checked { path, origin, .. } = checked;
    let pointer = brief(&finding.pointer);
    let logical = (!pointer.is_empty()).then(|| json!([{"fullyQualifiedName": pointer}]));
    let id = checked.id();
    let properties = (origin.record.is_some() || origin.part.is_some()).then(|| {
        known(json!({
            "record": origin.record,
            "id": id,
            "part": origin.part,
            "inPart": (!origin.verbatim).then_some(finding.start),
        }))
    });
    let places = [finding.start, finding.end];
    Ok(to_raw_value(&known(json!({
        "physicalLocation": {
            "artifactLocation": {"uri": location::uri(path, folder)},
            "region": region(checked, finding.offset, finding.length, places),
        },
        "logicalLocations": logical,
        "properties": properties,
    })))?)
}

fn fix(checked: &Checked<'_>, finding: &Finding, folder: &Path) -> Option<Value> {
    let Fix {
        description, edits, ..
    } = checked.origin.fix(finding)?;
    // Where there is no text to SARIF, there is none to be replaced.
    if edits.iter().any(|edit| edit.offset < mark(checked)) {
        return None;
    }
    let replacements = edits.iter().map(|edit| {
        let (from, to) = (edit.offset, edit.offset + edit.length);
        // Edits are few, and results with a fix no more than the limits allow.
        let start = Position { line: 1, column: 1 }.after(&checked.text[..from]);
        let end = start.after(&checked.text[from..to]);
        let text = Some(&edit.replacement).filter(|text| !text.is_empty());
        known(json!({
            "deletedRegion": region(checked, from, edit.length, [start, end]),
            "insertedContent": text.map(|text| json!({"text": text})),
        }))
    });
    Some(json!({
        "description": message(description),
        "artifactChanges": [{
            "artifactLocation": {"uri": location::uri(checked.path, folder)},
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    }))
}

/// A place in a file by lines and columns, and by bytes.
fn region(
    checked: &Checked<'_>,
    offset: usize,
    length: usize,
    [start, end]: [Position; 2],
) -> Value {
    let origin = &checked.origin;
    if !origin.verbatim {
        // From the place of the record to the end of its line.
        let Position { line, column } = origin.position(start);
        return json!({"startLine": line, "startColumn": column});
    }
    // Columns do not count the mark at the start of a file, bytes do.
    let mark = mark(checked);
    let column =
        |Position { line, column }| column - usize::from(mark > 0 && line == 1 && column > 1);
    let (start, end) = (origin.position(start), origin.position(end));
    let bytes = offset >= mark;
    known(json!({
        "startLine": start.line,
        "startColumn": column(start),
        "endLine": end.line,
        "endColumn": column(end),
        "byteOffset": bytes.then(|| origin.byte(offset)),
        "byteLength": bytes.then_some(length),
    }))
}

/// How many bytes of the text are a byte order mark at the start of its file.
fn mark(Checked { origin, text, .. }: &Checked<'_>) -> usize {
    if origin.offset == 0 && text.starts_with(BYTE_ORDER_MARK.as_bytes()) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    }
}

/// The words of a result: SARIF shows no more than these everywhere, so what to do is among them.
fn description(origin: &Origin, finding: &Finding) -> String {
    let mut words = brief(&finding.message).into_owned();
    if let Some(part) = origin.part {
        words = format!("{part}: {words}");
    }
    if let Some(help) = &finding.help {
        words = words + "; " + &brief(help);
    }
    words
}

impl Renderer for Sarif {
    fn document(&mut self, checked: &Checked<'_>, _: &mut dyn Write) -> io::Result<()> {
        checked
            .findings()
            .try_for_each(|finding| self.add(checked, &finding))
    }

    fn unread(&mut self, message: &str, _: &mut dyn Write) -> io::Result<()> {
        if self.unread.len() < MOST_UNREAD {
            self.unread.push(log::message(&brief(message)));
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        log::write(self.results.values(), &self.unread, out)
    }
}
