//! A required member is missing.
//!
//! Reported by: `src/lint/schema.rs`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ301",
    name: "missing-member",
    severity: Severity::Error,
    in_responses: None,
    summary: "A required member is missing.",
    why: "The documentation marks it as required, or no body of this kind makes sense without it.",
    bad: Example::post(action!("Job", r#""assignedTo":["+911234500001"]"#)),
    good: JOB,
    sources: &["D:actions_post.md", "D:actions_get.md"],
    decisions: &["D-16", "D-34"],
};

/// `node` is the object that lacks it, of `schema`.
pub fn finding(name: &str, schema: &Schema, node: Node<'_>, at: &Pointer<'_>) -> Draft {
    let draft = RULE.draft(at.clone(), node.anchor(), format!("`{name}` is missing"));
    let draft = draft.of_contract();
    let Some((_, member)) = schema.member(name) else {
        return draft.expected(format!("`{name}`"));
    };
    let add = match &member.example {
        Some(example @ (Value::String(_) | Value::Number(_) | Value::Bool(_)))
            if member.description.is_some() =>
        {
            format!("add it, as in {}: {example}", quoted(name))
        }
        _ => "add it".to_owned(),
    };
    draft
        .expected(format!("`{name}`: {}", member.wants()))
        .help(described(&add, member.description.as_ref()))
}
