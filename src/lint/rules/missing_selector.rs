//! A request names neither a type nor a package.
//!
//! Reported by: `src/lint/union.rs`.

use super::prelude::*;
use crate::contract::{Bare, Union};

pub static RULE: Rule = Rule {
    id: "KZ102",
    name: "missing-selector",
    severity: Severity::Error,
    in_responses: None,
    summary: "A request says neither which type of action it is about nor which package.",
    why: "The service needs one of the two. Power Automate keeps the type in the query of its own \
          address, so a body copied from a flow lacks it.",
    bad: Example::post(
        r#"{"actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}"#,
    ),
    good: JOB,
    sources: &["D:actions_post.md", "PA"],
    decisions: &["D-05"],
};

pub fn finding(union: &Union, bare: &Bare, node: Node<'_>, at: &Pointer<'_>) -> Draft {
    let (tag, selector) = (&union.tag, &bare.selector);
    let types = list(union.alternatives.keys().map(String::as_str));
    let message = format!("neither `{tag}` nor `{selector}` is here");
    RULE.draft(at.clone(), node.anchor(), message)
        .expected(format!("`{tag}` or `{selector}`"))
        .help(format!(
            "add `{tag}` ({types}) or, for an action package, its `{selector}`; \
             Power Automate keeps the type in the query, so bodies copied from a flow lack it"
        ))
        .of_contract()
}
