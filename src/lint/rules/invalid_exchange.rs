//! A record is not an exchange.
//!
//! Reported by: `src/lint/exchange/judge.rs`.

use super::prelude::*;
use crate::lint::exchange::recorded::Malformed;

pub static RULE: Rule = Rule {
    id: "KZ007",
    name: "invalid-exchange",
    severity: Severity::Error,
    in_responses: None,
    summary: "A record that should be an exchange is not one.",
    why: "A line that was cut, or a recorder that writes another format, leaves nothing to judge. \
          The other records are judged nonetheless.",
    bad: Example::exchange(r#"{"request":{"method":"GET"}}"#),
    good: LIST_JOBS,
    sources: &["HAR 1.2", "RFC 8259"],
    decisions: &[],
};

/// `text` is the record without possible secrets.
pub fn finding(text: &[u8], malformed: Malformed) -> Draft {
    let found = snippet(text, &malformed.span, "record");
    let draft = RULE
        .in_text(malformed.span, malformed.problem)
        .expected("an exchange")
        .help(malformed.help);
    // The text around the records may hide secrets.
    if text.is_empty() {
        draft
    } else {
        draft.found(found)
    }
}
