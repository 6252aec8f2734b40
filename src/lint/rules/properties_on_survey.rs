//! A survey has properties, which only packages have.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ407",
    name: "properties-on-survey",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A survey has `properties`.",
    why: "The table describes surveys and instances of packages in one; `properties` are for \
          packages only.",
    bad: Example::post(survey!(
        r#"{"title":"Why?","type":"Text"}"#,
        r#","properties":[]"#
    )),
    good: Example::post(package!(
        r#""properties":[{"name":"City","type":"Text","value":"Pune"}]"#
    )),
    sources: &["D:actions_post.md"],
    decisions: &["D-16"],
};

pub const CHECK: Check = Check::PostSchema(Guard::Undeclared("properties"), |survey, sink| {
    let Some(member) = survey.node.member_in_any_case("properties") else {
        return;
    };
    sink.report(&RULE, &member, || {
        RULE.on_key(member, survey.pointer, "a survey has no properties")
            .expected("no `properties`")
            .help(
                "remove them, \
             or send an instance of an action package: its `id` in place of `actionType`",
            )
    });
});
