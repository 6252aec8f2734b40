//! A path does not have this method.
//!
//! Reported by: `src/lint/exchange/line.rs`.

use super::prelude::*;
use crate::contract::Operation;

pub static RULE: Rule = Rule {
    id: "KZ601",
    name: "unknown-operation",
    severity: Severity::Error,
    in_responses: None,
    summary: "The path is one of the API, and the method is none that it has.",
    why: "Actions are listed, posted, looked at and answered. No source changes or deletes one.",
    bad: exchange!("DELETE", "?actionType=job"),
    good: LIST_JOBS,
    sources: &["SEED", "SW"],
    decisions: &[],
};

/// `candidates` are the operations of the path.
pub fn finding(method: &str, span: Span, candidates: &[&Operation]) -> Draft {
    let found = shorten(method);
    let methods = candidates.iter().map(|operation| &*operation.method);
    let operation = |operation: &&Operation| format!("{} {}", operation.method, operation.path);
    let operations = list(candidates.iter().map(operation));
    let message = format!("the path has no {found}");
    RULE.draft(Pointer::of(["method"]), span, message)
        .expected(list(methods))
        .found(found)
        .help(format!("there is {operations}"))
}
