//! A required parameter is missing.
//!
//! Reported by: `src/lint/exchange/line.rs`.

use super::prelude::*;
use crate::contract::Parameter;

pub static RULE: Rule = Rule {
    id: "KZ603",
    name: "missing-parameter",
    severity: Severity::Error,
    in_responses: None,
    summary: "A parameter of the path or the query is missing or was never filled in.",
    why: "Without the type a list cannot be asked for, and an id that says `undefined` is the \
          trace of a program that had none.",
    bad: exchange!("GET", ""),
    good: LIST_JOBS,
    sources: &["D:actions_get.md"],
    decisions: &["D-07"],
};

/// `value` is a placeholder in place of a value; `parameter` is the declaration.
pub fn finding(
    name: &str,
    value: &str,
    parameter: Option<&Parameter>,
    span: Span,
    at: Pointer<'_>,
) -> Draft {
    let found = (!value.is_empty()).then(|| shorten(value));
    let message = match &found {
        Some(value) => format!("`{name}` was never filled in: {value}"),
        None => format!("`{name}` is missing"),
    };
    let mut expected = list(parameter.iter().flat_map(|parameter| parameter.listed()));
    if expected.is_empty() {
        expected = format!("a value of `{name}`");
    }
    let description = parameter.and_then(|parameter| parameter.description.as_ref());
    Draft {
        found,
        ..RULE
            .draft(at, span, message)
            .expected(expected)
            .help(described("add it", description))
    }
}
