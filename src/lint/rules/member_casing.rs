//! A member is spelt in another case than the contract's.
//!
//! Reported by: `src/lint/union.rs` for a selector next to the tag of a union,
//! `src/lint/walk.rs` for other members.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ104",
    name: "member-casing",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A member is spelt in another case than the contract spells it.",
    why: "The documentation spells several members in two ways, and the service is believed to \
          take any case. Other readers, and every JSON Schema, are exact.",
    bad: Example::post(action!(
        "Job",
        r#""Title":"Check the doors","assignedTo":["+911234500001"]"#
    )),
    good: JOB,
    sources: &["D:actions_get.md", "D:action_responses.md", "PMS", "IDOS"],
    decisions: &["D-11", "D-12"],
};

pub fn finding(member: Member<'_>, name: &'static str, object: &Pointer<'_>) -> Draft {
    let message = format!("`{}` is spelt `{name}` in the contract", member.written());
    let fix = || Fix::replace(format!("spell it `{name}`"), &member.key(), quoted(name));
    RULE.on_key(member, object, message)
        .expected(name)
        .found(member.written())
        .help("spell it as the contract does")
        // With two members of one key, renaming one would make two different members.
        .fix((!member.repeats()).then(fix))
        .of_contract()
}
