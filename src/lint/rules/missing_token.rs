//! There is no access token.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ607",
    name: "missing-token",
    severity: Severity::Error,
    in_responses: None,
    summary: "A request has no access token.",
    why: "Every operation wants one. A recorder may have left it out: then ignore the rule.",
    bad: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job","headers":{}}}"#,
    ),
    good: LIST_JOBS,
    sources: &["D:Tokens.md", "D:actions_get.md"],
    decisions: &["D-28"],
};

/// `problem` is `is missing` or `is empty`.
pub(crate) fn finding(name: &str, problem: &str, span: Span, at: Pointer<'_>) -> Draft {
    Draft::new(&RULE, at, span, format!("the header `{name}` {problem}"))
        .expected(format!("`{name}` with the access token"))
        .help(format!("send the access token in the header `{name}`"))
        .remedy(Remedy::Ignore(&RULE))
}
