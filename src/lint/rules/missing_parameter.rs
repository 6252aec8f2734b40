//! A parameter that must be there is not.

use super::prelude::*;
use crate::contract::Parameter;

pub(crate) static RULE: Rule = Rule {
    id: "KZ603",
    name: "missing-parameter",
    severity: Severity::Error,
    in_responses: None,
    summary: "A parameter of the path or the query is missing or was never filled in.",
    why: "Without the type a list cannot be asked for, and an id that says `undefined` is the trace of a program that had none.",
    bad: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions","headers":{"accessToken":"a secret"}}}"#,
    ),
    good: LIST_JOBS,
    sources: &["D:actions_get.md"],
    decisions: &["D-07"],
};

/// In the query; `value` is what stands in place of a value.
pub(crate) fn in_query(
    parameter: &Parameter,
    value: Option<&str>,
    span: Span,
    at: Pointer<'_>,
) -> Draft {
    finding(&parameter.name, value, Some(parameter), span, at)
}

/// In the path.
pub(crate) fn in_path(
    name: &str,
    value: &str,
    parameter: Option<&Parameter>,
    span: Span,
    at: Pointer<'_>,
) -> Draft {
    finding(
        name,
        Some(value).filter(|value| !value.is_empty()),
        parameter,
        span,
        at,
    )
}

fn finding(
    name: &str,
    value: Option<&str>,
    parameter: Option<&Parameter>,
    span: Span,
    at: Pointer<'_>,
) -> Draft {
    let message = match value {
        Some(value) => format!("`{name}` was never filled in: {}", shorten(value)),
        None => format!("`{name}` is missing"),
    };
    let listed: Vec<_> = parameter
        .iter()
        .flat_map(|parameter| parameter.listed())
        .collect();
    let expected = if listed.is_empty() {
        format!("a value of `{name}`")
    } else {
        listed.join(", ")
    };
    let draft = Draft::new(&RULE, at, span, message).expected(expected);
    let draft = match value {
        Some(value) => draft.found(shorten(value)),
        None => draft,
    };
    match parameter.and_then(|parameter| parameter.description.as_deref()) {
        Some(description) => draft.help(format!("add it. {description}")),
        None => draft.help("add it"),
    }
}
