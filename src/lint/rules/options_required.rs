//! A question to choose from has nothing to choose.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ401",
    name: "options-required",
    severity: Severity::Error,
    in_responses: None,
    summary: "A question of type SingleOption or MultiOption has no options.",
    why: "The documentation calls options mandatory for these two types; without them nobody can answer.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[{"title":"What?","type":"SingleOption"}]}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[{"title":"What?","type":"SingleOption","options":[{"title":"Rice"}]}]}}"#,
    ),
    sources: &["D:actions_post.md"],
    decisions: &["D-15"],
};

pub(crate) const CHECK: Check = Check::PostSchema(check, GUARD);

/// The types of question whose answers are chosen from its options.
const CHOICES: &[&str] = &["SingleOption", "MultiOption"];

pub(crate) const GUARD: Guard = Guard::When {
    member: "type",
    values: CHOICES,
    needs: "options",
};

/// Whether the answers to this type of question are chosen from its options.
pub(crate) fn offers_options(kind: &str) -> bool {
    CHOICES.contains(&kind)
}

fn check(question: &Instance<'_>, sink: &mut Sink) {
    let Some(kind) = question
        .node
        .member("type")
        .and_then(|member| member.value.as_str())
        .filter(|kind| offers_options(kind))
    else {
        return;
    };
    let (pointer, span) = match question.node.member("options") {
        None => (question.pointer.clone(), question.node.anchor()),
        Some(options) if options.value.items().is_some_and(<[Node]>::is_empty) => (
            question.pointer.member(&options.written),
            options.value.anchor(),
        ),
        Some(_) => return,
    };
    let draft = Draft::new(
        &RULE,
        pointer,
        span,
        format!("a question of type {kind} has no options"),
    )
    .expected("at least one option")
    .help("add `options`, as in [{\"title\": \"Yes\"}, {\"title\": \"No\"}]");
    sink.add(draft);
}
