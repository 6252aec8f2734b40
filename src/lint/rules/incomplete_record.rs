//! A record lacks a part of an exchange.
//!
//! Reported by: `src/lint/exchange/gaps.rs`.

use std::borrow::Cow;

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ010",
    name: "incomplete-record",
    severity: Severity::Note,
    in_responses: None,
    summary: "A record lacks a part of an exchange, or has it in another way than it says.",
    why: "Recorders leave out bodies, and write null or nothing where a call was cut. The recorded \
        parts are judged; missing parts are neither right nor wrong.",
    bad: exchange!(
        "GET",
        "?actionType=job",
        r#""accessToken":"a secret","x-request-id":null"#
    ),
    good: LIST_JOBS,
    sources: &["HAR 1.2"],
    decisions: &[],
};

pub fn finding(problem: impl Into<Cow<'static, str>>, help: Cow<'static, str>) -> Draft {
    RULE.in_text(0..0, problem).help(help)
}
