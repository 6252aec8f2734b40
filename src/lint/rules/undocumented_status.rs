//! No source documents the status.
//!
//! Reported by: `src/lint/exchange/judge.rs`.

use super::prelude::*;
use crate::contract::Operation;

pub static RULE: Rule = Rule {
    id: "KZ612",
    name: "undocumented-status",
    severity: Severity::Note,
    in_responses: None,
    summary: "No source documents the status of a response.",
    why: "It is unknown what clients do with it: the documentation knows 200, 308, 429 and \
          errors, which are 400 to 599.",
    bad: answered!(
        r#""status":201,"headers":{"content-type":"application/json"},"body":{"actions":[]}"#
    ),
    good: answered!(
        r#""status":200,"headers":{"content-type":"application/json"},"body":{"actions":[]}"#
    ),
    sources: &["D:API.md"],
    decisions: &["D-27"],
};

pub fn finding(status: u16, operation: &Operation) -> Draft {
    let text = status.to_string();
    let message = format!("no source documents status {status}");
    RULE.draft(Pointer::of(["status"]), 0..text.len(), message)
        .expected(list(operation.statuses()))
        .found(text)
        .help("check what sent it: a gateway may have")
}
