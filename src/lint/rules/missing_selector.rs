//! A request names neither a type nor a package.

use super::prelude::*;
use crate::contract::{Bare, Union};

pub(crate) static RULE: Rule = Rule {
    id: "KZ102",
    name: "missing-selector",
    severity: Severity::Error,
    in_responses: None,
    summary: "A request says neither which type of action it is about nor which package.",
    why: "The service needs one of the two. Power Automate keeps the type in the query of its own address, so a body copied from a flow lacks it.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}"#,
    ),
    good: JOB,
    sources: &["D:actions_post.md", "PA"],
    decisions: &["D-05"],
};

pub(crate) fn finding(union: &Union, bare: &Bare, anchor: Span, at: &Pointer<'_>) -> Draft {
    let (tag, selector) = (&union.tag, &bare.selector);
    let types: Vec<_> = union.alternatives.keys().map(String::as_str).collect();
    Draft::new(&RULE, at.clone(), anchor, format!("neither `{tag}` nor `{selector}` is here"))
        .expected(format!("`{tag}` or `{selector}`"))
        .help(format!(
            "add `{tag}` ({}) or, for an action package, its `{selector}`; Power Automate keeps the type in the query, so bodies copied from a flow lack it",
            types.join(", "),
        ))
}
