//! A body is not declared as what the contract wants.

use super::prelude::*;
use crate::contract::Content;

pub(crate) static RULE: Rule = Rule {
    id: "KZ609",
    name: "wrong-content-type",
    severity: Severity::Error,
    in_responses: Some(Severity::Warning),
    summary: "The media type of a body is none that the contract declares.",
    why: "Bodies are JSON and have to say so. curl, for one, calls what -d sends a form unless it is told otherwise.",
    bad: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"POST","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions","headers":{"accessToken":"a secret","content-type":"text/plain"},"body":{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}}}"#,
    ),
    good: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"POST","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions","headers":{"accessToken":"a secret","content-type":"application/json"},"body":{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}}}"#,
    ),
    sources: &["D:actions_post.md", "SW"],
    decisions: &["D-27"],
};

pub(crate) fn finding(
    given: Option<&str>,
    content: &Content,
    span: Span,
    at: Pointer<'_>,
) -> Draft {
    let wanted = content.media_types.join(", ");
    let draft = match given {
        Some(given) => Draft::new(
            &RULE,
            at,
            span,
            format!("the media type is {}", shorten(given)),
        )
        .found(shorten(given)),
        None => Draft::new(&RULE, at, span, "the media type of the body is not said"),
    };
    draft
        .expected(wanted.clone())
        .help(format!("send the header `content-type: {wanted}`"))
}
