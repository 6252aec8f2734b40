//! A list that should hold something is empty.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ409",
    name: "empty-list",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A list of assignees, questions or choices is empty.",
    why: "The list is required, and nothing says that it may be empty; a job for nobody or a poll without choices has no use.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":[]}}"#,
    ),
    good: JOB,
    sources: &["D:actions_post.md"],
    decisions: &["D-32"],
};

pub(crate) const CHECK: Check = Check::PostSchema(check, Guard::Items(1, usize::MAX));

fn check(list: &Instance<'_>, sink: &mut Sink) {
    if list.node.items().is_some_and(<[Node]>::is_empty) {
        sink.add(
            Draft::at(&RULE, list, "the list is empty")
                .expected("at least one item")
                .found("[]")
                .help("add an item"),
        );
    }
}
