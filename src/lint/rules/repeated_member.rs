//! A member occurs in two spellings.
//!
//! Reported by: `src/lint/union.rs` for a selector next to the tag of a union,
//! `src/lint/walk.rs` for other members.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ105",
    name: "repeated-member",
    severity: Severity::Error,
    in_responses: None,
    summary: "A member occurs twice in an object, spelt in two cases.",
    why: "A reader that ignores case takes one of them, and it is not documented which. The last one is \
          judged further.",
    bad: Example::post(action!(
        "Job",
        r#""title":"Check the doors","Title":"Check the gates","#,
        r#""assignedTo":["+911234500001"]"#
    )),
    good: JOB,
    sources: &["PMS", "IDOS"],
    decisions: &["D-11"],
};

pub fn finding(member: Member<'_>, name: &str, object: &Pointer<'_>) -> Draft {
    let written = member.written();
    let message = format!("`{written}` is another spelling of a member that is here already");
    let help = format!("keep one of the two, spelt `{name}`; the last one is judged further");
    RULE.on_key(member, object, message)
        .expected(format!("`{name}` once"))
        .found(written)
        .help(help)
}
