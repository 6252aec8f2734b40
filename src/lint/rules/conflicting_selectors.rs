//! A request names a type and a package.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ103",
    name: "conflicting-selectors",
    severity: Severity::Error,
    in_responses: None,
    summary: "A request says both a type of action and a package.",
    why: "The documentation wants exactly one of them and does not say which wins. The type is judged further.",
    bad: Example::of(
        "post-action.request",
        r#"{"id":"com.contoso.care.1","actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}"#,
    ),
    good: JOB,
    sources: &["D:actions_post.md"],
    decisions: &["D-05"],
};

/// `other`, a spelling of `selector`, stands beside the tag and should not.
pub(crate) fn finding(other: &Member, selector: &str, tag: &str, at: &Pointer<'_>) -> Draft {
    Draft::new(
        &RULE,
        at.member(&other.written),
        other.key.clone(),
        format!("`{}` beside `{tag}`", other.written),
    )
    .expected(format!("either `{tag}` or `{selector}`"))
    .help(format!(
        "remove `{}` to send the built-in type, or `{tag}` to send an instance of the package",
        other.written
    ))
}
