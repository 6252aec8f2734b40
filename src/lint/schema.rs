//! Turns errors of the JSON Schema engine into findings of the linter's rules.

use jsonschema::{ValidationError, error::ValidationErrorKind};

use super::{
    finding::Sink,
    plan::Plan,
    pointer::Pointer,
    rules::{invalid_format, missing_member, out_of_range, unknown_value, wrong_type},
};
use crate::json::Node;

/// Validates a value, in canonical spelling, against what its schema says about it without its parts.
/// The parts are validated against their own schemas.
pub(super) fn validate(plan: &Plan, node: Node<'_>, at: &Pointer<'_>, sink: &mut Sink) {
    let errors: Vec<_> = plan.engine().iter_errors(node).collect();
    let is_of_type =
        |error: &&ValidationError<'_>| matches!(error.kind(), ValidationErrorKind::Type { .. });
    // Other errors about a value of the wrong type follow from that.
    let errors = match errors.iter().find(is_of_type) {
        Some(error) => std::slice::from_ref(error),
        None => &errors[..],
    };
    for error in errors {
        report(error, plan, node, at, sink);
    }
}

fn report(
    error: &ValidationError<'_>,
    plan: &Plan,
    node: Node<'_>,
    at: &Pointer<'_>,
    sink: &mut Sink,
) {
    let schema = plan.schema;
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            let draft = || missing_member::finding(name, schema, node, at);
            sink.report(&missing_member::RULE, &node, draft);
        }
        ValidationErrorKind::Enum { .. } => {
            let draft = || unknown_value::finding(schema, node, at);
            sink.report(&unknown_value::RULE, &node, draft);
        }
        ValidationErrorKind::Minimum { limit } => {
            let draft = || out_of_range::finding(limit, false, schema, node, at);
            sink.report(&out_of_range::RULE, &node, draft);
        }
        ValidationErrorKind::Maximum { limit } => {
            let draft = || out_of_range::finding(limit, true, schema, node, at);
            sink.report(&out_of_range::RULE, &node, draft);
        }
        ValidationErrorKind::Pattern { .. } => {
            let draft = || invalid_format::finding(schema, node, at);
            sink.report(&invalid_format::RULE, &node, draft);
        }
        // `type` and `oneOf`; the build refuses other keywords, and `not` cannot fail once the tag
        // has chosen.
        _ => {
            let draft = || wrong_type::finding(schema, node, at);
            sink.report(&wrong_type::RULE, &node, draft);
        }
    }
}
