//! A value is not in an enum.
//!
//! Reported by: `src/lint/exchange/value.rs` for a query parameter or a header field,
//! `src/lint/schema.rs` for a value in a body.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ303",
    name: "unknown-value",
    severity: Severity::Error,
    in_responses: None,
    summary: "A value is not one of those that the contract lists.",
    why: "The set is closed: neither the documentation nor any client shows another value.",
    bad: Example::post(survey!(r#"{"title":"Why?","type":"Essay"}"#)),
    good: Example::post(survey!(r#"{"title":"Why?","type":"Text"}"#)),
    sources: &["D:actions_post.md", "PMS"],
    decisions: &["D-14", "D-17"],
};

pub fn finding(schema: &Schema, node: Node<'_>, at: &Pointer<'_>) -> Draft {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let values: Vec<_> = schema.values.iter().map(text).collect();
    let names = || values.iter().map(String::as_str);
    let help = node.as_str().and_then(|name| suggestion(name, names()));
    let all = list(names());
    RULE.on_value(node, at, format!("{} is not one of {all}", excerpt(node)))
        .expected(all)
        .help(help.unwrap_or_else(|| "write one of the listed values".to_owned()))
}
