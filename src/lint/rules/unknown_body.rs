//! The kind of body cannot be detected.
//!
//! Reported by: `src/lint/judge.rs`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ101",
    name: "unknown-body",
    severity: Severity::Error,
    in_responses: None,
    summary: "The kind of body cannot be detected from its members.",
    why: "A body is held to the contract of one operation and direction. Without a member that \
        distinguishes them there is nothing to hold it to.",
    bad: Example::unknown(r#"{"title":"Check the doors"}"#),
    good: Example::unknown(job!()),
    sources: &["FACTS"],
    decisions: &[],
};

/// `looked_for` are the members that would have distinguished it.
pub fn finding(node: Node<'_>, looked_for: &str) -> Draft {
    let message = match node.type_name() {
        "object" => "none of the members shows which body of the API this is".to_owned(),
        kind => format!("a body of the API is an object, and this is of type {kind}"),
    };
    let mut names = node.members().map(Member::written).peekable();
    let found = match names.peek() {
        None => excerpt(node),
        Some(_) => shorten(&list(names)),
    };
    RULE.in_text(node.anchor(), message)
        .expected("a body of the contract")
        .found(found)
        .help(format!("looked for {looked_for}"))
        .remedy(Remedy::SetKind)
}
