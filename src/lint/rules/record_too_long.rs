//! A record has more bytes than are kept of one.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ008",
    name: "record-too-long",
    severity: Severity::Error,
    in_responses: None,
    summary: "A record is too long to be judged.",
    why: "Records are judged in memory, and there is a bound to what one can take. The service is not known to take a body anywhere near it.",
    bad: Example::of(Example::EXCHANGE, r#"{"request":{"method":"GET","url":"…"#),
    good: LIST_JOBS,
    sources: &["FACTS"],
    decisions: &[],
};

/// For a record of more than so many bytes.
pub(crate) fn finding(most: usize) -> Draft {
    Draft::new(
        &RULE,
        Pointer::default(),
        0..0,
        format!(
            "a record of more than {} MiB, which is not judged",
            most >> 20
        ),
    )
    .expected(format!("at most {most} bytes"))
    .help("a line break may be missing before the next record")
}
