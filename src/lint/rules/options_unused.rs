//! A question has options that nobody can choose.

use super::prelude::*;
use crate::lint::rules::options_required::{GUARD, offers_options};

pub(crate) static RULE: Rule = Rule {
    id: "KZ402",
    name: "options-unused",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A question has options although its type does not offer them.",
    why: "Only SingleOption and MultiOption show options; with another type they are lost.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[{"title":"What?","type":"Text","options":[{"title":"Rice"}]}]}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[{"title":"What?","type":"SingleOption","options":[{"title":"Rice"}]}]}}"#,
    ),
    sources: &["D:actions_post.md"],
    decisions: &["D-15"],
};

pub(crate) const CHECK: Check = Check::PostSchema(check, GUARD);

fn check(question: &Instance<'_>, sink: &mut Sink) {
    let kind = question
        .node
        .member("type")
        .and_then(|member| member.value.as_str());
    let (Some(kind), Some(options)) = (kind, question.node.member("options")) else {
        return;
    };
    // Of a type that is none of the contract's, nobody knows what it would show.
    let known = question
        .schema
        .member("type")
        .is_some_and(|(_, schema)| schema.values.iter().any(|value| value == kind));
    if !known || offers_options(kind) {
        return;
    }
    let draft = Draft::new(
        &RULE,
        question.pointer.member(&options.written),
        options.key.clone(),
        format!("a question of type {kind} shows no options"),
    )
    .expected("no `options`, or the type SingleOption or MultiOption")
    .help("remove the options, or change the type");
    sink.add(draft);
}
