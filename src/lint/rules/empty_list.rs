//! A list that should hold something is empty.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ409",
    name: "empty-list",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A list of assignees, questions or choices is empty.",
    why: "The list is required, and nothing says that it may be empty; a job without assignees or \
        a poll without choices has no use.",
    bad: Example::post(action!(
        "Job",
        r#""title":"Check the doors","assignedTo":[]"#
    )),
    good: JOB,
    sources: &["D:actions_post.md"],
    decisions: &["D-32"],
};

pub const CHECK: Check = Check::PostSchema(Guard::Items(1, usize::MAX), |list, sink| {
    sink.report(&RULE, &list.node, || {
        RULE.at(list, "the list is empty")
            .expected("at least one item")
            .found("[]")
            .help("add an item")
            .of_contract()
    });
});
