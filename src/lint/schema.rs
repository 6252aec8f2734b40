//! What the JSON Schema engine finds, told by the linter's rules and at the places of the document.

use jsonschema::{ValidationError, error::ValidationErrorKind};

use super::{
    finding::Sink,
    pointer::Pointer,
    rules::{invalid_format, missing_member, out_of_range, unknown_value, wrong_type},
    validator::validator,
};
use crate::contract::{Schema, Type};
use crate::json::{Data, Node};

/// Holds a value, already in canonical spelling, to its schema, which has this name in the contract.
pub(super) fn validate(
    name: &str,
    schema: &Schema,
    node: &Node<'_>,
    at: &Pointer<'_>,
    sink: &mut Sink,
) {
    // Most of what is asked about has its faults elsewhere, and the first question is the cheaper one.
    if let Some(validator) = validator(name).filter(|validator| !validator.is_valid(node)) {
        for error in validator.iter_errors(node) {
            tell(&error, schema, node, at, sink);
        }
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
    sink.push(match error.kind() {
        ValidationErrorKind::Required { property } => {
            missing_member::finding(property.as_str().unwrap_or_default(), schema, node, pointer)
        }
        ValidationErrorKind::Enum { .. } => unknown_value::finding(schema, node, &pointer),
        ValidationErrorKind::Minimum { limit } => {
            out_of_range::finding(limit, false, schema, node, &pointer)
        }
        ValidationErrorKind::Maximum { limit } => {
            out_of_range::finding(limit, true, schema, node, &pointer)
        }
        ValidationErrorKind::Pattern { .. } => invalid_format::finding(schema, node, &pointer),
        // `type` and `oneOf`; the build refuses other keywords, and `not` cannot fail once the tag
        // has chosen.
        _ => wrong_type::finding(schema, node, &pointer),
    });
}

/// The alternative of a choice that takes values of this JSON type.
pub(super) fn chosen(schema: &Schema, node: &Node) -> Option<usize> {
    let takes = |kind: Type| match node.kind() {
        "integer" => matches!(kind, Type::Integer | Type::Number),
        name => kind.name() == name,
    };
    schema
        .choice
        .iter()
        .position(|alternative| alternative.kind.is_some_and(takes))
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
