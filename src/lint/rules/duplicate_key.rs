//! An object has two members with the same key.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ002",
    name: "duplicate-key",
    severity: Severity::Error,
    in_responses: None,
    summary: "An object has two members with the same key.",
    why: "RFC 8259 leaves open which of them counts, and readers differ. The last one is judged further, as most readers take it.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","title":"Check the gates","assignedTo":["+911234500001"]}}"#,
    ),
    good: JOB,
    sources: &["RFC 8259"],
    decisions: &["D-36"],
};

pub(crate) fn finding(member: &Member, pointer: Pointer<'_>) -> Draft {
    Draft::new(
        &RULE,
        pointer,
        member.key.clone(),
        format!("`{}` stands here a second time", shorten(&member.written)),
    )
    .expected("each key once")
    .help("remove one of the two; the last one is judged further")
}
