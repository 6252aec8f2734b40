//! The words of a refusal.

use std::fmt::Write as _;

use kaizala_actions::{
    lint::{Finding, JsonFinding, Origin, Part, PartReport, Severity},
    mask,
};
use serde::Serialize;

/// A finding as `lint --format jsonl` prints it, with its part of the exchange. Secrets and phone
/// numbers are masked.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PartFinding {
    /// The part that the finding is about.
    pub part: Option<Part>,
    /// The finding.
    #[serde(flatten)]
    pub finding: JsonFinding<'static>,
}

/// All findings of these parts, in their order.
pub fn rows<'r>(parts: impl IntoIterator<Item = &'r PartReport<'r>>) -> Vec<PartFinding> {
    let rows = parts.into_iter().flat_map(|part| {
        let findings = part.report.findings.iter();
        findings.map(|finding| PartFinding {
            part: part.part,
            finding: JsonFinding::new(finding, &Origin::FILE).into_owned(),
        })
    });
    rows.collect()
}

/// The finding that a refusal with this status is about, and its message. `findings` are those of
/// at least this severity.
pub fn refused<'f>(
    status: u16,
    findings: impl IntoIterator<Item = &'f Finding>,
    least: Severity,
) -> (Option<&'f Finding>, String) {
    let findings = findings.into_iter();
    let errors: Vec<_> = findings
        .filter(|finding| finding.severity >= least)
        .collect();
    let is_of_header = matches!(status, 401 | 415);
    // Faults of the text itself come first: the others are about what it means in spite of
    // them.
    let named = errors
        .iter()
        .filter(|finding| !is_of_header || finding.pointer.starts_with("/header"))
        .min_by_key(|finding| !finding.rule.id.starts_with("KZ0"));
    let mut message = named.map(|finding| in_words(finding)).unwrap_or_default();
    if let more @ 1.. = errors.len().saturating_sub(1) {
        let _ = write!(message, " (and {more} more)");
    }
    (named.copied(), message)
}

/// `KZ301 missing-member at /actionBody: `title` is missing; add it`.
#[must_use]
pub fn in_words(finding: &Finding) -> String {
    let finding = mask::shown(finding);
    let place = match finding.pointer.as_str() {
        "" => "the root",
        pointer => pointer,
    };
    let (id, name) = (&finding.rule.id, &finding.rule.name);
    let mut words = format!("{id} {name} at {place}: {}", finding.message);
    if let Some(help) = &finding.help {
        let _ = write!(words, "; {help}");
    }
    words
}

/// The code and the category for a status. Those of the service are only known for tokens and
/// parameters (D-27); the others are modelled on them.
#[must_use]
pub fn codes(status: u16) -> (&'static str, &'static str) {
    let (parameters, request, service) =
        ("ParameterException", "RequestException", "ServiceException");
    match status {
        401 => ("InvalidToken", "AuthException"),
        403 => ("Forbidden", request),
        404 => ("NotFound", parameters),
        405 => ("MethodNotAllowed", request),
        408 => ("RequestTimeout", request),
        409 => ("Conflict", parameters),
        413 => ("RequestTooLarge", request),
        415 => ("UnsupportedMediaType", request),
        429 => ("TooManyRequests", "ThrottlingException"),
        500 => ("InternalServerError", service),
        501 => ("NotImplemented", request),
        502 => ("BadGateway", service),
        503 => ("ServiceUnavailable", service),
        504 => ("GatewayTimeout", service),
        _ => ("InvalidParameters", parameters),
    }
}
