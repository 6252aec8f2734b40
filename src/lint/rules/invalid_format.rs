//! A string is not of the form that the contract wants.

use super::prelude::*;
use crate::contract::Schema;

pub(crate) static RULE: Rule = Rule {
    id: "KZ305",
    name: "invalid-format",
    severity: Severity::Error,
    in_responses: None,
    summary: "A string is not of the form that the contract wants, such as a date and time.",
    why: "Every date and time in the samples and in real answers is ISO 8601 in UTC. Generated clients parse it, and refuse anything else.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"LetsMeet","actionBody":{"title":"Stand-up","startingTime":"20/12/2017 09:00"}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"actionType":"LetsMeet","actionBody":{"title":"Stand-up","startingTime":"2017-12-20T09:00:00Z"}}"#,
    ),
    sources: &["D:actions_post.md", "#228"],
    decisions: &["D-32"],
};

pub(crate) fn finding(schema: &Schema, node: &Node, pointer: Pointer<'_>) -> Draft {
    let form = match schema.format.as_deref() {
        Some("date-time") => "an ISO 8601 date and time in UTC",
        Some(format) => format,
        None => "the form that the contract wants",
    };
    let draft = Draft::new(
        &RULE,
        pointer,
        node.span.clone(),
        format!("{} is not {form}", excerpt(node)),
    )
    .expected(form)
    .found(excerpt(node));
    match &schema.example {
        Some(example) => draft.help(format!("write it as in {example}")),
        None => draft,
    }
}
