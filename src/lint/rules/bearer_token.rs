//! The access token is sent as a bearer token.
//!
//! Reported by: `src/lint/exchange/headers.rs`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ608",
    name: "bearer-token",
    severity: Severity::Error,
    in_responses: None,
    summary: "The access token is sent in `Authorization`, or with the word Bearer in front of it.",
    why: "The service looks for the bare token in a header of its own and for nothing else.",
    bad: exchange!(
        "GET",
        "?actionType=job",
        r#""Authorization":"Bearer a-secret""#
    ),
    good: LIST_JOBS,
    sources: &["D:Tokens.md", "D:actions_get.md"],
    decisions: &["D-28"],
};

/// It is in another header.
pub fn instead(name: &str, span: Span, at: Pointer<'_>) -> Draft {
    let message = format!("the token is in `Authorization` and not in `{name}`");
    draft(name, message, span, at)
}

/// A word precedes it.
pub fn before(scheme: &str, name: &str, span: Span, at: Pointer<'_>) -> Draft {
    let message = format!("the token has the word {scheme} in front of it");
    draft(name, message, span, at).found(scheme)
}

fn draft(name: &str, message: String, span: Span, at: Pointer<'_>) -> Draft {
    let help = format!("send the token in the header `{name}`, without a word in front of it");
    RULE.draft(at, span, message)
        .expected(format!("`{name}` with the bare token"))
        .help(help)
}
