//! Reports as JSON: findings are those of `lint --format json`.

use kaizala_actions::{
    body::BodyKind,
    lint::{Finding, Fixed, JsonFinding, Origin, Report, Severity},
    mask,
};
use serde::{Serialize, Serializer};

use crate::options::Options;

/// A report.
#[derive(Debug, Serialize)]
pub(crate) struct ReportRow<'r> {
    kind: Option<BodyKind>,
    errors: usize,
    warnings: usize,
    notes: usize,
    findings: Vec<JsonFinding<'r>>,
    unlisted: Vec<UnlistedRow>,
    /// Each finding as a line of the format `concise`, without its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lines: Vec<String>,
}

/// A report without the names of its members, and those of its findings, which would be a third of
/// its JSON. `api.js` adds them.
pub(crate) struct Unnamed<'r>(pub ReportRow<'r>);

impl Serialize for Unnamed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ReportRow {
            kind,
            errors,
            warnings,
            notes,
            findings,
            unlisted,
            lines,
        } = &self.0;
        let findings: Vec<_> = findings.iter().map(UnnamedFinding).collect();
        (kind, errors, warnings, notes, findings, unlisted, lines).serialize(serializer)
    }
}

struct UnnamedFinding<'r>(&'r JsonFinding<'r>);

impl Serialize for UnnamedFinding<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = self.0;
        (
            &row.rule,
            &row.name,
            row.severity,
            &row.message,
            &row.pointer,
            row.line,
            row.column,
            row.end_line,
            row.end_column,
            row.offset,
            row.length,
            &row.expected,
            &row.found,
            &row.help,
            &row.fix,
            &row.in_part,
        )
            .serialize(serializer)
    }
}

/// Findings that were counted but not listed.
#[derive(Debug, Serialize)]
struct UnlistedRow {
    rule: &'static str,
    severity: Severity,
    count: usize,
}

/// A body after its fixes.
#[derive(Debug, Serialize)]
pub(crate) struct FixedRow<'r> {
    /// The text; `None` if it is as it was.
    text: Option<String>,
    /// The same as bytes, if it is not UTF-8.
    bytes: Option<Vec<u8>>,
    applied: Vec<JsonFinding<'r>>,
    report: ReportRow<'r>,
}

impl<'r> ReportRow<'r> {
    pub fn new(report: &'r Report, options: &Options) -> Self {
        Self::at(report, &Origin::FILE, options)
    }

    /// About a text with this origin.
    pub fn at(report: &'r Report, origin: &Origin, options: &Options) -> Self {
        let unlisted = report.unlisted.iter().map(|others| UnlistedRow {
            rule: others.rule.id,
            severity: others.severity,
            count: others.count,
        });
        Self {
            kind: report.body,
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
            findings: rows(&report.findings, origin, options),
            unlisted: unlisted.collect(),
            lines: if options.for_command {
                report.iter().map(|finding| line(finding, origin)).collect()
            } else {
                Vec::new()
            },
        }
    }
}

impl<'r> FixedRow<'r> {
    pub fn new(fixed: &'r Fixed, options: &Options) -> Self {
        let text = fixed.is_changed().then(|| fixed.text.clone());
        let (text, bytes) = match text.map(String::from_utf8) {
            None => (None, None),
            Some(Ok(text)) => (Some(text), None),
            Some(Err(error)) => (None, Some(error.into_bytes())),
        };
        Self {
            text,
            bytes,
            applied: rows(&fixed.applied, &Origin::FILE, options),
            report: ReportRow::new(&fixed.left, options),
        }
    }
}

fn rows<'f>(findings: &'f [Finding], origin: &Origin, options: &Options) -> Vec<JsonFinding<'f>> {
    let row = |finding: &'f Finding| {
        if options.for_command {
            let finding = Finding::with_options(mask::shown(finding));
            JsonFinding::unmasked(&finding, origin).into_owned()
        } else {
            JsonFinding::new(finding, origin)
        }
    };
    findings.iter().map(row).collect()
}

fn line(finding: &Finding, origin: &Origin) -> String {
    let place = origin.place(finding);
    let within = origin.within(&place);
    let lead = if within.is_empty() { "" } else { ": " };
    format!("{within}{lead}{finding:#}")
}

/// As text. What is serialized here always can be.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
