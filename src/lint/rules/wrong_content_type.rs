//! A body is not declared as what the contract wants.
//!
//! Reported by: `src/lint/exchange/headers.rs`.

use super::prelude::*;
use crate::contract::Content;

pub static RULE: Rule = Rule {
    id: "KZ609",
    name: "wrong-content-type",
    severity: Severity::Error,
    in_responses: Some(Severity::Warning),
    summary: "The media type of a body is none that the contract declares.",
    why: "Bodies are JSON and have to say so. curl, for one, calls what -d sends a form unless it \
          is told otherwise.",
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
        None => "the media type of the body is not said".to_owned(),
    };
    let help = format!("send the header `content-type: {wanted}`");
    Draft {
        found,
        ..RULE.draft(at, span, message).expected(wanted).help(help)
    }
}
