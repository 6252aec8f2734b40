//! A meeting's duration is called as in the table, not as in the sample.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ404",
    name: "duration-spelling",
    severity: Severity::Note,
    in_responses: None,
    summary: "A meeting says `DurationInMins`.",
    why: "The table on the page of POST has this name; its sample, and what GET returns, say `duration`.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"LetsMeet","actionBody":{"title":"Stand-up","startingTime":"2017-12-20T09:00:00Z","DurationInMins":45}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"actionType":"LetsMeet","actionBody":{"title":"Stand-up","startingTime":"2017-12-20T09:00:00Z","duration":45}}"#,
    ),
    sources: &["D:actions_post.md", "D:actions_get.md"],
    decisions: &["D-13"],
};

pub(crate) const CHECK: Check = Check::PostSchema(check, Guard::Without("DurationInMins"));

fn check(meeting: &Instance<'_>, sink: &mut Sink) {
    let Some(member) = meeting.node.member("DurationInMins") else {
        return;
    };
    if meeting.node.member("duration").is_some() {
        return; // conflicting-duration
    }
    let draft = Draft::new(
        &RULE,
        meeting.pointer.member(&member.written),
        member.key.clone(),
        "the sources disagree on this name",
    )
    .expected("`duration`")
    .found(member.written.clone())
    .help("the table says `DurationInMins`, the sample and GET say `duration`");
    sink.add(draft);
}
