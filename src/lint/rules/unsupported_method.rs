//! The support matrix does not support the method for the type.
//!
//! Reported by: `src/lint/exchange/value.rs` for an id in the query, `src/lint/union.rs` for the
//! tag of a union, `src/lint/walk.rs` for a member with `x-kaizala-action-type`.

use super::prelude::*;
use crate::support::{Unsupported, claims, rows};

pub static RULE: Rule = Rule {
    id: "KZ201",
    name: "unsupported-method",
    severity: Severity::Error,
    in_responses: None,
    summary: "The support matrix does not support the method for this type of action.",
    why: "The matrix on the page of the API is the law of the contract: what it does not list, no \
          other page can promise. Where other sources claim more, the help says so.",
    bad: Example::post(action!(
        "Announcement",
        r#""title":"Holiday","message":"Closed on Monday""#
    )),
    good: JOB,
    sources: &["SEED"],
    decisions: &["D-01", "D-07", "D-21", "D-30"],
};

pub fn finding(refused: Unsupported, node: Node<'_>, at: &Pointer<'_>) -> Draft {
    let method = refused.method;
    let action_type = refused.action_type.row().body_value;
    let supported = rows().iter().filter(|row| row.action_type.supports(method));
    let claim = claims(action_type).find(|claim| claim.method == method);
    RULE.on_value(node, at, refused.to_string())
        .expected(list(supported.map(|row| row.body_value)))
        .help(claim.map_or("the support matrix says No", |claim| claim.note))
        .remedy(Remedy::Allow {
            action_type,
            method,
        })
}
