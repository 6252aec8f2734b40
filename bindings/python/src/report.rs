//! Reports as Python takes them: counts as numbers, findings as JSON.

use kaizala_actions::{
    body::BodyKind,
    lint::{Finding, Linter, Origin, Report, Severity},
};
use pyo3::{IntoPyObject, PyResult, exceptions::PyRuntimeError};
use serde::Serialize;

use crate::remedy::row;

/// A report; a tuple in Python.
#[derive(Debug, IntoPyObject)]
pub(crate) struct Row(
    /// The kind that the body was judged as.
    Option<&'static str>,
    /// The findings as `--format json` has them; `None` if there are none, which spares a reader.
    Option<String>,
    /// The errors, warnings and notes, listed or not.
    usize,
    usize,
    usize,
);

impl Row {
    pub(crate) fn new(report: &Report) -> PyResult<Self> {
        Self::at(report, &Origin::FILE)
    }

    /// Of a text with this origin.
    pub(crate) fn at(report: &Report, origin: &Origin) -> PyResult<Self> {
        let listed = &report.findings;
        let listed = (!listed.is_empty()).then(|| findings(listed, origin));
        Ok(Self(
            report.body.map(BodyKind::name),
            listed.transpose()?,
            report.count(Severity::Error),
            report.count(Severity::Warning),
            report.count(Severity::Note),
        ))
    }
}

/// Findings as JSON, with secrets and phone numbers masked.
pub(crate) fn findings(listed: &[Finding], origin: &Origin) -> PyResult<String> {
    let rows = listed.iter().map(|finding| row(finding, origin));
    json(&rows.collect::<Vec<_>>())
}

/// A value as JSON.
pub(crate) fn json(value: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}

/// Judges a body.
pub(crate) fn judge(linter: &Linter, kind: Option<BodyKind>, text: &[u8]) -> Report {
    match kind {
        Some(kind) => linter.lint(kind, text),
        None => linter.lint_unknown(text),
    }
}
