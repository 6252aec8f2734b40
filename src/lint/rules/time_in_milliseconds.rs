//! A time is in milliseconds.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ606",
    name: "time-in-milliseconds",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A time that the contract wants in epoch seconds looks like milliseconds.",
    why: "The documentation does not say the unit, and JavaScript counts in milliseconds. As seconds it lies thousands of years ahead, and nothing is returned.",
    bad: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job&fromDate=1512086400000","headers":{"accessToken":"a secret"}}}"#,
    ),
    good: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job&fromDate=1512086400","headers":{"accessToken":"a secret"}}}"#,
    ),
    sources: &["D:actions_get.md"],
    decisions: &["D-10"],
};

pub(crate) fn finding(name: &str, milliseconds: i64, span: Span, at: Pointer<'_>) -> Draft {
    let seconds = milliseconds / 1000;
    Draft::new(&RULE, at, span, format!("`{name}` looks like milliseconds"))
        .expected("epoch seconds")
        .found(milliseconds.to_string())
        .help(format!("write it in seconds: {seconds}"))
}
