//! The text begins with a byte order mark.
//!
//! Reported by: `src/lint/document.rs`.

use super::prelude::*;
use crate::json::BYTE_ORDER_MARK;

pub static RULE: Rule = Rule {
    id: "KZ005",
    name: "byte-order-mark",
    severity: Severity::Warning,
    in_responses: None,
    summary: "The text begins with a byte order mark.",
    why: "RFC 8259 forbids senders to add one; many readers refuse it with a message that does not \
          show what is wrong.",
    bad: Example::post(concat!("\u{feff}", job!())),
    good: JOB,
    sources: &["RFC 8259"],
    decisions: &[],
};

/// How many bytes the mark takes (some tools put one before another), or which other encoding the
/// text begins in.
pub fn length(text: &[u8]) -> Result<usize, &'static str> {
    match text {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Err("UTF-32"),
        // JSON begins with two characters of ASCII, so a zero byte among them is half of a wider
        // character.
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, 1..=0xFF, ..] | [1..=0xFF, 0, ..] => {
            Err("UTF-16")
        }
        _ => {
            let marks = text
                .chunks(BYTE_ORDER_MARK.len())
                .take_while(|chunk| *chunk == BYTE_ORDER_MARK.as_bytes());
            Ok(marks.count() * BYTE_ORDER_MARK.len())
        }
    }
}

pub fn finding(length: usize) -> Draft {
    RULE.in_text(0..length, "the text begins with a byte order mark")
        .help("save it as UTF-8 without byte order mark")
        .fix(Fix::replace("remove the byte order mark", &(0..length), ""))
}
