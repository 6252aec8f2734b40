//! A listed action does not say when it was sent.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ503",
    name: "missing-time",
    severity: Severity::Note,
    in_responses: None,
    summary: "A listed action has neither `sentAt` nor `creationTime`.",
    why: "The table has `sentAt`, five of the seven samples have `creationTime`; without either, paging by time is impossible.",
    bad: Example::of(
        "list-actions.response",
        r#"{"actions":[{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117","actionType":"Job","actionBody":{"actionId":"0d9c6a52-7be1-4f0a-8c35-1e42b7d9f608","title":"Check the doors"}}]}"#,
    ),
    good: Example::of(
        "list-actions.response",
        r#"{"actions":[{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117","actionType":"Job","creationTime":1480931759,"actionBody":{"actionId":"0d9c6a52-7be1-4f0a-8c35-1e42b7d9f608","title":"Check the doors"}}]}"#,
    ),
    sources: &["D:actions_get.md"],
    decisions: &["D-09"],
};

pub(crate) const CHECK: Check = Check::PostSchema(check, Guard::Any(&["sentAt", "creationTime"]));

fn check(action: &Instance<'_>, sink: &mut Sink) {
    let has = |name| action.node.member(name).is_some();
    if matches!(action.node.data, Data::Object(_)) && !has("sentAt") && !has("creationTime") {
        let draft = Draft::at(&RULE, action, "the action does not say when it was sent")
            .expected("`sentAt` or `creationTime`")
            .help("give `creationTime` in epoch seconds, or `sentAt` as an ISO 8601 date and time in UTC");
        sink.add(draft);
    }
}
