//! A listed action does not say when it was sent.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ503",
    name: "missing-time",
    severity: Severity::Note,
    in_responses: None,
    summary: "A listed action has neither `sentAt` nor `creationTime`.",
    why: "The table has `sentAt`, five of the seven samples have `creationTime`; without either, \
          paging by time is impossible.",
    bad: Example::list(concat!(
        r#"{"actions":[{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117","actionType":"Job","#,
        r#""actionBody":{"actionId":"0d9c6a52-7be1-4f0a-8c35-1e42b7d9f608","#,
        r#""title":"Check the doors"}}]}"#,
    )),
    good: Example::list(JOBS),
    sources: &["D:actions_get.md"],
    decisions: &["D-09"],
};

pub const CHECK: Check =
    Check::PostSchema(Guard::Any(&["sentAt", "creationTime"]), |action, sink| {
        sink.report(&RULE, &action.node, || {
            RULE.at(action, "the action does not say when it was sent")
                .expected("`sentAt` or `creationTime`")
                .help(
                    "give `creationTime` in epoch seconds, \
             or `sentAt` as an ISO 8601 date and time",
                )
        });
    });
