//! A parameter of the query that the contract does not declare.

use super::prelude::*;
use crate::contract::{Contract, Operation, Parameter};

pub(crate) static RULE: Rule = Rule {
    id: "KZ604",
    name: "unknown-parameter",
    severity: Severity::Warning,
    in_responses: None,
    summary: "The query has a parameter that the operation does not declare.",
    why: "Servers ignore what they do not know, so a misspelt parameter is lost without a word.",
    bad: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job&cuont=10","headers":{"accessToken":"a secret"}}}"#,
    ),
    good: Example::of(
        Example::EXCHANGE,
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job&count=10","headers":{"accessToken":"a secret"}}}"#,
    ),
    sources: &["D:actions_get.md"],
    decisions: &["D-31"],
};

/// `meant` is the parameter that has this name in another case.
pub(crate) fn finding(
    name: &str,
    meant: Option<&Parameter>,
    operation: &Operation,
    secret: bool,
    span: Span,
    at: Pointer<'_>,
) -> Draft {
    let names: Vec<_> = operation
        .query()
        .map(|parameter| parameter.name.as_str())
        .collect();
    let (message, help) = match (meant, nearest(name, names.iter().copied())) {
        (Some(meant), _) => (
            format!("`{}` is spelt `{}`", shorten(name), meant.name),
            "spell it as the contract does".to_owned(),
        ),
        (None, _) if secret => (
            format!("`{}` is not declared here", shorten(name)),
            format!(
                "a token travels in the header `{}`, and never in a URL",
                Contract::get().token_header
            ),
        ),
        (None, Some(near)) => (
            format!("`{}` is not declared here", shorten(name)),
            format!("did you mean `{near}`?"),
        ),
        (None, None) if names.is_empty() => (
            format!("`{}` is not declared here", shorten(name)),
            "the operation has no parameters in its query".to_owned(),
        ),
        (None, None) => (
            format!("`{}` is not declared here", shorten(name)),
            format!("declared here: {}", names.join(", ")),
        ),
    };
    Draft::new(&RULE, at, span, message)
        .expected(names.join(", "))
        .found(shorten(name))
        .help(help)
}
