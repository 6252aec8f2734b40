//! A required body is missing.
//!
//! Reported by: `src/lint/exchange/judge.rs`.

use super::prelude::*;
use crate::body::BodyKind;

pub static RULE: Rule = Rule {
    id: "KZ611",
    name: "missing-body",
    severity: Severity::Error,
    in_responses: None,
    summary: "A message has no body, and the contract requires one.",
    why: "What is posted is in the body, and so is what is answered.",
    bad: exchange!("POST", ""),
    good: POST_JOB,
    sources: &["D:actions_post.md"],
    decisions: &[],
};

pub fn finding(kind: BodyKind) -> Draft {
    let message = if kind.is_request() {
        "the request has no body"
    } else {
        "the response has no body"
    };
    RULE.in_text(0..0, message)
        .expected(format!("a body of {kind}"))
        .help(format!("send a body of {kind}"))
        .remedy(Remedy::ReadSchema(kind))
}
