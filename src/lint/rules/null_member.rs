//! An optional member is null.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ107",
    name: "null-member",
    severity: Severity::Warning,
    in_responses: Some(Severity::Note),
    summary: "A member that may be left out is null.",
    why: "One client serialises what it does not set as null. The contract knows no null, and generated clients refuse it. The member is judged as absent.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"],"dueDate":null}}"#,
    ),
    good: JOB,
    sources: &["PMS"],
    decisions: &["D-35"],
};

pub(crate) fn finding(member: &Member, at: &Pointer<'_>) -> Draft {
    let draft = Draft::new(
        &RULE,
        at.member(&member.written),
        member.value.span.clone(),
        format!("`{}` is null", member.written),
    )
    .expected("a value, or no member")
    .found("null");
    if member.repeats {
        return draft.help("leave the member out, here and where it stands before");
    }
    draft.help("leave the member out").fix(Fix::new(
        format!("remove `{}`", member.written),
        [Edit::replace(&member.cut, "")],
    ))
}
