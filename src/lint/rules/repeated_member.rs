//! Two members are one, in two spellings.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ105",
    name: "repeated-member",
    severity: Severity::Error,
    in_responses: None,
    summary: "Two members of an object are one and the same, spelt in two cases.",
    why: "A reader that ignores case takes one of them, and nobody says which. The last one is judged further.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","Title":"Check the gates","assignedTo":["+911234500001"]}}"#,
    ),
    good: JOB,
    sources: &["PMS", "IDOS"],
    decisions: &["D-11"],
};

pub(crate) fn finding(member: &Member, name: &str, pointer: Pointer<'_>) -> Draft {
    Draft::new(
        &RULE,
        pointer,
        member.key.clone(),
        format!(
            "`{}` is another spelling of a member that is here already",
            member.written
        ),
    )
    .expected(format!("`{name}` once"))
    .found(member.written.clone())
    .help(format!(
        "keep one of the two, spelt `{name}`; the last one is judged further"
    ))
}
