//! A member that the contract does not declare.

use super::prelude::*;
use crate::contract::Schema;

pub(crate) static RULE: Rule = Rule {
    id: "KZ108",
    name: "unknown-member",
    severity: Severity::Warning,
    in_responses: Some(Severity::Note),
    summary: "An object has a member that the contract does not declare there.",
    why: "The service ignores members that it does not know, so a misspelt one is lost without a word. In responses it may be news: the service adds members.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"],"dueDat":10}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"],"dueDate":10}}"#,
    ),
    sources: &["D:actions_post.md"],
    decisions: &["D-31"],
};

pub(crate) fn finding(schema: &Schema, member: &Member, pointer: Pointer<'_>) -> Draft {
    let name = &member.written;
    let declared: Vec<&str> = schema
        .properties
        .iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .collect();
    let inside = schema
        .properties
        .iter()
        .flatten()
        .find(|(_, inner)| inner.member(name).is_some());
    let help = match (inside, nearest(name, declared.iter().copied())) {
        (Some((inner, _)), _) => format!("it belongs inside `{inner}`"),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => format!("declared here: {}", declared.join(", ")),
    };
    Draft::new(
        &RULE,
        pointer,
        member.key.clone(),
        format!("`{}` is not declared here", shorten(name)),
    )
    .expected(declared.join(", "))
    .found(shorten(name))
    .help(help)
}
