//! A value is of another JSON type than the contract's.
//!
//! Reported by: `src/lint/exchange/value.rs` for a query parameter or a header field,
//! `src/lint/schema.rs` for a value in a body.

use std::borrow::Cow;

use super::prelude::*;
use crate::contract::Type;

pub static RULE: Rule = Rule {
    id: "KZ302",
    name: "wrong-type",
    severity: Severity::Error,
    in_responses: None,
    summary: "A value has another JSON type than the contract expects.",
    why: "The service and every generated client read a value by its JSON type; a date where hours \
          are wanted, say, cannot be read at all.",
    bad: Example::post(job!(r#","dueDate":"2017-12-20T09:00:00Z""#)),
    good: Example::post(job!(r#","dueDate":48"#)),
    sources: &["D:actions_post.md"],
    decisions: &["D-22", "D-23"],
};

pub fn finding(schema: &Schema, node: Node<'_>, at: &Pointer<'_>) -> Draft {
    let (wants, kind) = (schema.wants(), node.type_name());
    let message = format!("expected {wants}, found {kind}");
    Draft {
        help: help(schema, node),
        ..RULE.on_value(node, at, message).expected(wants)
    }
}

fn help(schema: &Schema, node: Node<'_>) -> Option<Cow<'static, str>> {
    let kind = schema.kind;
    let help = match (node.data(), &schema.unit) {
        (Data::Null, _) => "write a value: null has no meaning here",
        (Data::String(text), _) if is_quoted(text, kind) => "remove the quotes",
        (Data::Number(_), Some(unit)) if kind == Some(Type::Integer) => {
            return Some(format!("write a whole number: {unit}").into());
        }
        (Data::String(text), Some(unit)) if is_date(text) => {
            return Some(format!("write a number, not a date: the unit is {unit}").into());
        }
        (_, Some(unit)) => return Some(format!("write a number: the unit is {unit}").into()),
        (Data::Number(_), None) if schema.format.as_deref() == Some("date-time") => {
            "write an ISO 8601 date and time, as in \"2017-12-20T09:00:00Z\""
        }
        (Data::Number(_), None) if kind == Some(Type::String) => "put it in double quotes",
        (_, None) if kind == Some(Type::Array) => {
            "put it in square brackets: the contract expects a list, even for one item"
        }
        _ => return schema.description.clone().map(Cow::from),
    };
    Some(help.into())
}

/// Whether a text is a value of this type in quotes.
fn is_quoted(text: &str, kind: Option<Type>) -> bool {
    match kind {
        Some(Type::Integer | Type::Number) => text.trim().parse::<f64>().is_ok(),
        Some(Type::Boolean) => ["true", "false"].contains(&&*text.to_lowercase()),
        _ => false,
    }
}

/// Whether a text begins as an ISO 8601 date does.
fn is_date(text: &str) -> bool {
    let fits = |(index, byte): (usize, u8)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    text.get(..10)
        .is_some_and(|date| date.bytes().enumerate().all(fits))
}
