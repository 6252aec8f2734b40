//! A linter with its options.

use std::num::NonZero;

use kaizala_actions::lint::{self, Origin, Survey};
use kaizala_actions_cli::words;
use pyo3::{
    exceptions::PyValueError,
    prelude::*,
    types::{PyBytes, PyString},
};

use crate::{
    column::{self, ColumnReport},
    data::{find, parse},
    exchange::{self, ExchangeRow},
    report::{Row, findings, judge},
};

/// A linter with its options, which judges any number of bodies.
#[pyclass(frozen, module = "kaizala_actions")]
#[derive(Debug)]
pub(crate) struct Linter(pub lint::Linter);

#[pymethods]
impl Linter {
    #[new]
    fn new(
        survey: Option<&[u8]>,
        allow: Vec<String>,
        rules: Vec<(String, String)>,
        most_findings: Option<usize>,
    ) -> PyResult<Self> {
        let mut linter = lint::Linter::new();
        if let Some(survey) = survey {
            let survey = Survey::read(survey);
            linter = linter.survey(survey.map_err(|error| refused("survey", &error.to_string()))?);
        }
        for allowed in allow {
            let (name, method) =
                words::allowance(&allowed).map_err(|error| refused("allow", &error))?;
            linter = linter.allow(&name, method);
        }
        for (rule, level) in rules {
            let rule = find(&rule)?;
            linter = match words::level(&level).map_err(|error| refused("rules", &error))? {
                Some(severity) => linter.severity(rule, severity),
                None => linter.ignore(rule),
            };
        }
        if let Some(most) = most_findings {
            linter = linter.most_findings(most);
        }
        Ok(Self(linter))
    }

    /// Judges a body.
    fn lint(&self, py: Python<'_>, text: &[u8], kind: Option<&str>) -> PyResult<Row> {
        let kind = kind.map(parse).transpose()?;
        py.detach(|| Row::new(&judge(&self.0, kind, text)))
    }

    /// Fixes a body: its new text, the fixed findings, and the report about the rest.
    fn fix<'py>(
        &self,
        py: Python<'py>,
        text: &[u8],
        kind: Option<&str>,
    ) -> PyResult<(Bound<'py, PyBytes>, String, Row)> {
        let kind = kind.map(parse).transpose()?;
        let (text, applied, left) = py.detach(|| {
            let fixed = match kind {
                Some(kind) => self.0.fix(kind, text),
                None => self.0.fix_unknown(text),
            };
            let applied = findings(&fixed.applied, &Origin::FILE)?;
            PyResult::Ok((fixed.text, applied, Row::new(&fixed.left)?))
        })?;
        Ok((PyBytes::new(py, &text), applied, left))
    }

    /// Judges an exchange that is recorded as JSON.
    fn exchange(&self, py: Python<'_>, text: &[u8]) -> PyResult<ExchangeRow> {
        py.detach(|| exchange::judge(&self.0, text))
    }

    /// Judges a column of bodies.
    fn column(
        &self,
        column: &Bound<'_, PyAny>,
        kind: Option<&str>,
        id: Option<&Bound<'_, PyAny>>,
        jobs: Option<NonZero<usize>>,
    ) -> PyResult<ColumnReport> {
        let kind = kind.map(parse).transpose()?;
        column::judge(&self.0, column, kind, id, jobs)
    }

    fn __repr__(&self, py: Python<'_>) -> Py<PyString> {
        PyString::new(py, &format!("{:?}", self.0)).unbind()
    }
}

fn refused(option: &str, problem: &str) -> PyErr {
    PyValueError::new_err(format!("{option}: {problem}"))
}
