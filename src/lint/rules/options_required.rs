//! A question to choose from has no options.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ401",
    name: "options-required",
    severity: Severity::Error,
    in_responses: None,
    summary: "A question of type SingleOption or MultiOption has no options.",
    why: "The documentation calls options mandatory for these two types; without them there is no \
        answer.",
    bad: Example::post(survey!(r#"{"title":"What?","type":"SingleOption"}"#)),
    good: Example::post(survey!(
        r#"{"title":"What?","type":"SingleOption","options":[{"title":"Rice"}]}"#
    )),
    sources: &["D:actions_post.md"],
    decisions: &["D-15"],
};

pub const CHECK: Check = Check::PostSchema(GUARD, |question, sink| {
    let kind = question.node.member("type");
    let kind = kind.and_then(|kind| kind.value().as_str());
    let Some(kind) = kind.filter(|kind| offers_options(kind)) else {
        return;
    };
    let options = question.node.member("options");
    let (pointer, node) = match options {
        None => (question.pointer.clone(), question.node),
        Some(options) => (question.pointer.member(options.written()), options.value()),
    };
    sink.report(&RULE, &node, || {
        let message = format!("a question of type {kind} has no options");
        RULE.draft(pointer, node.anchor(), message)
            .expected("at least one option")
            .help("add `options`, as in [{\"title\": \"Yes\"}, {\"title\": \"No\"}]")
    });
});

/// The types of question whose answers are chosen from its options.
const CHOICES: &[&str] = &["SingleOption", "MultiOption"];

pub const GUARD: Guard = Guard::When {
    member: "type",
    values: CHOICES,
    needs: "options",
};

/// Whether the answers to this type of question are chosen from its options.
pub fn offers_options(kind: &str) -> bool {
    CHOICES.contains(&kind)
}
