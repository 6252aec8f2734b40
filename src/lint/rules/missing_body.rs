//! There is no body where the contract wants one.

use super::prelude::*;
use crate::body::BodyKind;

pub(crate) static RULE: Rule = Rule {
    id: "KZ611",
    name: "missing-body",
    severity: Severity::Error,
    in_responses: None,
    summary: "A message has no body, and the contract wants one.",
    why: "What is posted is in the body, and so is what is answered.",
    bad: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"POST","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions","headers":{"accessToken":"a secret"}}}"#,
    ),
    good: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"POST","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions","headers":{"accessToken":"a secret","content-type":"application/json"},"body":{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}}}"#,
    ),
    sources: &["D:actions_post.md"],
    decisions: &[],
};

pub(crate) fn finding(kind: BodyKind, message: &str) -> Draft {
    Draft::new(&RULE, Pointer::default(), 0..0, message)
        .expected(format!("a body of {kind}"))
        .help(format!("send a body of {kind}"))
        .remedy(Remedy::ReadSchema(kind))
}
