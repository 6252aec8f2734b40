//! A question asks for a date by the name that no client sends.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ405",
    name: "date-question",
    severity: Severity::Note,
    in_responses: None,
    summary: "A question is of type `Date`.",
    why: "The table of question types says `Date`; the sample and every client say `DateTime`.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[{"title":"When?","type":"Date"}]}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[{"title":"When?","type":"DateTime"}]}}"#,
    ),
    sources: &["D:actions_post.md", "PMS"],
    decisions: &["D-14"],
};

pub(crate) const CHECK: Check = Check::PostSchema(check, Guard::Not("Date"));

fn check(kind: &Instance<'_>, sink: &mut Sink) {
    if kind.node.as_str() == Some("Date") {
        let draft = Draft::at(&RULE, kind, "the sources disagree on this type")
            .expected("`DateTime`")
            .found("`Date`")
            .help("the table says `Date`, the sample and every client say `DateTime`");
        sink.add(draft);
    }
}
