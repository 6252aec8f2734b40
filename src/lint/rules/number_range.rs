//! A number is too large to be held.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ006",
    name: "number-range",
    severity: Severity::Error,
    in_responses: None,
    summary: "A whole number is outside int64, or a number overflows a double.",
    why: "Readers keep whole numbers as 64 bits and others as doubles; what is beyond is cut, rounded or refused, by each in its own way.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"],"dueDate":9223372036854775808}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"],"dueDate":9223372036854775807}}"#,
    ),
    sources: &["RFC 8259"],
    decisions: &["D-33"],
};

pub(crate) fn finding(node: &Node, at: &Pointer<'_>) -> Draft {
    Draft::new(
        &RULE,
        at.clone(),
        node.span.clone(),
        "a number that no reader can hold",
    )
    .expected(format!(
        "a whole number from {} to {}, or a double",
        i64::MIN,
        i64::MAX
    ))
    .help("write a number within that range, or a string where the contract allows one")
}
