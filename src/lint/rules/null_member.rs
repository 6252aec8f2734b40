//! An optional member is null.
//!
//! Reported by: `src/lint/union.rs` for the tag or the selector of a union that has both,
//! `src/lint/walk.rs` for other members.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ107",
    name: "null-member",
    severity: Severity::Warning,
    in_responses: Some(Severity::Note),
    summary: "A member that may be left out is null.",
    why: "One client serialises what it does not set as null. The contract knows no null, and \
          generated clients refuse it. The member is judged as absent.",
    bad: Example::post(job!(r#","dueDate":null"#)),
    good: JOB,
    sources: &["PMS"],
    decisions: &["D-35"],
};

pub fn finding(member: Member<'_>, object: &Pointer<'_>) -> Draft {
    let (written, value) = (member.written(), member.value());
    let draft = RULE
        .on_value(
            value,
            &object.declared(written),
            format!("`{written}` is null"),
        )
        .expected("a value, or no member")
        .of_contract();
    if member.repeats() {
        return draft.help("leave the member out, here and where it occurs before");
    }
    let fix = Fix::replace(format!("remove `{written}`"), &member.cut(), "");
    draft.help("leave the member out").fix(fix)
}
