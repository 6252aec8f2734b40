//! The id of an instance is not a GUID.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ411",
    name: "instance-id",
    severity: Severity::Note,
    in_responses: None,
    summary: "The id of an action, a message or a response is not a GUID.",
    why: "All ids of instances in real answers are GUIDs, but one that the documentation prints is \
          malformed, so the contract does not insist.",
    bad: Example::posted(r#"{"referenceId":"88a93ddd-0349d-4d18-86ee-c0f8484728db"}"#),
    good: Example::posted(r#"{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117"}"#),
    sources: &["D:actions_get.md", "IDOS"],
    decisions: &["D-24"],
};

pub const CHECK: Check = Check::PostSchema(Guard::Text(is_guid), |id, sink| {
    sink.report(&RULE, &id.node, || {
        RULE.on_value(id.node, id.pointer, "the id is not a GUID")
            .expected("8, 4, 4, 4 and 12 hex digits with hyphens between")
            .help("check that it was copied whole")
    });
});

fn is_guid(text: &str) -> bool {
    let is_right = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_right)
}
