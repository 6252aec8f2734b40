//! The access token is sent as a bearer token.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ608",
    name: "bearer-token",
    severity: Severity::Error,
    in_responses: None,
    summary: "The access token is sent in `Authorization`, or with the word Bearer before it.",
    why: "The service looks for the bare token in a header of its own and for nothing else.",
    bad: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job","headers":{"Authorization":"Bearer a-secret"}}}"#,
    ),
    good: LIST_JOBS,
    sources: &["D:Tokens.md", "D:actions_get.md"],
    decisions: &["D-28"],
};

/// It is in another header.
pub(crate) fn instead(name: &str, span: Span, at: Pointer<'_>) -> Draft {
    draft(
        name,
        format!("the token is in `Authorization` and not in `{name}`"),
        span,
        at,
    )
}

/// A word stands before it.
pub(crate) fn before(scheme: &str, name: &str, span: Span, at: Pointer<'_>) -> Draft {
    draft(
        name,
        format!("the word {scheme} stands before the token"),
        span,
        at,
    )
    .found(scheme)
}

fn draft(name: &str, message: String, span: Span, at: Pointer<'_>) -> Draft {
    Draft::new(&RULE, at, span, message)
        .expected(format!("`{name}` with the bare token"))
        .help(format!(
            "send the token in the header `{name}`, without a word before it"
        ))
}
