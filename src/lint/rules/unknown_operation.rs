//! A path does not have this method.

use super::prelude::*;
use crate::contract::Operation;

pub(crate) static RULE: Rule = Rule {
    id: "KZ601",
    name: "unknown-operation",
    severity: Severity::Error,
    in_responses: None,
    summary: "The path is one of the API, and the method is none that it has.",
    why: "Actions are listed, posted, looked at and answered. No source changes or deletes one.",
    bad: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"DELETE","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job","headers":{"accessToken":"a secret"}}}"#,
    ),
    good: LIST_JOBS,
    sources: &["SEED", "SW"],
    decisions: &[],
};

/// `candidates` are the operations of the path.
pub(crate) fn finding(method: &str, span: Span, candidates: &[&Operation]) -> Draft {
    let methods: Vec<_> = candidates
        .iter()
        .map(|operation| operation.method.as_str())
        .collect();
    let operations: Vec<_> = candidates
        .iter()
        .map(|operation| format!("{} {}", operation.method, operation.path))
        .collect();
    Draft::new(
        &RULE,
        Pointer::default().member("method"),
        span,
        format!("the path has no {}", shorten(method)),
    )
    .expected(methods.join(", "))
    .found(shorten(method))
    .help(format!("there is {}", operations.join(", ")))
}
