//! There is more wrong with a text than is listed.
//!
//! Reported by: `src/lint/linter.rs`.

use super::prelude::*;
use crate::lint::Unlisted;

pub static RULE: Rule = Rule {
    id: "KZ009",
    name: "too-many-findings",
    severity: Severity::Note,
    in_responses: None,
    summary: "There are more findings in a text than are listed.",
    why: "A text can be wrong in a million places, and nobody reads a list of them. The others are \
          counted all the same: whether there are errors, and how many of each rule, is exact.",
    bad: Example::post(action!("Job", r#""title":null"#)).most(0),
    good: JOB,
    sources: &[],
    decisions: &[],
};

/// For a text with these findings more.
pub fn finding(unlisted: &[Unlisted]) -> Draft {
    let count: usize = unlisted.iter().map(|others| others.count).sum();
    RULE.in_text(
        0..0,
        format!("not all findings are listed: there are {count} more"),
    )
    .help("settle what is listed first")
    .remedy(Remedy::ListMore)
}
