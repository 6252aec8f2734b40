//! A parameter is given twice.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ605",
    name: "repeated-parameter",
    severity: Severity::Error,
    in_responses: None,
    summary: "A parameter of the query is given more than once.",
    why: "Of two values some servers take the first, some the last, and some join them.",
    bad: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job&actionType=poll","headers":{"accessToken":"a secret"}}}"#,
    ),
    good: LIST_JOBS,
    sources: &["RFC 3986"],
    decisions: &[],
};

pub(crate) fn finding(name: &str, span: Span, at: Pointer<'_>) -> Draft {
    Draft::new(&RULE, at, span, format!("`{name}` is given more than once"))
        .expected(format!("one `{name}`"))
        .help("leave one of them")
}
