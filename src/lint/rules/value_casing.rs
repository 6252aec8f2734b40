//! A value of an enum is spelt in another case than the contract's.
//!
//! Reported by: `src/lint/exchange/value.rs` for a query parameter or a header field,
//! `src/lint/union.rs` for the tag of a union, `src/lint/walk.rs` for a member with an enum or with
//! `x-kaizala-action-type`.

use std::borrow::Cow;

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ106",
    name: "value-casing",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A type or another value of an enum is spelt in another case than the contract spells \
              it.",
    why: "The support matrix writes `letsmeet` where bodies write `LetsMeet`, and the first \
          documentation wrote question types in capitals. The service is believed to take any \
          case; generated clients and JSON Schemas are exact.",
    bad: Example::post(action!(
        "job",
        r#""title":"Check the doors","assignedTo":["+911234500001"]"#
    )),
    good: JOB,
    sources: &["SEED", "D:actions_post.md"],
    decisions: &["D-02", "D-14"],
};

/// Changes a string to the spelling of the enum value that it means.
pub fn canonical(values: &'static [Value], node: Node<'_>, at: &Pointer<'_>, sink: &mut Sink) {
    let Some(text) = node.as_str() else { return };
    let declared = || values.iter().filter_map(Value::as_str);
    if declared().any(|value| value == text) {
        return;
    }
    if let Some(value) = declared().find(|value| value.eq_ignore_ascii_case(text)) {
        spell(value, node, at, sink);
    }
}

/// Changes a string that means `value` to its spelling.
pub fn spell(value: &'static str, node: Node<'_>, at: &Pointer<'_>, sink: &mut Sink) {
    if node.as_str().is_some_and(|text| text != value) {
        sink.report(&RULE, &node, || finding(value, node, at));
        node.spell(value);
    }
}

pub fn finding(value: impl Into<Cow<'static, str>>, node: Node<'_>, at: &Pointer<'_>) -> Draft {
    let (value, text) = (value.into(), node.as_str().unwrap_or_default());
    let fix = Fix::replace(format!("spell it `{value}`"), &node.span(), quoted(&value));
    let message = format!("`{text}` is spelt `{value}` here");
    RULE.draft(at.clone(), node.anchor(), message)
        .expected(value)
        .found(text)
        .help("spell it as the contract does")
        .fix(fix)
        .of_contract()
}
