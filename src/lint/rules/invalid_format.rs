//! A string does not have the form that the contract expects.
//!
//! Reported by: `src/lint/schema.rs`.

use std::borrow::Cow;

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ305",
    name: "invalid-format",
    severity: Severity::Error,
    in_responses: None,
    summary: "A string does not have the form that the contract expects, such as a date and time.",
    why: "Every date and time in the samples and in real answers is ISO 8601. Generated \
          clients parse it, and refuse anything else.",
    bad: Example::post(action!(
        "LetsMeet",
        r#""title":"Stand-up","startingTime":"20/12/2017 09:00""#
    )),
    good: Example::post(meeting!("")),
    sources: &["D:actions_post.md", "#228"],
    decisions: &["D-32"],
};

pub fn finding(schema: &Schema, node: Node<'_>, at: &Pointer<'_>) -> Draft {
    let form = match schema.format.as_deref() {
        Some("date-time") => "an ISO 8601 date and time with its offset from UTC".into(),
        Some(format) => Cow::Owned(format.to_owned()),
        None => "the form that the contract expects".into(),
    };
    let example = schema.example.as_ref();
    Draft {
        help: example.map(|example| format!("write it as in {example}").into()),
        ..RULE
            .on_value(node, at, format!("{} is not {form}", excerpt(node)))
            .expected(form)
    }
}
