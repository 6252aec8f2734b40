//! An error body where a success is expected.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ502",
    name: "error-in-success",
    severity: Severity::Error,
    in_responses: None,
    summary: "The body of a success is that of an error.",
    why: "One client looks at `errorCode` and never at the status, so the service may have \
          answered errors with status 200.",
    bad: Example::posted(concat!(
        r#"{"message":"Invalid token.","errorCode":"InvalidToken","#,
        r#""errorCategoryKey":"AuthException"}"#
    )),
    good: Example::posted(r#"{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117"}"#),
    sources: &["PMS", "PYK", "MAW"],
    decisions: &["D-27"],
};

pub const CHECK: Check = Check::PreSchema(|body, sink| {
    let code = body.node.member_in_any_case("errorCode");
    let found = code.and_then(|code| Some((code, code.value().as_str()?)));
    let Some((code, text)) = found.filter(|(_, text)| !text.is_empty()) else {
        return false;
    };
    sink.report(&RULE, &code, || {
        let message = format!("the error {} in the body of a success", shorten(text));
        RULE.on_key(code, body.pointer, message)
            .expected("the body of a success")
            .found(excerpt(code.value()))
            .help("treat it as an error whatever its status, or judge it as error.response")
    });
    true
});
