//! What the JSON Schema engine finds, told by the linter's rules and at the places of the document.

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};

use super::{
    finding::Sink,
    json::{Data, Node},
    pointer::Pointer,
    rules::{invalid_format, missing_member, out_of_range, unknown_value, wrong_type},
};
use crate::contract::{Schema, Type};

/// Holds a value, already in canonical spelling, to its schema.
pub(super) fn validate(validator: &Validator, schema: &Schema, node: &Node, at: &Pointer<'_>, sink: &mut Sink) {
    let value = node.to_value();
    for error in validator.iter_errors(&value) {
        tell(&error, schema, node, at, sink);
    }
}

fn tell(error: &ValidationError<'_>, root: &Schema, whole: &Node, at: &Pointer<'_>, sink: &mut Sink) {
    let (schema, node, pointer) = locate(error.instance_path().as_str(), root, whole, at);
    let alternative = chosen(schema, node);
    if let (ValidationErrorKind::OneOfNotValid { context }, Some(index)) = (error.kind(), alternative) {
        // Only the alternative for this JSON type is worth hearing.
        for error in context.get(index).into_iter().flatten() {
            tell(error, root, whole, at, sink);
        }
        return;
    }
    let schema = alternative.map_or(schema, |index| &schema.choice[index]);
    sink.add(match error.kind() {
        ValidationErrorKind::Required { property } => missing_member::finding(property.as_str().unwrap_or_default(), schema, node, pointer),
        ValidationErrorKind::Enum { .. } => unknown_value::finding(schema, node, pointer),
        ValidationErrorKind::Minimum { limit } => out_of_range::below(limit, schema, node, pointer),
        ValidationErrorKind::Maximum { limit } => out_of_range::above(limit, schema, node, pointer),
        ValidationErrorKind::Pattern { .. } => invalid_format::finding(schema, node, pointer),
        // `type` and `oneOf`; the build refuses other keywords, and `not` cannot fail once the tag has chosen.
        _ => wrong_type::finding(schema, node, pointer),
    });
}

/// The alternative of a choice that takes values of this JSON type.
pub(super) fn chosen(schema: &Schema, node: &Node) -> Option<usize> {
    let fits = |kind: Option<Type>| match (kind, &node.data) {
        (Some(Type::Object), Data::Object(_))
        | (Some(Type::Array), Data::Array(_))
        | (Some(Type::String), Data::String(_))
        | (Some(Type::Boolean), Data::Bool(_))
        | (Some(Type::Number), Data::Number(_)) => true,
        (Some(Type::Integer), Data::Number(number)) => number.is_integer(),
        _ => false,
    };
    schema.choice.iter().position(|alternative| fits(alternative.kind))
}

/// Follows a path of the engine, which uses canonical names, to the schema, the value and the pointer in the document.
fn locate<'s, 'n>(path: &str, mut schema: &'s Schema, mut node: &'n Node, at: &Pointer<'_>) -> (&'s Schema, &'n Node, Pointer<'static>) {
    let mut at = at.clone().into_string();
    for token in path.split('/').skip(1) {
        let name = token.replace("~1", "/").replace("~0", "~");
        if let Some(index) = chosen(schema, node) {
            schema = &schema.choice[index];
        }
        match &node.data {
            Data::Object(_) => {
                let Some(member) = node.member(&name) else { break };
                at = Pointer::Text(at).member(&member.written).into_string();
                node = &member.value;
                schema = schema.member(&name).map_or(schema, |(_, schema)| schema);
            }
            Data::Array(items) => {
                let Some((index, item)) = name.parse().ok().and_then(|index: usize| Some((index, items.get(index)?))) else { break };
                at = Pointer::Text(at).item(index).into_string();
                node = item;
                schema = schema.items.as_deref().unwrap_or(schema);
            }
            _ => break,
        }
    }
    (schema, node, Pointer::Text(at))
}
