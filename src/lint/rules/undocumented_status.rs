//! A status that no source documents.

use super::prelude::*;
use crate::contract::Operation;

pub(crate) static RULE: Rule = Rule {
    id: "KZ612",
    name: "undocumented-status",
    severity: Severity::Note,
    in_responses: None,
    summary: "The status of a response is none that any source documents.",
    why: "What clients do with it is anybody's guess: the documentation knows 200, 308, 429 and errors.",
    bad: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job","headers":{"accessToken":"a secret"}},"response":{"status":201,"headers":{"content-type":"application/json"},"body":{"actions":[]}}}"#,
    ),
    good: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job","headers":{"accessToken":"a secret"}},"response":{"status":200,"headers":{"content-type":"application/json"},"body":{"actions":[]}}}"#,
    ),
    sources: &["D:API.md"],
    decisions: &["D-27"],
};

pub(crate) fn finding(status: u16, operation: &Operation) -> Draft {
    let text = status.to_string();
    let declared = operation.statuses().collect::<Vec<_>>().join(", ");
    Draft::new(
        &RULE,
        Pointer::default().member("status"),
        0..text.len(),
        format!("no source documents status {status}"),
    )
    .expected(declared)
    .found(text)
    .help("check what sent it: a gateway may have")
}
