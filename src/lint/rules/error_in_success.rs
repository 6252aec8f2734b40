//! An error body stands where a success is expected.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ502",
    name: "error-in-success",
    severity: Severity::Error,
    in_responses: None,
    summary: "The body of a success is that of an error.",
    why: "One client looks at `errorCode` and never at the status, so the service may have answered errors with status 200.",
    bad: Example::of(
        "post-action.response",
        r#"{"message":"Invalid token.","errorCode":"InvalidToken","errorCategoryKey":"AuthException"}"#,
    ),
    good: Example::of(
        "post-action.response",
        r#"{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117"}"#,
    ),
    sources: &["PMS", "PYK", "MAW"],
    decisions: &["D-27"],
};

pub(crate) const CHECK: Check = Check::PreSchema(claim);

fn claim(body: &Instance<'_>) -> Option<Draft> {
    let code = body.node.member_in_any_case("errorCode")?;
    let text = code.value.as_str().filter(|text| !text.is_empty())?;
    let pointer = body.pointer.member(&code.written);
    let draft = Draft::new(
        &RULE,
        pointer,
        code.key.clone(),
        format!("the error {} where a success is expected", shorten(text)),
    );
    Some(
        draft
            .expected("the body of a success")
            .found(excerpt(&code.value))
            .help("treat it as an error whatever its status, or judge it as error.response"),
    )
}
