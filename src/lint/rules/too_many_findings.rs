//! A text has more findings than are listed.
//!
//! Reported by: `src/lint/judge.rs`.

use super::prelude::*;
use crate::lint::Unlisted;

pub static RULE: Rule = Rule {
    id: "KZ009",
    name: "too-many-findings",
    severity: Severity::Note,
    in_responses: None,
    summary: "There are more findings in a text than are listed.",
    why: "A text can be wrong in a million places, which is too much for a list. The others are \
        still counted: whether there are errors, and how many of each rule, is exact.",
    bad: Example::post(action!("Job", r#""title":null"#)).most(0),
    good: JOB,
    sources: &[],
    decisions: &[],
};

/// For a text with this many more findings.
pub fn finding(unlisted: &[Unlisted]) -> Draft {
    let count: usize = unlisted.iter().map(|others| others.count).sum();
    RULE.in_text(
        0..0,
        format!("not all findings are listed: there are {count} more"),
    )
    .help("fix the listed findings first")
    .remedy(Remedy::ListMore)
}
