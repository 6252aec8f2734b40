//! A value is none of an enum.

use super::prelude::*;
use crate::contract::Schema;

pub(crate) static RULE: Rule = Rule {
    id: "KZ303",
    name: "unknown-value",
    severity: Severity::Error,
    in_responses: None,
    summary: "A value is none of those that the contract lists.",
    why: "The set is closed: neither the documentation nor any client shows another value.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[{"title":"Why?","type":"Essay"}]}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[{"title":"Why?","type":"Text"}]}}"#,
    ),
    sources: &["D:actions_post.md", "PMS"],
    decisions: &["D-14", "D-17"],
};

pub(crate) fn finding(schema: &Schema, node: &Node, pointer: Pointer<'_>) -> Draft {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let values: Vec<_> = schema.values.iter().map(text).collect();
    let found = excerpt(node);
    let help = match node
        .as_str()
        .and_then(|name| nearest(name, values.iter().map(String::as_str)))
    {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write one of the listed values".to_owned(),
    };
    Draft::new(
        &RULE,
        pointer,
        node.span.clone(),
        format!("{found} is none of {}", values.join(", ")),
    )
    .expected(values.join(", "))
    .found(found)
    .help(help)
}
