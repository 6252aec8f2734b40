//! A meeting has `DurationInMins`, the name in the table but not in the sample.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ404",
    name: "duration-spelling",
    severity: Severity::Note,
    in_responses: None,
    summary: "A meeting says `DurationInMins`.",
    why: "The table on the page of POST has this name; its sample, and what GET returns, say \
          `duration`.",
    bad: Example::post(meeting!(r#","DurationInMins":45"#)),
    good: Example::post(meeting!(r#","duration":45"#)),
    sources: &["D:actions_post.md", "D:actions_get.md"],
    decisions: &["D-13"],
};

pub const CHECK: Check = Check::PostSchema(Guard::Without("DurationInMins"), |meeting, sink| {
    let Some(member) = meeting.node.member("DurationInMins") else {
        return;
    };
    if meeting.node.member("duration").is_some() {
        return; // conflicting-duration
    }
    sink.report(&RULE, &member, || {
        RULE.on_key(member, meeting.pointer, "the sources disagree on this name")
            .expected("`duration`")
            .found(member.written())
            .help("the table says `DurationInMins`, the sample and GET say `duration`")
            .of_contract()
    });
});
