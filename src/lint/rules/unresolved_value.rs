//! A part of the body is not in the record: a variable, a command or a file supplies it.
//!
//! Reported by: `src/lint/exchange/partly_known.rs`.

use super::prelude::*;
use crate::lint::exchange::UnresolvedKind;

pub static RULE: Rule = Rule {
    id: "KZ614",
    name: "unresolved-value",
    severity: Severity::Note,
    in_responses: None,
    summary: "A part of the body is not in the record, and is not judged.",
    why: "Scripts and collections have variables, commands and names of files in place of values. \
        The rest of the body is judged.",
    bad: exchange!(
        "POST",
        "",
        r#""accessToken":"a secret","content-type":"application/json""#,
        r#""{\"actionType\":\"Job\",\"actionBody\":{\"title\":\"Check the doors\",\"assignedTo\":[\"+911234500001\"],\"dueDate\":{{hours}}}}""#
    ),
    good: POST_JOB,
    sources: &["Postman 2.1"],
    decisions: &[],
};

pub fn finding(text: &[u8], span: Span, what: UnresolvedKind) -> Draft {
    let (message, help) = what.words();
    let found = part(text, &span).filter(|found| !found.is_empty());
    let draft = RULE.in_text(span.clone(), message).help(help);
    match found {
        Some(found) => draft.found(shorten(found)),
        None => draft,
    }
}
