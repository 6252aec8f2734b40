//! A path is not written as the contract writes it.
//!
//! Reported by: `src/lint/exchange/line.rs`.

use super::prelude::*;
use crate::lint::text::truncate;

pub static RULE: Rule = Rule {
    id: "KZ602",
    name: "path-spelling",
    severity: Severity::Warning,
    in_responses: None,
    summary: "The path is that of an operation, but not written as the contract writes it.",
    why: "Two pages leave out the version, one ends the path in a slash and one spells it in \
          capitals; clients double slashes. Servers differ in how they treat each of these.",
    bad: Example::exchange(concat!(
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/groups/"#,
        r#"5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job","#,
        r#""headers":{"accessToken":"a secret"}}}"#,
    )),
    good: LIST_JOBS,
    sources: &["D:actionDetails.md", "D:actions_get.md"],
    decisions: &["D-25", "D-26", "D-37"],
};

/// `meant` is the path as the contract writes it.
pub fn finding(oddities: &[&str], meant: &str, span: Span) -> Draft {
    let message = format!("the path {}", oddities.join(", and "));
    let meant = shorten_path(meant);
    RULE.draft(Pointer::of(["path"]), span, message)
        .expected(meant.clone())
        .help(format!("write {meant}"))
}

/// A path, short enough for a message.
pub fn shorten_path(path: &str) -> String {
    truncate(path, 200)
}
