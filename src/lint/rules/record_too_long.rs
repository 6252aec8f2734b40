//! A record is too long to be judged.
//!
//! Reported by: `src/lint/exchange/judge.rs`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ008",
    name: "record-too-long",
    severity: Severity::Error,
    in_responses: None,
    summary: "A record is too long to be judged.",
    why: "Records are judged in memory, which has to be limited. The service is \
          not known to take a body anywhere near it.",
    bad: Example::exchange(r#"{"request":{"method":"GET","url":"…"#),
    good: LIST_JOBS,
    sources: &["FACTS"],
    decisions: &[],
};

/// For a record of more than `most` bytes.
pub fn finding(most: usize) -> Draft {
    let size = most >> 20;
    let message = format!("a record of more than {size} MiB, which is not judged");
    RULE.in_text(0..0, message)
        .expected(format!("at most {most} bytes"))
        .help("a line break may be missing before the next record")
}
