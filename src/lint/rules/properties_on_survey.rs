//! A survey has properties, which only packages have.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ407",
    name: "properties-on-survey",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A survey has `properties`.",
    why: "The table describes surveys and instances of packages in one; `properties` are for packages only.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[{"title":"Why?","type":"Text"}],"properties":[]}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"id":"com.contoso.care.1","actionBody":{"properties":[{"name":"City","type":"Text","value":"Pune"}]}}"#,
    ),
    sources: &["D:actions_post.md"],
    decisions: &["D-16"],
};

pub(crate) const CHECK: Check = Check::PostSchema(check, Guard::Declared);

fn check(survey: &Instance<'_>, sink: &mut Sink) {
    let Some(member) = survey.node.member_in_any_case("properties") else {
        return;
    };
    let draft = Draft::new(
        &RULE,
        survey.pointer.member(&member.written),
        member.key.clone(),
        "a survey has no properties",
    )
    .expected("no `properties`")
    .help(
        "remove them, or send an instance of an action package: its `id` in place of `actionType`",
    );
    sink.add(draft);
}
