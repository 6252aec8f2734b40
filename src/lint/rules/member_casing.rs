//! A member is spelt in another case than the contract's.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ104",
    name: "member-casing",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A member is spelt in another case than the contract spells it.",
    why: "The documentation spells several members in two ways, and the service is believed to take any case. Other readers, and every JSON Schema, are exact.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"Title":"Check the doors","assignedTo":["+911234500001"]}}"#,
    ),
    good: JOB,
    sources: &["D:actions_get.md", "D:action_responses.md", "PMS", "IDOS"],
    decisions: &["D-11", "D-12"],
};

pub(crate) fn finding(member: &Member, name: &str, pointer: Pointer<'_>) -> Draft {
    let draft = Draft::new(
        &RULE,
        pointer,
        member.key.clone(),
        format!("`{}` is spelt `{name}` in the contract", member.written),
    )
    .expected(name)
    .found(member.written.clone())
    .help("spell it as the contract does");
    // Of two members with one key, to spell one otherwise would make two of them.
    if member.repeats {
        draft
    } else {
        draft.fix(Fix::new(
            format!("spell it `{name}`"),
            [Edit::replace(&member.key, quoted(name))],
        ))
    }
}
