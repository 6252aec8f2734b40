//! A record is no exchange.

use super::prelude::*;
use crate::lint::exchange::recorded::Malformed;

pub(crate) static RULE: Rule = Rule {
    id: "KZ007",
    name: "invalid-exchange",
    severity: Severity::Error,
    in_responses: None,
    summary: "A record that should be an exchange is none.",
    why: "A line that was cut, or a recorder that writes another format, leaves nothing to judge. The other records are judged all the same.",
    bad: Example::of(Example::EXCHANGE, r#"{"request":{"method":"GET"}}"#),
    good: LIST_JOBS,
    sources: &["HAR 1.2", "RFC 8259"],
    decisions: &[],
};

/// `text` is the record without all that could be secret.
pub(crate) fn finding(text: &[u8], malformed: Malformed) -> Draft {
    let Malformed {
        span,
        problem,
        help,
    } = malformed;
    let found = match text.get(span.clone()) {
        None | Some([]) => "the end of the record".to_owned(),
        Some(bytes) => shorten(&String::from_utf8_lossy(bytes)),
    };
    Draft::new(&RULE, Pointer::default(), span, problem)
        .expected("an exchange")
        .found(found)
        .help(help)
}
