//! A request has the access token twice, with different values.
//!
//! Reported by: `src/lint/exchange/headers.rs`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ613",
    name: "conflicting-tokens",
    severity: Severity::Error,
    in_responses: None,
    summary: "A request has two access tokens that differ.",
    why: "Of two fields of one name some servers take the first, some the last, and some join them: \
          it is unknown who asks.",
    bad: Example::exchange(concat!(
        r#"{"request":{"method":"GET","url":""#,
        actions!(),
        r#"?actionType=job","headers":[{"name":"accessToken","value":"a secret"},"#,
        r#"{"name":"accessToken","value":"another"}]}}"#,
    )),
    good: LIST_JOBS,
    sources: &["RFC 9110"],
    decisions: &["D-28"],
};

pub fn finding(token: &str, span: Span, at: Pointer<'_>) -> Draft {
    RULE.draft(
        at,
        span,
        format!("`{token}` is given twice, with different values"),
    )
    .expected(format!("one `{token}`"))
    .help("send one of them")
}
