//! A response names a type that the contract does not know.

use super::prelude::*;
use crate::lint::rules::unknown_action_type::translation;
use crate::support::ActionType;

pub(crate) static RULE: Rule = Rule {
    id: "KZ203",
    name: "unknown-listed-type",
    severity: Severity::Note,
    in_responses: None,
    summary: "A response names a type that no row of the support matrix has.",
    why: "A newer service may have added it. Clients must keep such an action, not refuse the list; its body is taken as a free object.",
    bad: Example::of(
        "list-actions.response",
        r#"{"actions":[{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117","actionType":"Sticker","creationTime":1480931759,"actionBody":{"stickerId":"7"}}]}"#,
    ),
    good: Example::of(
        "list-actions.response",
        r#"{"actions":[{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117","actionType":"Job","creationTime":1480931759,"actionBody":{"actionId":"0d9c6a52-7be1-4f0a-8c35-1e42b7d9f608","title":"Check the doors"}}]}"#,
    ),
    sources: &["SEED"],
    decisions: &["D-21", "D-30"],
};

pub(crate) fn finding(node: &Node, at: &Pointer<'_>) -> Draft {
    let name = node.as_str().unwrap_or_default();
    let translated = name
        .parse::<ActionType>()
        .err()
        .as_ref()
        .and_then(translation);
    Draft::new(
        &RULE,
        at.clone(),
        node.span.clone(),
        format!("`{}` is no type of the support matrix", shorten(name)),
    )
    .expected("a type of the support matrix")
    .found(excerpt(node))
    .help(translated.unwrap_or_else(|| {
        "a newer service may have added it; the action is kept as it is".to_owned()
    }))
}
