//! A response lacks a header that goes with its status.

use super::prelude::*;
use crate::contract::Parameter;

pub(crate) static RULE: Rule = Rule {
    id: "KZ610",
    name: "missing-header",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A response lacks a header that the contract declares for its status.",
    why: "A client that is sent elsewhere, or told to wait, has to know where to and how long.",
    bad: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job","headers":{"accessToken":"a secret"}},"response":{"status":308}}"#,
    ),
    good: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job","headers":{"accessToken":"a secret"}},"response":{"status":308,"headers":{"location":"https://kms2.example.com"}}}"#,
    ),
    sources: &["D:API.md"],
    decisions: &["D-27"],
};

pub(crate) fn finding(header: &Parameter, status: u16, span: Span, at: Pointer<'_>) -> Draft {
    let name = &header.name;
    let draft = Draft::new(
        &RULE,
        at,
        span,
        format!("status {status} without the header `{name}`"),
    )
    .expected(format!("`{name}`: {}", header.schema.wants()));
    match &header.description {
        Some(description) => draft.help(format!("send it. {description}")),
        None => draft.help("send it"),
    }
}
