//! A string is not Unicode text.
//!
//! Reported by: `src/lint/document.rs`.

use super::prelude::*;
use crate::json::Flaw;

pub static RULE: Rule = Rule {
    id: "KZ003",
    name: "invalid-unicode",
    severity: Severity::Error,
    in_responses: None,
    summary: "The text is not UTF-8, or an escape is half of a surrogate pair.",
    why: "JSON is exchanged in UTF-8 only (RFC 8259, 8.1), and half of a surrogate pair is not a \
        character: some readers refuse it, others replace it.",
    bad: Example::post(action!(
        "Job",
        r#""title":"Check \ud83d the doors","assignedTo":["+911234500001"]"#
    )),
    good: Example::post(action!(
        "Job",
        r#""title":"Check \ud83d\ude80 the doors","assignedTo":["+911234500001"]"#
    )),
    sources: &["RFC 8259"],
    decisions: &["D-33"],
};

/// A fault inside a string or a key.
pub fn finding(flaw: &Flaw, at: &Pointer<'_>) -> Draft {
    let (span, message, help) = match flaw {
        Flaw::Surrogate(span) => (
            span,
            "half of a surrogate pair",
            "write both halves, or the character itself",
        ),
        Flaw::Bytes(span) => (span, "bytes that are not UTF-8", "save the text as UTF-8"),
        // Numbers have a rule of their own.
        Flaw::Range => (&(0..0), "a number out of range", "write a smaller one"),
    };
    RULE.draft(at.clone(), span.clone(), message)
        .expected("Unicode text in UTF-8")
        .help(help)
}

/// A text that is in another encoding as a whole.
pub fn foreign_encoding(name: &str) -> Draft {
    RULE.in_text(0..2, format!("the text is in {name}"))
        .expected("UTF-8")
        .found(name)
        .help("save the text as UTF-8")
}
