//! A meeting has two durations.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ403",
    name: "conflicting-duration",
    severity: Severity::Error,
    in_responses: None,
    summary: "A meeting has both `duration` and `DurationInMins`.",
    why: "The table on the page of POST calls the duration `DurationInMins`, its sample \
          `duration`. With both, it is unknown which counts.",
    bad: Example::post(meeting!(r#","duration":30,"DurationInMins":45"#)),
    good: Example::post(meeting!(r#","duration":30"#)),
    sources: &["D:actions_post.md"],
    decisions: &["D-13"],
};

pub const CHECK: Check = Check::PostSchema(Guard::Without("DurationInMins"), |meeting, sink| {
    let member = |name| meeting.node.member(name);
    let (Some(sample), Some(table)) = (member("duration"), member("DurationInMins")) else {
        return;
    };
    let last = if sample.key().start > table.key().start {
        sample
    } else {
        table
    };
    sink.report(&RULE, &last, || {
        RULE.on_key(last, meeting.pointer, "the meeting has a duration already")
            .expected("only `duration`")
            .found("`duration` and `DurationInMins`")
            .help("keep `duration`, in minutes, and remove `DurationInMins`")
            .of_contract()
    });
});
