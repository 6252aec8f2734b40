//! A number is below or above what the contract allows.

use super::prelude::*;
use crate::contract::Schema;

pub(crate) static RULE: Rule = Rule {
    id: "KZ304",
    name: "out-of-range",
    severity: Severity::Error,
    in_responses: None,
    summary: "A number is below or above what the contract allows.",
    why: "Latitudes, longitudes, counts and durations have bounds by their nature.",
    bad: Example::of(
        "list-actions.response",
        r#"{"actions":[{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117","actionType":"ShareLocation","creationTime":1480931759,"actionBody":{"latitude":91.5,"longitude":77.6}}]}"#,
    ),
    good: Example::of(
        "list-actions.response",
        r#"{"actions":[{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117","actionType":"ShareLocation","creationTime":1480931759,"actionBody":{"latitude":12.9,"longitude":77.6}}]}"#,
    ),
    sources: &["D:actions_get.md"],
    decisions: &["D-32"],
};

pub(crate) fn below(limit: &Value, schema: &Schema, node: &Node, pointer: Pointer<'_>) -> Draft {
    finding("less", "at least", limit, schema, node, pointer)
}

pub(crate) fn above(limit: &Value, schema: &Schema, node: &Node, pointer: Pointer<'_>) -> Draft {
    finding("more", "at most", limit, schema, node, pointer)
}

fn finding(
    is: &str,
    wants: &str,
    limit: &Value,
    schema: &Schema,
    node: &Node,
    pointer: Pointer<'_>,
) -> Draft {
    let found = excerpt(node);
    let draft = Draft::new(
        &RULE,
        pointer,
        node.span.clone(),
        format!("{found} is {is} than {limit}"),
    )
    .expected(format!("{wants} {limit}"))
    .found(found);
    match &schema.unit {
        Some(unit) => draft.help(format!("the unit is {unit}")),
        None => draft.help(
            schema
                .description
                .clone()
                .unwrap_or_else(|| format!("write {wants} {limit}")),
        ),
    }
}
