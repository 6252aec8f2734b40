//! Arrays and objects are nested too deep.

use super::prelude::*;
use crate::json::DEPTH;

pub(crate) static RULE: Rule = Rule {
    id: "KZ004",
    name: "nesting-depth",
    severity: Severity::Error,
    in_responses: None,
    summary: "Arrays and objects are nested more than 128 levels deep.",
    why: "No body of the API needs more than ten levels, and readers that recurse can be made to overflow their stack. Nothing else of such a text is judged.",
    bad: Example::of(
        "post-action.request",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    ),
    good: JOB,
    sources: &["RFC 8259"],
    decisions: &[],
};

pub(crate) fn finding(span: Span) -> Draft {
    Draft::new(
        &RULE,
        Pointer::default(),
        span,
        format!("more than {DEPTH} levels of arrays and objects"),
    )
    .expected(format!("at most {DEPTH} levels"))
    .help("flatten the value, or send it as JSON text in a string")
}
