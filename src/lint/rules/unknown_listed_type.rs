//! A response names a type that the contract does not know.
//!
//! Reported by: `src/lint/union.rs` for the tag of an open union, `src/lint/walk.rs` for a member
//! with `x-kaizala-action-type`.

use super::prelude::*;
use crate::lint::rules::unknown_action_type::translation;
use crate::support::ActionType;

pub static RULE: Rule = Rule {
    id: "KZ203",
    name: "unknown-listed-type",
    severity: Severity::Note,
    in_responses: None,
    summary: "A response names a type that no row of the support matrix has.",
    why: "A newer service may have added it. Clients must keep such an action, not refuse the \
          list; its body is taken as a free object.",
    bad: Example::list(listed!("Sticker", r#""stickerId":"7""#)),
    good: Example::list(JOBS),
    sources: &["SEED"],
    decisions: &["D-21", "D-30"],
};

pub fn finding(node: Node<'_>, at: &Pointer<'_>) -> Draft {
    let name = node.as_str().unwrap_or_default();
    let unknown = name.parse::<ActionType>().err();
    let translated = unknown.as_ref().and_then(translation);
    let message = format!("`{}` is not a type of the support matrix", shorten(name));
    RULE.on_value(node, at, message)
        .expected("a type of the support matrix")
        .help(translated.unwrap_or_else(|| {
            "a newer service may have added it; the action is kept as it is".to_owned()
        }))
}
