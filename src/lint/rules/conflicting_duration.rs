//! A meeting has two durations.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ403",
    name: "conflicting-duration",
    severity: Severity::Error,
    in_responses: None,
    summary: "A meeting has both `duration` and `DurationInMins`.",
    why: "The table on the page of POST calls the duration `DurationInMins`, its sample `duration`. With both, nobody can say which counts.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"LetsMeet","actionBody":{"title":"Stand-up","startingTime":"2017-12-20T09:00:00Z","duration":30,"DurationInMins":45}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"actionType":"LetsMeet","actionBody":{"title":"Stand-up","startingTime":"2017-12-20T09:00:00Z","duration":30}}"#,
    ),
    sources: &["D:actions_post.md"],
    decisions: &["D-13"],
};

pub(crate) const CHECK: Check = Check::PostSchema(check, Guard::Without("DurationInMins"));

fn check(meeting: &Instance<'_>, sink: &mut Sink) {
    let both = (
        meeting.node.member("duration"),
        meeting.node.member("DurationInMins"),
    );
    let (Some(duration), Some(table)) = both else {
        return;
    };
    let last = if duration.key.start > table.key.start {
        duration
    } else {
        table
    };
    let draft = Draft::new(
        &RULE,
        meeting.pointer.member(&last.written),
        last.key.clone(),
        "the meeting has a duration already",
    )
    .expected("`duration` alone")
    .found("`duration` and `DurationInMins`")
    .help("keep `duration`, in minutes, and remove `DurationInMins`");
    sink.add(draft);
}
