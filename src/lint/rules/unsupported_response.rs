//! A response to a type that takes no responses.
//!
//! Reported by: `src/lint/union.rs`.

use super::prelude::*;
use crate::{contract::Union, support::ActionType};

pub static RULE: Rule = Rule {
    id: "KZ204",
    name: "unsupported-response",
    severity: Severity::Error,
    in_responses: None,
    summary: "A response is sent to a type of action that takes none.",
    why: "The page on responses takes them for jobs, surveys and action packages only.",
    bad: Example::of(
        "respond-to-action.request",
        action!("Poll", r#""Answers":["Yes"]"#),
    ),
    good: Example::of("respond-to-action.request", answers!(r#""Yes""#)),
    sources: &["D:action_responses.md"],
    decisions: &["D-06"],
};

pub fn finding(known: ActionType, union: &Union, node: Node<'_>, at: &Pointer<'_>) -> Draft {
    let types: Vec<_> = union.alternatives.keys().map(String::as_str).collect();
    let message = format!("{known} takes no responses through this API");
    let all = types.join(" and ");
    RULE.on_value(node, at, message)
        .expected(types.join(", "))
        .help(format!(
            "responses go to {all}, or to an action package by its id"
        ))
}
