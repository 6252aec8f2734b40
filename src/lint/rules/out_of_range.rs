//! A number is below or above what the contract allows.
//!
//! Reported by: `src/lint/exchange/value.rs` for a query parameter or a header field below its
//! `minimum`, `src/lint/schema.rs` for a number in a body below `minimum` or above `maximum`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ304",
    name: "out-of-range",
    severity: Severity::Error,
    in_responses: None,
    summary: "A number is below or above what the contract allows.",
    why: "Latitudes, longitudes, counts and durations have bounds by their nature.",
    bad: Example::list(listed!(
        "ShareLocation",
        r#""latitude":91.5,"longitude":77.6"#
    )),
    good: Example::list(listed!(
        "ShareLocation",
        r#""latitude":12.9,"longitude":77.6"#
    )),
    sources: &["D:actions_get.md"],
    decisions: &["D-32"],
};

pub fn finding(
    limit: &Value,
    is_above: bool,
    schema: &Schema,
    node: Node<'_>,
    at: &Pointer<'_>,
) -> Draft {
    let (is, most) = if is_above {
        ("more", "most")
    } else {
        ("less", "least")
    };
    let wants = format!("at {most} {limit}");
    let help = match (&schema.unit, &schema.description) {
        (Some(unit), _) => format!("the unit is {unit}"),
        (None, Some(description)) => description.clone(),
        (None, None) => format!("write {wants}"),
    };
    let message = format!("{} is {is} than {limit}", excerpt(node));
    RULE.on_value(node, at, message).expected(wants).help(help)
}
