//! A finding as JSON: what `lint --format json` and `jsonl` print, and what the sandbox answers
//! with.

use serde::Serialize;

use super::{Finding, Fix, Origin, Position, Severity};

/// A finding, with every key always there but the last.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JsonFinding<'f> {
    rule: &'static str,
    name: &'static str,
    severity: Severity,
    message: &'f str,
    pointer: &'f str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    offset: u64,
    length: usize,
    expected: &'f Option<String>,
    found: &'f Option<String>,
    help: &'f Option<String>,
    fix: Option<JsonFix<'f>>,
    /// Where in the text, if that does not stand in the file as it is: then the places before are
    /// those of its record.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_part: Option<Position>,
}

impl<'f> JsonFinding<'f> {
    /// A finding of a text that has this origin.
    #[must_use]
    pub fn new(finding: &'f Finding, origin: &Origin) -> Self {
        let Finding {
            rule,
            severity,
            message,
            pointer,
            expected,
            found,
            help,
            ..
        } = finding;
        let place = origin.place(finding);
        Self {
            rule: rule.id,
            name: rule.name,
            severity: *severity,
            message,
            pointer,
            line: place.start.line,
            column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
            offset: place.offset,
            length: place.length,
            expected,
            found,
            help,
            fix: origin.fix(finding).map(|fix| JsonFix::new(fix, origin)),
            in_part: place.in_text,
        }
    }
}

/// A fix, with its places in the file.
#[derive(Debug, Serialize)]
struct JsonFix<'f> {
    description: &'f str,
    edits: Vec<JsonEdit<'f>>,
}

#[derive(Debug, Serialize)]
struct JsonEdit<'f> {
    offset: u64,
    length: usize,
    replacement: &'f str,
}

impl<'f> JsonFix<'f> {
    fn new(fix: &'f Fix, origin: &Origin) -> Self {
        let edits = fix.edits.iter().map(|edit| JsonEdit {
            offset: origin.byte(edit.offset),
            length: edit.length,
            replacement: &edit.replacement,
        });
        Self {
            description: &fix.description,
            edits: edits.collect(),
        }
    }
}
