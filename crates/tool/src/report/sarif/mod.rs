//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), for code
//! scanning and viewers.
//!
//! Equal findings are one result. A log is read as a whole, by people and by servers that take no
//! more than 10 MB and 25,000 results, so it is kept within limits: first equal findings of a file
//! are one result, then those of all files, and at last those of a rule. Nothing is left out:
//! `occurrenceCount` says for how many findings a result stands.

mod log;

use std::{
    collections::HashMap,
    io::{self, Write},
    path::PathBuf,
};

use kaizala_actions::{
    json::BYTE_ORDER_MARK,
    lint::{Changes, Edit, Finding, Origin, Part, Position, Rule},
};
use serde_json::{
    Value, json,
    value::{RawValue, to_raw_value},
};

use super::{Checked, Renderer, Summary, location};
use crate::{fingerprint::Fingerprint, text::brief};
use log::{Fingerprints, Log, Outcome, known, message};

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
#[derive(Debug)]
pub struct Sarif {
    folder: PathBuf,
    results: Vec<Outcome>,
    by_fingerprint: HashMap<Fingerprint, usize>,
    /// Bytes of all results.
    size: usize,
    unread: Vec<Value>,
}

impl Sarif {
    /// With paths told from a folder.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            results: Vec::new(),
            by_fingerprint: HashMap::new(),
            size: 0,
            unread: Vec::new(),
        }
    }

    fn add(&mut self, checked: &Checked<'_>, finding: &Finding) -> io::Result<()> {
        let part = checked.origin.part.map_or("", Part::name);
        let alike = Fingerprint::of_kind(checked.path, part, finding);
        let alike_anywhere = Fingerprint::of_kind("", part, finding);
        let of_rule = Fingerprint::of(&[finding.rule.id, finding.severity.name()]);
        for (fingerprint, limit) in [
            (alike, OF_FILES),
            (alike_anywhere, OF_KINDS),
            (of_rule, usize::MAX),
        ] {
            if let Some(index) = self.by_fingerprint.get(&fingerprint) {
                return self.again(*index, checked, finding);
            }
            if limit == usize::MAX {
                let words = format!(
                    "more findings of {}: {}",
                    finding.rule.name, finding.rule.summary
                );
                return self.first(fingerprint, message(&words), checked, finding);
            }
            if self.size < limit && self.results.len() < MOST {
                return self.first(
                    fingerprint,
                    description(&checked.origin, finding),
                    checked,
                    finding,
                );
            }
        }
        Ok(())
    }

    /// A result for a finding like which there was none.
    fn first(
        &mut self,
        fingerprint: Fingerprint,
        message: Value,
        checked: &Checked<'_>,
        finding: &Finding,
    ) -> io::Result<()> {
        let outcome = Outcome {
            rule_id: finding.rule.id,
            rule_index: Rule::all().iter().position(|rule| *rule == finding.rule),
            level: finding.severity.name(),
            message: to_raw_value(&message)?,
            locations: [self.location(checked, finding)?],
            related_locations: Vec::new(),
            occurrence_count: 1,
            partial_fingerprints: Fingerprints { kind: fingerprint },
            fixes: self.fix(checked, finding)?.into_iter().collect(),
        };
        self.by_fingerprint.insert(fingerprint, self.results.len());
        self.size += serde_json::to_vec(&outcome)?.len();
        self.results.push(outcome);
        Ok(())
    }

    /// One more finding of a result.
    fn again(&mut self, index: usize, checked: &Checked<'_>, finding: &Finding) -> io::Result<()> {
        let related = self.results[index].related_locations.len();
        if related < MOST_RELATED && self.size < OF_KINDS {
            let location = self.location(checked, finding)?;
            self.size += location.get().len();
            self.results[index].related_locations.push(location);
        }
        self.results[index].occurrence_count += 1;
        Ok(())
    }

    fn location(&self, checked: &Checked<'_>, finding: &Finding) -> io::Result<Box<RawValue>> {
        let Checked { path, origin, .. } = checked;
        let pointer = brief(&finding.pointer);
        let logical = (!pointer.is_empty()).then(|| json!([{"fullyQualifiedName": pointer}]));
        let properties = (origin.record.is_some() || origin.part.is_some()).then(|| {
            known(json!({
                "record": origin.record,
                "part": origin.part,
                "inPart": (!origin.verbatim).then_some(finding.start),
            }))
        });
        let places = [finding.start, finding.end];
        Ok(to_raw_value(&known(json!({
            "physicalLocation": {
                "artifactLocation": {"uri": location::uri(path, &self.folder)},
                "region": region(checked, finding.offset, finding.length, places),
            },
            "logicalLocations": logical,
            "properties": properties,
        })))?)
    }

    fn fix(&self, checked: &Checked<'_>, finding: &Finding) -> io::Result<Option<Box<RawValue>>> {
        // Where there is no text to SARIF, there is none to be replaced.
        let is_mark = |edit: &Edit| is_mark(checked, edit.offset);
        let changes = Changes::of(finding, &checked.origin);
        let Some(changes) = changes.filter(|changes| !changes.edits().iter().any(is_mark)) else {
            return Ok(None);
        };
        let replacements = changes.edits().iter().map(|edit| {
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
        Ok(Some(to_raw_value(&json!({
            "description": message(changes.description()),
            "artifactChanges": [{
                "artifactLocation": {"uri": location::uri(checked.path, &self.folder)},
                "replacements": replacements.collect::<Vec<_>>(),
            }],
        }))?))
    }
}

/// A place in a file by lines and columns, and by bytes.
fn region(
    checked: &Checked<'_>,
    offset: usize,
    length: usize,
    [start, end]: [Position; 2],
) -> Value {
    let Checked { origin, .. } = checked;
    if !origin.verbatim {
        // From the place of the record to the end of its line.
        let Position { line, column } = origin.position(start);
        return json!({"startLine": line, "startColumn": column});
    }
    // Columns do not count the mark at the start of a file, bytes do.
    let marked = is_marked(checked);
    let column =
        |Position { line, column }| column - usize::from(marked && line == 1 && column > 1);
    let (start, end) = (origin.position(start), origin.position(end));
    let bytes = !is_mark(checked, offset);
    known(json!({
        "startLine": start.line,
        "startColumn": column(start),
        "endLine": end.line,
        "endColumn": column(end),
        "byteOffset": bytes.then(|| origin.byte(offset)),
        "byteLength": bytes.then_some(length),
    }))
}

/// Whether the file begins with a byte order mark, and the text is its beginning.
fn is_marked(Checked { origin, text, .. }: &Checked<'_>) -> bool {
    origin.offset == 0 && text.starts_with(BYTE_ORDER_MARK.as_bytes())
}

fn is_mark(checked: &Checked<'_>, offset: usize) -> bool {
    is_marked(checked) && offset < BYTE_ORDER_MARK.len()
}

/// The words of a result: SARIF shows no more than these everywhere, so what to do is among them.
fn description(origin: &Origin, finding: &Finding) -> Value {
    let part = origin
        .part
        .map_or(String::new(), |part| format!("{part}: "));
    let help = finding
        .help
        .as_deref()
        .map_or(String::new(), |help| format!("; {}", brief(help)));
    message(&format!("{part}{}{help}", brief(&finding.message)))
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
        serde_json::to_writer(&mut *out, &Log::new(&self.results, &self.unread))?;
        writeln!(out)
    }
}
