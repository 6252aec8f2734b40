//! Arrays and objects are nested too deep: the limit is `DEPTH` in `src/json/tree.rs`.
//!
//! Reported by: `src/lint/document.rs`.

use super::prelude::*;
use crate::json::DEPTH;

pub static RULE: Rule = Rule {
    id: "KZ004",
    name: "nesting-depth",
    severity: Severity::Error,
    in_responses: None,
    summary: "Arrays and objects are nested more than 128 levels deep.",
    why: "No body of the API needs more than ten levels, and readers that recurse can be made to \
          overflow their stack. Nothing else of such a text is judged.",
    bad: Example::post(
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\
         [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\
         ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\
         ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    ),
    good: JOB,
    sources: &["RFC 8259"],
    decisions: &[],
};

pub fn finding(span: Span) -> Draft {
    let message = format!("more than {DEPTH} levels of arrays and objects");
    RULE.in_text(span, message)
        .expected(format!("at most {DEPTH} levels"))
        .help("flatten the value, or send it as JSON text in a string")
}
