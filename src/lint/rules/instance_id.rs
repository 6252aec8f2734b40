//! An id of an instance is no GUID.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ411",
    name: "instance-id",
    severity: Severity::Note,
    in_responses: None,
    summary: "The id of an action, a message or a response is no GUID.",
    why: "All ids of instances in real answers are GUIDs, but one that the documentation prints is malformed, so the contract does not insist.",
    bad: Example::of(
        "post-action.response",
        r#"{"referenceId":"88a93ddd-0349d-4d18-86ee-c0f8484728db"}"#,
    ),
    good: Example::of(
        "post-action.response",
        r#"{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117"}"#,
    ),
    sources: &["D:actions_get.md", "IDOS"],
    decisions: &["D-24"],
};

pub(crate) const CHECK: Check = Check::PostSchema(check, Guard::Text(is_guid));

fn check(id: &Instance<'_>, sink: &mut Sink) {
    if id.node.as_str().is_some_and(|text| !is_guid(text)) {
        let draft = Draft::at(&RULE, id, "the id is no GUID")
            .expected("8, 4, 4, 4 and 12 hex digits with hyphens between")
            .found(excerpt(id.node))
            .help("check that it was copied whole");
        sink.add(draft);
    }
}

fn is_guid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
