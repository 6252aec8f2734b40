//! A response lacks a header that goes with its status.
//!
//! Reported by: `src/lint/exchange/headers.rs`.

use super::prelude::*;
use crate::contract::Parameter;

pub static RULE: Rule = Rule {
    id: "KZ610",
    name: "missing-header",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A response lacks a header that the contract declares for its status.",
    why: "A client that is redirected or asked to wait has to know where to go and how long to wait.",
    bad: answered!(r#""status":308"#),
    good: answered!(r#""status":308,"headers":{"location":"https://kms2.example.com"}"#),
    sources: &["D:API.md"],
    decisions: &["D-27"],
};

pub fn finding(header: &Parameter, status: u16, span: Span, at: Pointer<'_>) -> Draft {
    let name = &header.name;
    let message = format!("status {status} without the header `{name}`");
    RULE.draft(at, span, message)
        .expected(format!("`{name}`: {}", header.schema.wants()))
        .help(described("send it", header.description.as_ref()))
}
