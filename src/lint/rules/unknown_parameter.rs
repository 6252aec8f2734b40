//! A parameter of the query that the contract does not declare.
//!
//! Reported by: `src/lint/exchange/line.rs`.

use super::prelude::*;
use crate::contract::{Contract, Operation, Parameter};

pub static RULE: Rule = Rule {
    id: "KZ604",
    name: "unknown-parameter",
    severity: Severity::Warning,
    in_responses: None,
    summary: "The query has a parameter that the operation does not declare.",
    why: "Servers ignore what they do not know, so a misspelt parameter is lost without notice.",
    bad: exchange!("GET", "?actionType=job&cuont=10"),
    good: exchange!("GET", "?actionType=job&count=10"),
    sources: &["D:actions_get.md"],
    decisions: &["D-31"],
};

/// `meant` is the parameter that has this name in another case.
pub fn finding(
    name: &str,
    meant: Option<&Parameter>,
    operation: &Operation,
    secret: bool,
    span: Span,
    at: Pointer<'_>,
) -> Draft {
    let names = || operation.query().map(|parameter| &*parameter.name);
    let (found, declared) = (shorten(name), list(names()));
    let message = match meant {
        Some(meant) => format!("`{found}` is spelt `{}`", meant.name),
        None => format!("`{found}` is not declared here"),
    };
    let help = if meant.is_some() {
        "spell it as the contract does".to_owned()
    } else if secret {
        let header = &Contract::get().token_header;
        format!("a token travels in the header `{header}`, and never in a URL")
    } else if let Some(help) = suggestion(name, names()) {
        help
    } else if declared.is_empty() {
        "the operation has no parameters in its query".to_owned()
    } else {
        format!("declared here: {declared}")
    };
    RULE.draft(at, span, message)
        .expected(declared)
        .found(found)
        .help(help)
}
