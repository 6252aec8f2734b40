//! A body has another media type than the contract declares.
//!
//! Reported by: `src/lint/exchange/headers.rs`.

use super::prelude::*;
use crate::contract::Content;

pub static RULE: Rule = Rule {
    id: "KZ609",
    name: "wrong-content-type",
    severity: Severity::Error,
    in_responses: Some(Severity::Warning),
    summary: "The contract does not declare the media type of a body.",
    why: "Bodies are JSON and have to be declared as JSON. curl -d, for example, declares a form \
        by default.",
    bad: exchange!(
        "POST",
        "",
        r#""accessToken":"a secret","content-type":"text/plain""#,
        job!()
    ),
    good: POST_JOB,
    sources: &["D:actions_post.md", "SW"],
    decisions: &["D-27"],
};

pub fn finding(given: Option<&str>, content: &Content, span: Span, at: Pointer<'_>) -> Draft {
    let wanted = content.media_types.join(", ");
    let found = given.map(shorten);
    let message = match &found {
        Some(given) => format!("the media type is {given}"),
        None => "the body has no media type".to_owned(),
    };
    let help = format!("send the header `content-type: {wanted}`");
    Draft {
        found,
        ..RULE.draft(at, span, message).expected(wanted).help(help)
    }
}
