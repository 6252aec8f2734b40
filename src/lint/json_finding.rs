//! A finding as JSON: what `lint --format json` and `jsonl` print, and what the sandbox answers
//! with.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Edit, Finding, Fix, Origin, Position, Severity};
use crate::mask;

/// A finding, with every key always there but the last. It owns its texts where it is read from
/// JSON.
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
    /// How much the finding weighs.
    pub severity: Severity,
    /// What is wrong.
    pub message: Cow<'f, str>,
    /// Where, as a JSON Pointer.
    pub pointer: Cow<'f, str>,
    /// The line in the file, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// The line that the place ends in.
    pub end_line: usize,
    /// The character after its last.
    pub end_column: usize,
    /// Bytes of the file before the place.
    pub offset: u64,
    /// Bytes of the place.
    pub length: usize,
    /// What the contract wants there.
    pub expected: Option<Cow<'f, str>>,
    /// What is there.
    pub found: Option<Cow<'f, str>>,
    /// What to do about it.
    pub help: Option<Cow<'f, str>>,
    /// How to settle it by machine.
    pub fix: Option<JsonFix<'f>>,
    /// Where in the text, if that does not stand in the file as it is: then the places before are
    /// those of its record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_part: Option<Position>,
}

impl<'f> JsonFinding<'f> {
    /// A finding of a text that has this origin, without access tokens and phone numbers.
    #[must_use]
    pub fn new(finding: &'f Finding, origin: &Origin) -> Self {
        match mask::shown(finding) {
            Cow::Borrowed(finding) => Self::unmasked(finding, origin),
            Cow::Owned(finding) => JsonFinding::unmasked(&finding, origin).into_owned(),
        }
    }

    /// The same with access tokens and phone numbers, for whoever may read the text itself.
    #[must_use]
    pub fn unmasked(finding: &'f Finding, origin: &Origin) -> Self {
        let text = |text: &'f Option<String>| text.as_deref().map(Cow::from);
        let place = origin.place(finding);
        Self {
            rule: finding.rule.id.into(),
            name: finding.rule.name.into(),
            severity: finding.severity,
            message: finding.message.as_str().into(),
            pointer: finding.pointer.as_str().into(),
            line: place.start.line,
            column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
            offset: place.offset,
            length: place.length,
            expected: text(&finding.expected),
            found: text(&finding.found),
            help: text(&finding.help),
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

/// A fix, with its places in the file.
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
    /// Bytes before what is replaced.
    pub offset: u64,
    /// Bytes that are replaced.
    pub length: usize,
    /// What stands there then.
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
