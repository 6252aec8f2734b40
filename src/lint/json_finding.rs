//! A finding as JSON: what `lint --format json` and `jsonl` print, and what the sandbox answers
//! with.

use serde::{Serialize, Serializer, ser::SerializeStruct as _};

use super::{Edit, Finding, Fix, Origin, Position, Severity};

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
    expected: Option<&'f str>,
    found: Option<&'f str>,
    help: Option<&'f str>,
    fix: Option<Changes<'f>>,
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
            expected: expected.as_deref(),
            found: found.as_deref(),
            help: help.as_deref(),
            fix: Changes::of(finding, origin),
            in_part: place.in_text,
        }
    }
}

/// A fix with its places in the file.
#[derive(Debug)]
pub struct Changes<'f> {
    fix: &'f Fix,
    origin: Origin,
}

impl<'f> Changes<'f> {
    /// The fix of a finding; none if the text is not in the file as it is, and so cannot be edited there.
    #[must_use]
    pub fn of(finding: &'f Finding, origin: &Origin) -> Option<Self> {
        finding
            .fix
            .as_ref()
            .filter(|_| origin.verbatim)
            .map(|fix| Self {
                fix,
                origin: *origin,
            })
    }

    /// What the changes do.
    #[must_use]
    pub fn description(&self) -> &'f str {
        &self.fix.description
    }

    /// The changes, with places in the text.
    #[must_use]
    pub fn edits(&self) -> &'f [Edit] {
        &self.fix.edits
    }
}

impl Serialize for Changes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fix = serializer.serialize_struct("Fix", 2)?;
        fix.serialize_field("description", self.description())?;
        fix.serialize_field("edits", &Edits(self))?;
        fix.end()
    }
}

struct Edits<'c>(&'c Changes<'c>);

impl Serialize for Edits<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let origin = &self.0.origin;
        serializer.collect_seq(self.0.edits().iter().map(
            |Edit {
                 offset,
                 length,
                 replacement,
             }| EditRow {
                offset: origin.byte(*offset),
                length: *length,
                replacement,
            },
        ))
    }
}

#[derive(Serialize)]
struct EditRow<'f> {
    offset: u64,
    length: usize,
    replacement: &'f str,
}
