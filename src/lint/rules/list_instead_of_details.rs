//! A list where details are expected.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ501",
    name: "list-instead-of-details",
    severity: Severity::Error,
    in_responses: None,
    summary: "A list of actions where the details of one are expected.",
    why: "The sample on the page of details is a list, pasted from another page. An emulation that \
        follows it answers with the wrong body.",
    bad: Example::of("get-action.response", JOBS),
    good: Example::of(
        "get-action.response",
        r#"{"actionType":"Job","actionDetails":{"title":"Check the doors"}}"#,
    ),
    sources: &["D:actionDetails.md"],
    decisions: &["D-20"],
};

pub const CHECK: Check = Check::PreSchema(|details, sink| {
    let list = details.node.member_in_any_case("actions");
    let list = list.filter(|list| list.value().items().is_some());
    let details_are_there = details.node.member_in_any_case("actionDetails").is_some();
    let Some(list) = list.filter(|_| !details_are_there) else {
        return false;
    };
    sink.report(&RULE, &list, || {
        let message = "a list of actions where the details of one are expected";
        RULE.on_key(list, details.pointer, message)
            .expected("`actionDetails`")
            .found(list.written())
            .help("answer with one object `actionDetails`, or judge this as list-actions.response")
    });
    true
});
