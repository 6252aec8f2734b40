//! An object has two members with the same key.
//!
//! Reported by: `src/lint/document.rs`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ002",
    name: "duplicate-key",
    severity: Severity::Error,
    in_responses: None,
    summary: "An object has two members with the same key.",
    why: "RFC 8259 leaves open which of them counts, and readers differ. The last one is judged \
          further, as most readers take it.",
    bad: Example::post(action!(
        "Job",
        r#""title":"Check the doors","title":"Check the gates","#,
        r#""assignedTo":["+911234500001"]"#
    )),
    good: JOB,
    sources: &["RFC 8259"],
    decisions: &["D-36"],
};

pub fn finding(member: Member<'_>, object: &Pointer<'_>) -> Draft {
    let message = format!("`{}` is here a second time", shorten(member.written()));
    RULE.on_key(member, object, message)
        .expected("each key once")
        .help("remove one of the two; the last one is judged further")
}
