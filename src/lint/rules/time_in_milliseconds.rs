//! A time is in milliseconds.
//!
//! Reported by: `src/lint/exchange/value.rs`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ606",
    name: "time-in-milliseconds",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A time that should be in epoch seconds looks like milliseconds.",
    why: "The documentation does not say the unit, and JavaScript counts in milliseconds. As \
          seconds it lies thousands of years ahead, and nothing is returned.",
    bad: exchange!("GET", "?actionType=job&fromDate=1512086400000"),
    good: exchange!("GET", "?actionType=job&fromDate=1512086400"),
    sources: &["D:actions_get.md"],
    decisions: &["D-10"],
};

pub fn finding(name: &str, milliseconds: i64, span: Span, at: Pointer<'_>) -> Draft {
    let seconds = milliseconds / 1000;
    RULE.draft(at, span, format!("`{name}` looks like milliseconds"))
        .expected("epoch seconds")
        .found(milliseconds.to_string())
        .help(format!("write it in seconds: {seconds}"))
}
