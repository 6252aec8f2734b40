//! The path does not have this method, or is a misspelt path of the contract.
//!
//! Reported by: `src/lint/exchange/line.rs`.

use super::path_spelling::shorten_path;
use super::prelude::*;
use crate::contract::Operation;

pub static RULE: Rule = Rule {
    id: "KZ601",
    name: "unknown-operation",
    severity: Severity::Error,
    in_responses: None,
    summary: "The API does not have this method for the path, or the path is nearly one of the API.",
    why: "Actions are listed, posted, looked at and answered. No source changes or deletes one. A \
        path with a misspelt word, or without the slash before an id, is taken for a mistake, not \
        for another API.",
    bad: exchange!("DELETE", "?actionType=job"),
    good: LIST_JOBS,
    sources: &["SEED", "SW"],
    decisions: &["D-37"],
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

/// For an unknown path that nearly is `meant`.
pub fn near(written: &str, meant: &str, span: Span) -> Draft {
    let (found, meant) = (shorten_path(written), shorten_path(meant));
    RULE.draft(Pointer::of(["path"]), span, format!("there is no {found}"))
        .expected(meant.clone())
        .found(found)
        .help(format!("did you mean {meant}?"))
}
