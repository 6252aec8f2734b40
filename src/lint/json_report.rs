//! Reports as JSON.

use serde::{Serialize, Serializer, ser::SerializeStruct as _};

use super::{Finding, JsonFinding, Origin, Report};

/// As a row of `lint --format json` for a file with one document: see [`JsonFinding`].
impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        JsonFinding::new(self, &Origin::FILE).serialize(serializer)
    }
}

/// `{"as": …, "findings": […]}`, as an entry of `lint --format json` for a file with one document.
///
/// ```
/// use kaizala_actions::lint::Linter;
///
/// let report = Linter::new().lint_unknown(r#"{"actionType": "+911234500001", "actionBody": {}}"#);
/// let shown = serde_json::to_value(&report)?;
/// assert_eq!(shown["as"], "post-action.request");
/// assert_eq!(shown["findings"][0]["found"], "\"+************\"");
/// let unmasked = serde_json::to_value(report.unmasked())?;
/// assert_eq!(unmasked["findings"][0]["found"], "\"+911234500001\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        rows(self, JsonFinding::new, serializer)
    }
}

impl Report {
    /// Serializes as the report does, but with access tokens and phone numbers: for readers who may
    /// see the body itself.
    #[must_use]
    pub fn unmasked(&self) -> impl Serialize {
        Unmasked(self)
    }
}

struct Unmasked<'r>(&'r Report);

impl Serialize for Unmasked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        rows(self.0, JsonFinding::unmasked, serializer)
    }
}

fn rows<'r, S: Serializer>(
    report: &'r Report,
    row: impl Fn(&'r Finding, &Origin) -> JsonFinding<'r>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let findings = report.iter().map(|finding| row(finding, &Origin::FILE));
    let mut entry = serializer.serialize_struct("Report", 2)?;
    entry.serialize_field("as", &report.body)?;
    entry.serialize_field("findings", &findings.collect::<Vec<_>>())?;
    entry.end()
}
