//! What the JSON Schema engine finds, told by the linter's rules and at the places of the document.

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};

use super::{
    finding::Sink,
    pointer::Pointer,
    rules::{invalid_format, missing_member, out_of_range, unknown_value, wrong_type},
};
use crate::contract::{Schema, Type};
use crate::json::{Data, Node};

/// Holds a value, already in canonical spelling, to its schema.
pub(super) fn validate(
    validator: &Validator,
    schema: &Schema,
    node: &Node<'_>,
    at: &Pointer<'_>,
    sink: &mut Sink,
) {
    if fits(schema, node) {
        debug_assert!(
            validator.is_valid(&node.to_value()),
            "the engine alone decides: {}",
            node.to_value()
        );
        return;
    }
    let value = node.to_value();
    for error in validator.iter_errors(&value) {
        tell(&error, schema, node, at, sink);
    }
}

/// Whether the engine surely finds nothing. Most of what it is asked about has its faults
/// elsewhere, and to copy a value for it costs more than all the rest.
fn fits(schema: &Schema, node: &Node<'_>) -> bool {
    if node.flaw.is_some() || schema.pattern.is_some() {
        return false;
    }
    if !schema.choice.is_empty() {
        return schema
            .choice
            .iter()
            .filter(|alternative| fits(alternative, node))
            .count()
            == 1;
    }
    let inside = match &node.data {
        Data::Object(members) => {
            let is_there = |name: &String| members.iter().any(|member| member.name == *name);
            schema.required.iter().all(is_there)
                && members.iter().all(|member| {
                    member
                        .schema
                        .is_none_or(|schema| fits(schema, &member.value))
                })
        }
        Data::Array(items) => schema
            .items
            .as_ref()
            .is_none_or(|schema| items.iter().all(|item| fits(schema, item))),
        Data::Number(number) => {
            let number = number.to_f64();
            schema.minimum.is_none_or(|least| number >= least)
                && schema.maximum.is_none_or(|most| number <= most)
        }
        _ => true,
    };
    let is_listed = || {
        node.as_str()
            .is_some_and(|text| schema.values.iter().any(|value| value == text))
    };
    inside
        && schema.kind.is_none_or(|kind| is_of(kind, node))
        && (schema.values.is_empty() || is_listed())
}

/// Whether a value is of this JSON type.
fn is_of(kind: Type, node: &Node<'_>) -> bool {
    match (kind, &node.data) {
        (Type::Object, Data::Object(_))
        | (Type::Array, Data::Array(_))
        | (Type::String, Data::String(_))
        | (Type::Boolean, Data::Bool(_))
        | (Type::Number, Data::Number(_)) => true,
        (Type::Integer, Data::Number(number)) => number.is_integer(),
        _ => false,
    }
}

fn tell(
    error: &ValidationError<'_>,
    root: &Schema,
    whole: &Node,
    at: &Pointer<'_>,
    sink: &mut Sink,
) {
    let (schema, node, pointer) = locate(error.instance_path().as_str(), root, whole, at);
    let alternative = chosen(schema, node);
    if let (ValidationErrorKind::OneOfNotValid { context }, Some(index)) =
        (error.kind(), alternative)
    {
        // Only the alternative for this JSON type is worth hearing.
        for error in context.get(index).into_iter().flatten() {
            tell(error, root, whole, at, sink);
        }
        return;
    }
    let schema = alternative.map_or(schema, |index| &schema.choice[index]);
    sink.add(match error.kind() {
        ValidationErrorKind::Required { property } => {
            missing_member::finding(property.as_str().unwrap_or_default(), schema, node, pointer)
        }
        ValidationErrorKind::Enum { .. } => unknown_value::finding(schema, node, pointer),
        ValidationErrorKind::Minimum { limit } => out_of_range::below(limit, schema, node, pointer),
        ValidationErrorKind::Maximum { limit } => out_of_range::above(limit, schema, node, pointer),
        ValidationErrorKind::Pattern { .. } => invalid_format::finding(schema, node, pointer),
        // `type` and `oneOf`; the build refuses other keywords, and `not` cannot fail once the tag
        // has chosen.
        _ => wrong_type::finding(schema, node, pointer),
    });
}

/// The alternative of a choice that takes values of this JSON type.
pub(super) fn chosen(schema: &Schema, node: &Node) -> Option<usize> {
    schema
        .choice
        .iter()
        .position(|alternative| alternative.kind.is_some_and(|kind| is_of(kind, node)))
}

/// Follows a path of the engine, which uses canonical names, to the schema, the value and the
/// pointer in the document.
fn locate<'s, 'n>(
    path: &str,
    mut schema: &'s Schema,
    mut node: &'n Node<'n>,
    at: &Pointer<'_>,
) -> (&'s Schema, &'n Node<'n>, Pointer<'static>) {
    let mut at = at.clone().into_string();
    for token in path.split('/').skip(1) {
        let name = token.replace("~1", "/").replace("~0", "~");
        if let Some(index) = chosen(schema, node) {
            schema = &schema.choice[index];
        }
        match &node.data {
            Data::Object(_) => {
                let Some(member) = node.member(&name) else {
                    break;
                };
                at = Pointer::Text(at).member(&member.written).into_string();
                node = &member.value;
                schema = schema.member(&name).map_or(schema, |(_, schema)| schema);
            }
            Data::Array(items) => {
                let Some((index, item)) = name
                    .parse()
                    .ok()
                    .and_then(|index: usize| Some((index, items.get(index)?)))
                else {
                    break;
                };
                at = Pointer::Text(at).item(index).into_string();
                node = item;
                schema = schema.items.as_deref().unwrap_or(schema);
            }
            _ => break,
        }
    }
    (schema, node, Pointer::Text(at))
}
