//! A member stands one object too deep.

use super::prelude::*;
use crate::lint::instance::Outer;

pub(crate) static RULE: Rule = Rule {
    id: "KZ109",
    name: "misplaced-member",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A member stands inside an object and belongs beside it.",
    why: "`subscribers` and `sendToAllSubscribers` belong beside `actionBody`. Inside it the service does not look for them, and the action goes to the whole group.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"],"subscribers":["+911234500002"]}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]},"subscribers":["+911234500002"]}"#,
    ),
    sources: &["SW", "PMS", "NAN"],
    decisions: &["D-18"],
};

pub(crate) fn finding(
    member: &Member,
    outer: Outer<'_>,
    text: &[u8],
    pointer: Pointer<'_>,
) -> Draft {
    let name = outer
        .schema
        .member(&member.name)
        .map_or(&*member.written, |(name, _)| name);
    let draft = Draft::new(
        &RULE,
        pointer,
        member.key.clone(),
        format!("`{}` belongs one object further out", member.written),
    )
    .expected(format!("`{name}` beside this object"))
    .found(member.written.clone());
    if outer.names.iter().any(|other| *other == name) {
        return draft.help("remove it: it is there already");
    }
    let draft = draft.help("move it out of this object");
    match text.get(member.value.span.clone()).map(std::str::from_utf8) {
        // Of a member that repeats another, the other would be left.
        Some(Ok(value)) if !member.repeats => {
            let insertion = Edit::replace(
                &(outer.end..outer.end),
                format!("{}{}: {value}", outer.separator, quoted(name)),
            );
            draft.fix(Fix::new(
                "move it out of this object",
                [Edit::replace(&member.cut, ""), insertion],
            ))
        }
        _ => draft,
    }
}
