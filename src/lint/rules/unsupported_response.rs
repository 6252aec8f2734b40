//! A response to a type that takes none.

use super::prelude::*;
use crate::{contract::Union, support::ActionType};

pub(crate) static RULE: Rule = Rule {
    id: "KZ204",
    name: "unsupported-response",
    severity: Severity::Error,
    in_responses: None,
    summary: "A response is sent to a type of action that takes none.",
    why: "The page on responses takes them for jobs, surveys and action packages only.",
    bad: Example::of(
        "post-action-response.request",
        r#"{"actionType":"Poll","actionBody":{"Answers":["Yes"]}}"#,
    ),
    good: Example::of(
        "post-action-response.request",
        r#"{"actionType":"Survey","actionBody":{"Answers":["Yes"]}}"#,
    ),
    sources: &["D:action_responses.md"],
    decisions: &["D-06"],
};

pub(crate) fn finding(known: ActionType, union: &Union, node: &Node, at: &Pointer<'_>) -> Draft {
    let types: Vec<_> = union.alternatives.keys().map(String::as_str).collect();
    Draft::new(
        &RULE,
        at.clone(),
        node.span.clone(),
        format!("{known} takes no responses through this API"),
    )
    .expected(types.join(", "))
    .found(excerpt(node))
    .help(format!(
        "responses go to {}, or to an action package by its id",
        types.join(" and ")
    ))
}
