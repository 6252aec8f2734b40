//! A finding as JSON: what `lint --format json` and `jsonl` print, and what the sandbox answers
//! with.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Edit, Finding, Fix, Origin, Position, Severity};
use crate::mask;

/// A finding. All keys but the last are always present. It owns its texts if it is read from JSON.
///
/// ```
/// use kaizala_actions::lint::{JsonFinding, Linter, Origin};
///
/// let report = Linter::new().lint_unknown(br#"{"actionType": "Job", "actionBody": {"title": "Doors"}}"#);
/// let row = serde_json::to_string(&JsonFinding::new(&report.findings[0], &Origin::FILE))?;
/// let read: JsonFinding<'static> = serde_json::from_str(&row)?;
/// assert_eq!((&*read.name, &*read.pointer, read.column), ("missing-member", "/actionBody", 37));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct JsonFinding<'f> {
    /// The id of the rule.
    pub rule: Cow<'f, str>,
    /// The name of the rule.
    pub name: Cow<'f, str>,
    /// The severity.
    pub severity: Severity,
    /// What is wrong.
    pub message: Cow<'f, str>,
    /// The location, as a JSON Pointer.
    pub pointer: Cow<'f, str>,
    /// The line in the file, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// The line of the end of the location.
    pub end_line: usize,
    /// The character after the end of the location.
    pub end_column: usize,
    /// The offset of the location in the file, in bytes.
    pub offset: u64,
    /// The length of the location, in bytes.
    pub length: usize,
    /// What the contract expects there.
    pub expected: Option<Cow<'f, str>>,
    /// What was found there.
    pub found: Option<Cow<'f, str>>,
    /// How to fix it.
    pub help: Option<Cow<'f, str>>,
    /// The fix that can be applied automatically.
    pub fix: Option<JsonFix<'f>>,
    /// The location in the text, if the file does not contain the text verbatim. The locations
    /// above are then those of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_part: Option<Position>,
}

impl<'f> JsonFinding<'f> {
    /// A finding of a text with this origin, with access tokens and phone numbers masked.
    #[must_use]
    pub fn new(finding: &'f Finding, origin: &Origin) -> Self {
        match mask::shown(finding) {
            Cow::Borrowed(finding) => Self::unmasked(finding, origin),
            Cow::Owned(finding) => JsonFinding::unmasked(&finding, origin).into_owned(),
        }
    }

    /// The same with access tokens and phone numbers, for readers who may see the text itself.
    #[must_use]
    pub fn unmasked(finding: &'f Finding, origin: &Origin) -> Self {
        let place = origin.place(finding);
        Self {
            rule: finding.rule.id.into(),
            name: finding.rule.name.into(),
            severity: finding.severity,
            message: finding.message.as_ref().into(),
            pointer: finding.pointer.as_str().into(),
            line: place.start.line,
            column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
            offset: place.offset,
            length: place.length,
            expected: finding.expected.as_deref().map(Cow::from),
            found: finding.found.as_deref().map(Cow::from),
            help: finding.help.as_deref().map(Cow::from),
            fix: origin.fix(finding).map(|fix| JsonFix::new(fix, origin)),
            in_part: place.in_text,
        }
    }

    /// The same with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> JsonFinding<'static> {
        JsonFinding {
            rule: owned(self.rule),
            name: owned(self.name),
            severity: self.severity,
            message: owned(self.message),
            pointer: owned(self.pointer),
            line: self.line,
            column: self.column,
            end_line: self.end_line,
            end_column: self.end_column,
            offset: self.offset,
            length: self.length,
            expected: self.expected.map(owned),
            found: self.found.map(owned),
            help: self.help.map(owned),
            fix: self.fix.map(JsonFix::into_owned),
            in_part: self.in_part,
        }
    }
}

fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    text.into_owned().into()
}

/// A fix, located in the file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct JsonFix<'f> {
    /// What the changes do.
    pub description: Cow<'f, str>,
    /// The changes, by ascending offset and without overlap.
    pub edits: Vec<JsonEdit<'f>>,
}

/// A change of the file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct JsonEdit<'f> {
    /// The offset of the replaced bytes.
    pub offset: u64,
    /// The number of replaced bytes.
    pub length: usize,
    /// The new text.
    pub replacement: Cow<'f, str>,
}

impl<'f> JsonFix<'f> {
    fn new(fix: &'f Fix, origin: &Origin) -> Self {
        let edits = fix.edits.iter().map(|edit: &Edit| JsonEdit {
            offset: origin.byte(edit.offset),
            length: edit.length,
            replacement: edit.replacement.as_str().into(),
        });
        Self {
            description: fix.description.as_str().into(),
            edits: edits.collect(),
        }
    }

    fn into_owned(self) -> JsonFix<'static> {
        let edits = self.edits.into_iter().map(|edit| JsonEdit {
            offset: edit.offset,
            length: edit.length,
            replacement: owned(edit.replacement),
        });
        JsonFix {
            description: owned(self.description),
            edits: edits.collect(),
        }
    }
}
