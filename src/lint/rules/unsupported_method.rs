//! The support matrix says no.

use super::prelude::*;
use crate::support::{Unsupported, claims, rows};

pub(crate) static RULE: Rule = Rule {
    id: "KZ201",
    name: "unsupported-method",
    severity: Severity::Error,
    in_responses: None,
    summary: "The support matrix does not support the method for this type of action.",
    why: "The matrix on the page of the API is the law of the contract: what it does not list, no other page can promise. Where other sources claim more, the help says so.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Announcement","actionBody":{"title":"Holiday","message":"Closed on Monday"}}"#,
    ),
    good: JOB,
    sources: &["SEED"],
    decisions: &["D-01", "D-07", "D-21", "D-30"],
};

pub(crate) fn finding(refused: Unsupported, node: &Node, at: &Pointer<'_>) -> Draft {
    let Unsupported {
        action_type,
        method,
    } = refused;
    let name = action_type.row().body_value;
    let supported = rows()
        .iter()
        .filter(|row| row.action_type.supports(method))
        .map(|row| row.body_value);
    let claim = claims(name).find(|claim| claim.method == method);
    Draft::new(&RULE, at.clone(), node.span.clone(), refused.to_string())
        .expected(supported.collect::<Vec<_>>().join(", "))
        .found(excerpt(node))
        .help(claim.map_or("the support matrix says No", |claim| claim.note))
        .remedy(Remedy::Allow {
            action_type: name,
            method,
        })
}
