//! The contract and the rules as JSON, and the command.

use std::ffi::OsString;

use kaizala_actions::{
    body::{BodyKind, UnknownBodyKind},
    contract::{self as document, Dialect, Form},
    lint::Rule,
    support,
};
use kaizala_actions_cli::{self as tool, words};
use pyo3::{exceptions::PyValueError, prelude::*};

use crate::report::json;

/// The names of the kinds of bodies.
#[pyfunction]
pub(crate) fn kinds() -> Vec<&'static str> {
    BodyKind::ALL.iter().map(|kind| kind.name()).collect()
}

/// The rules, as `rules --format json` prints them.
#[pyfunction]
pub(crate) fn rules() -> PyResult<String> {
    json(&Rule::all())
}

/// What a rule is about, in words.
#[pyfunction]
pub(crate) fn explain(rule: &str) -> PyResult<String> {
    Ok(find(rule)?.explanation())
}

/// The rows of the support matrix.
#[pyfunction]
pub(crate) fn matrix() -> PyResult<String> {
    json(&support::rows())
}

/// The JSON Schema of a body.
#[pyfunction]
pub(crate) fn schema(kind: &str, draft: &str) -> PyResult<String> {
    let draft = named("a draft", draft, Dialect::ALL, Dialect::name)?;
    json(&document::json_schema_in(draft, parse(kind)?))
}

/// The OpenAPI document.
#[pyfunction]
pub(crate) fn contract(form: &str) -> PyResult<String> {
    let form = named("a form", form, Form::ALL, Form::name)?;
    json(&document::document_in(form))
}

/// Runs the command, whose name is the first argument, and returns its exit code.
#[pyfunction]
pub(crate) fn run(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| tool::run_with(arguments))
}

/// A rule by its id or name.
pub(crate) fn find(rule: &str) -> PyResult<&'static Rule> {
    words::rule(rule).map_err(|error| PyValueError::new_err(format!("{rule}: {error}")))
}

/// A kind of body by its name.
pub(crate) fn parse(kind: &str) -> PyResult<BodyKind> {
    let known: Result<_, UnknownBodyKind> = kind.parse();
    known.map_err(|error| PyValueError::new_err(format!("no kind {kind:?}: {error}")))
}

fn named<T: Copy>(
    what: &str,
    name: &str,
    all: &[T],
    name_of: fn(T) -> &'static str,
) -> PyResult<T> {
    let found = all.iter().copied().find(|one| name_of(*one) == name);
    found.ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|one| name_of(*one)).collect();
        let names = names.join(", ");
        PyValueError::new_err(format!("no {name:?}: {what} is one of {names}"))
    })
}
