//! A question has options that its type does not show.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;
use crate::lint::rules::options_required::{GUARD, offers_options};

pub static RULE: Rule = Rule {
    id: "KZ402",
    name: "options-unused",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A question has options although its type does not offer them.",
    why: "Only SingleOption and MultiOption show options; with another type they are lost.",
    bad: Example::post(survey!(
        r#"{"title":"What?","type":"Text","options":[{"title":"Rice"}]}"#
    )),
    good: Example::post(survey!(
        r#"{"title":"What?","type":"SingleOption","options":[{"title":"Rice"}]}"#
    )),
    sources: &["D:actions_post.md"],
    decisions: &["D-15"],
};

pub const CHECK: Check = Check::PostSchema(GUARD, |question, sink| {
    let member = |name| question.node.member(name);
    let kind = member("type").and_then(|kind| kind.value().as_str());
    let (Some(kind), Some(options)) = (kind, member("options")) else {
        return;
    };
    // What an unknown type of question shows is unknown.
    let kinds = question.schema.member("type");
    let is_known = kinds.is_some_and(|(_, kinds)| kinds.values.iter().any(|known| known == kind));
    if offers_options(kind) || !is_known {
        return;
    }
    sink.report(&RULE, &options, || {
        let message = format!("a question of type {kind} shows no options");
        RULE.on_key(options, question.pointer, message)
            .expected("no `options`, or the type SingleOption or MultiOption")
            .help("remove the options, or change the type")
            .of_contract()
    });
});
