//! A value is of another JSON type than the contract's.

use super::prelude::*;
use crate::contract::{Schema, Type};

pub(crate) static RULE: Rule = Rule {
    id: "KZ302",
    name: "wrong-type",
    severity: Severity::Error,
    in_responses: None,
    summary: "A value is of another JSON type than the contract wants.",
    why: "The service and every generated client read a value by its JSON type; a date where hours are wanted, say, cannot be read at all.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"],"dueDate":"2017-12-20T09:00:00Z"}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"],"dueDate":48}}"#,
    ),
    sources: &["D:actions_post.md"],
    decisions: &["D-22", "D-23"],
};

pub(crate) fn finding(schema: &Schema, node: &Node, pointer: Pointer<'_>) -> Draft {
    let (wants, kind) = (schema.wants(), node.kind());
    let draft = Draft::new(
        &RULE,
        pointer,
        node.anchor(),
        format!("expected {wants}, found {kind}"),
    )
    .expected(wants)
    .found(excerpt(node));
    match help(schema, node) {
        Some(help) => draft.help(help),
        None => draft,
    }
}

fn help(schema: &Schema, node: &Node) -> Option<String> {
    let number = matches!(schema.kind, Some(Type::Integer | Type::Number));
    match (&node.data, &schema.unit) {
        (Data::Null, _) => Some("write a value: null stands for nothing here".to_owned()),
        (Data::String(text), _) if number && text.trim().parse::<f64>().is_ok() => {
            Some("remove the quotes".to_owned())
        }
        (Data::Number(_), Some(unit)) if schema.kind == Some(Type::Integer) => {
            Some(format!("write a whole number: {unit}"))
        }
        (Data::String(text), Some(unit)) if is_date(text) => {
            Some(format!("write a number, not a date: the unit is {unit}"))
        }
        (_, Some(unit)) => Some(format!("write a number: the unit is {unit}")),
        (Data::String(text), None)
            if schema.kind == Some(Type::Boolean)
                && ["true", "false"].contains(&text.to_lowercase().as_str()) =>
        {
            Some("remove the quotes".to_owned())
        }
        (Data::Number(_), None) if schema.format.as_deref() == Some("date-time") => Some(
            "write an ISO 8601 date and time in UTC, as in \"2017-12-20T09:00:00Z\"".to_owned(),
        ),
        (Data::Number(_), None) if schema.kind == Some(Type::String) => {
            Some("put it in double quotes".to_owned())
        }
        (_, None) if schema.kind == Some(Type::Array) => {
            Some("put it in square brackets: the contract wants a list, even of one".to_owned())
        }
        _ => schema.description.clone(),
    }
}

/// Whether a text begins as an ISO 8601 date does.
fn is_date(text: &str) -> bool {
    text.get(..10).is_some_and(|date| {
        date.bytes().enumerate().all(|(index, byte)| {
            if index == 4 || index == 7 {
                byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        })
    })
}
