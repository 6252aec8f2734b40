//! A required member is missing.

use super::prelude::*;
use crate::contract::Schema;

pub(crate) static RULE: Rule = Rule {
    id: "KZ301",
    name: "missing-member",
    severity: Severity::Error,
    in_responses: None,
    summary: "A required member is missing.",
    why: "The documentation marks it as required, or no body of this kind makes sense without it.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"assignedTo":["+911234500001"]}}"#,
    ),
    good: JOB,
    sources: &["D:actions_post.md", "D:actions_get.md"],
    decisions: &["D-16", "D-34"],
};

/// `node` is the object that lacks it, of `schema`.
pub(crate) fn finding(name: &str, schema: &Schema, node: &Node, pointer: Pointer<'_>) -> Draft {
    let draft = Draft::new(
        &RULE,
        pointer,
        node.anchor(),
        format!("`{name}` is missing"),
    );
    let Some((_, member)) = schema.member(name) else {
        return draft.expected(format!("`{name}`"));
    };
    let draft = draft.expected(format!("`{name}`: {}", member.wants()));
    match (&member.description, &member.example) {
        (
            Some(description),
            Some(example @ (Value::String(_) | Value::Number(_) | Value::Bool(_))),
        ) => draft.help(format!(
            "add it, as in {}: {example}. {description}",
            quoted(name)
        )),
        (Some(description), _) => draft.help(format!("add it. {description}")),
        (None, _) => draft.help("add it"),
    }
}
