//! A question has the type `Date`, which no client sends.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ405",
    name: "date-question",
    severity: Severity::Note,
    in_responses: None,
    summary: "A question is of type `Date`.",
    why: "The table of question types says `Date`; the sample and every client say `DateTime`.",
    bad: Example::post(survey!(r#"{"title":"When?","type":"Date"}"#)),
    good: Example::post(survey!(r#"{"title":"When?","type":"DateTime"}"#)),
    sources: &["D:actions_post.md", "PMS"],
    decisions: &["D-14"],
};

pub const CHECK: Check = Check::PostSchema(Guard::Not("Date"), |kind, sink| {
    sink.report(&RULE, &kind.node, || {
        RULE.at(kind, "the sources disagree on this type")
            .expected("`DateTime`")
            .found("`Date`")
            .help("the table says `Date`, the sample and every client say `DateTime`")
            .of_contract()
    });
});
