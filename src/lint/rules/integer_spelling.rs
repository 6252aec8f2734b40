//! A whole number is written as a fraction or with an exponent.

use super::prelude::*;
use crate::lint::{json::{Flaw, Number}, rules::number_range};

pub(crate) static RULE: Rule = Rule {
    id: "KZ306",
    name: "integer-spelling",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A whole number is written as a fraction or with an exponent.",
    why: "To JSON Schema `10.0` is an integer, to most typed readers it is not.",
    bad: Example::of("post-action.request", r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"],"dueDate":10.0}}"#),
    good: Example::of("post-action.request", r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"],"dueDate":10}}"#),
    sources: &["SW"],
    decisions: &["D-33"],
    look: Look::Along,
};

/// Looks at a number where the contract wants an integer, and leaves it spelt as one.
pub(crate) fn check(node: &mut Node, at: &Pointer, sink: &mut Sink) {
    let Data::Number(number @ Number::Double(double)) = node.data else { return };
    if node.flaw.is_some() || !number.is_integer() {
        return;
    }
    let Some(integer) = whole(double) else {
        sink.add(number_range::finding(node, at));
        node.flaw = Some(Flaw::Range);
        return;
    };
    let draft = Draft::new(&RULE, at.clone(), node.span.clone(), "a whole number with a fraction or an exponent")
        .expected(integer.to_string())
        .help(format!("write {integer}"))
        .fix(Fix::new(format!("write {integer}"), [Edit::replace(&node.span, integer.to_string())]));
    sink.add(draft);
    node.data = Data::Number(Number::Integer(integer));
}

/// The integer that a double without a fraction is, within int64.
fn whole(double: f64) -> Option<i64> {
    // Printed without exponent, a double is exact, and the parser knows the bounds.
    format!("{double:.0}").parse().ok()
}
