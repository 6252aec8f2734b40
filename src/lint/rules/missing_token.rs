//! There is no access token.
//!
//! Reported by: `src/lint/exchange/headers.rs`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ607",
    name: "missing-token",
    severity: Severity::Error,
    in_responses: None,
    summary: "A request has no access token.",
    why: "Every operation requires one. If a recorder left it out, ignore the rule.",
    bad: exchange!("GET", "?actionType=job", ""),
    good: LIST_JOBS,
    sources: &["D:Tokens.md", "D:actions_get.md"],
    decisions: &["D-28"],
};

/// `problem` is `is missing` or `is empty`.
pub fn finding(name: &str, problem: &str, span: Span, at: Pointer<'_>) -> Draft {
    RULE.draft(at, span, format!("the header `{name}` {problem}"))
        .expected(format!("`{name}` with the access token"))
        .help(format!("send the access token in the header `{name}`"))
        .remedy(Remedy::Ignore(&RULE))
}
