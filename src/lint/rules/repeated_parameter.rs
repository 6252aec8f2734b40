//! A parameter is given twice.
//!
//! Reported by: `src/lint/exchange/line.rs`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ605",
    name: "repeated-parameter",
    severity: Severity::Error,
    in_responses: None,
    summary: "A parameter of the query is given more than once.",
    why: "Of two values some servers take the first, some the last, and some join them.",
    bad: exchange!("GET", "?actionType=job&actionType=poll"),
    good: LIST_JOBS,
    sources: &["RFC 3986"],
    decisions: &[],
};

pub fn finding(name: &str, span: Span, at: Pointer<'_>) -> Draft {
    RULE.draft(at, span, format!("`{name}` is given more than once"))
        .expected(format!("one `{name}`"))
        .help("leave one of them")
}
