//! Turns violations of a schema by a value in a body into findings of the linter's rules.
//! `validator.rs` detects the violations, and `keywords.rs` does in WebAssembly.

use super::{
    finding::Sink,
    plan::Plan,
    pointer::Pointer,
    rules::{invalid_format, missing_member, out_of_range, unknown_value, wrong_type},
    violation::Violation,
};
use crate::json::Node;

/// Validates a value, in canonical spelling, against what its schema says about it without its parts.
/// The parts are validated against their own schemas.
pub(super) fn validate(plan: &Plan, node: Node<'_>, at: &Pointer<'_>, sink: &mut Sink) {
    let violations = plan.engine().violations(node);
    let of_type = violations.iter().find(|it| **it == Violation::Type);
    // Other violations by a value of the wrong type follow from that.
    let violations = of_type.map_or(&violations[..], std::slice::from_ref);
    for violation in violations {
        report(violation, plan, node, at, sink);
    }
}

fn report(violation: &Violation, plan: &Plan, node: Node<'_>, at: &Pointer<'_>, sink: &mut Sink) {
    let schema = plan.schema;
    match violation {
        Violation::Required(name) => {
            let draft = || missing_member::finding(name, schema, node, at);
            sink.report(&missing_member::RULE, &node, draft);
        }
        Violation::Enum => {
            let draft = || unknown_value::finding(schema, node, at);
            sink.report(&unknown_value::RULE, &node, draft);
        }
        Violation::Range { limit, is_above } => {
            let draft = || out_of_range::finding(limit, *is_above, schema, node, at);
            sink.report(&out_of_range::RULE, &node, draft);
        }
        Violation::Pattern => {
            let draft = || invalid_format::finding(schema, node, at);
            sink.report(&invalid_format::RULE, &node, draft);
        }
        Violation::Type | Violation::Choice => {
            let draft = || wrong_type::finding(schema, node, at);
            sink.report(&wrong_type::RULE, &node, draft);
        }
    }
}
