//! A request names both a type and a package.
//!
//! Reported by: `src/lint/union.rs`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ103",
    name: "conflicting-selectors",
    severity: Severity::Error,
    in_responses: None,
    summary: "A request names both a type of action and a package.",
    why: "The documentation requires exactly one of them and does not say which wins. The type is \
          judged further.",
    bad: Example::post(concat!(
        r#"{"id":"com.contoso.care.1","actionType":"Job","#,
        r#""actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}"#
    )),
    good: JOB,
    sources: &["D:actions_post.md"],
    decisions: &["D-05"],
};

/// `other`, a spelling of `selector`, is present although the tag is, too.
pub fn finding(other: Member<'_>, selector: &str, tag: &str, at: &Pointer<'_>) -> Draft {
    let written = other.written();
    RULE.on_key(other, at, format!("`{written}` next to `{tag}`"))
        .expected(format!("either `{tag}` or `{selector}`"))
        .help(format!(
            "remove `{written}` to send the built-in type, \
             or `{tag}` to send an instance of the package"
        ))
        .of_contract()
}
