//! A list stands where details are expected.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ501",
    name: "list-instead-of-details",
    severity: Severity::Error,
    in_responses: None,
    summary: "A list of actions stands where the details of one are expected.",
    why: "The sample on the page of details is a list, pasted from another page. Whoever records or emulates the API from it answers with the wrong body.",
    bad: Example::of(
        "get-action.response",
        r#"{"actions":[{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117","actionType":"Job","creationTime":1480931759,"actionBody":{"actionId":"0d9c6a52-7be1-4f0a-8c35-1e42b7d9f608","title":"Check the doors"}}]}"#,
    ),
    good: Example::of(
        "get-action.response",
        r#"{"actionType":"Job","actionDetails":{"title":"Check the doors"}}"#,
    ),
    sources: &["D:actionDetails.md"],
    decisions: &["D-20"],
};

pub(crate) const CHECK: Check = Check::PreSchema(claim);

fn claim(details: &Instance<'_>) -> Option<Draft> {
    let node = details.node;
    let list = node
        .member_in_any_case("actions")
        .filter(|member| member.value.items().is_some())?;
    if node.member_in_any_case("actionDetails").is_some() {
        return None;
    }
    let pointer = details.pointer.member(&list.written);
    let draft = Draft::new(
        &RULE,
        pointer,
        list.key.clone(),
        "a list of actions where the details of one are expected",
    );
    Some(
        draft
            .expected("`actionDetails`")
            .found(list.written.clone())
            .help("answer with one object `actionDetails`, or judge this as list-actions.response"),
    )
}
