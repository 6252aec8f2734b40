//! A number is too large for common readers.
//!
//! Reported by: `src/lint/document.rs` for a number in a body, `src/lint/exchange/value.rs` for a
//! query parameter or a header field, `src/lint/rules/integer_spelling.rs` for an integer that is
//! written with a fraction or an exponent.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ006",
    name: "number-range",
    severity: Severity::Error,
    in_responses: None,
    summary: "A whole number is outside int64, or a number overflows a double.",
    why: "Readers keep whole numbers as 64 bits and others as doubles; what is beyond is cut, \
        rounded or refused, depending on the reader.",
    bad: Example::post(job!(r#","dueDate":9223372036854775808"#)),
    good: Example::post(job!(r#","dueDate":9223372036854775807"#)),
    sources: &["RFC 8259"],
    decisions: &["D-33"],
};

pub fn finding(node: Node<'_>, at: &Pointer<'_>) -> Draft {
    let (least, most) = (i64::MIN, i64::MAX);
    let message = "a number beyond 64 bits or a double, which many readers cannot hold";
    RULE.draft(at.clone(), node.span(), message)
        .expected(format!(
            "a whole number from {least} to {most}, or a double"
        ))
        .help("write a number within that range, or a string where the contract allows one")
}
