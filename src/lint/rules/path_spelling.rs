//! A path is not written as the contract writes it.
//!
//! Reported by: `src/lint/exchange/line.rs`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ602",
    name: "path-spelling",
    severity: Severity::Warning,
    in_responses: None,
    summary: "The path is that of an operation, but not written as the contract writes it.",
    why: "Two pages leave out the version and one ends the path in a slash. Servers differ in what \
          they make of either.",
    bad: Example::exchange(concat!(
        r#"{"request":{"method":"GET","url":"https://api.kaiza.la/groups/"#,
        r#"5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job","#,
        r#""headers":{"accessToken":"a secret"}}}"#,
    )),
    good: LIST_JOBS,
    sources: &["D:actionDetails.md", "D:actions_get.md"],
    decisions: &["D-25", "D-26"],
};

/// The version is missing.
pub fn base(base: &str, span: Span) -> Draft {
    draft(span, format!("the path does not begin with `{base}`"))
        .expected(format!("{base} before the path"))
        .help(format!("write `{base}` before it"))
}

/// There is a slash at the end.
pub fn slash(span: Span) -> Draft {
    draft(span, "the path ends in a slash")
        .expected("no slash at the end")
        .found("/")
        .help("leave it out")
}

/// A part is spelt in another case.
pub fn case(path: &str, span: Span) -> Draft {
    draft(span, format!("the path is spelt `{path}`"))
        .expected(path)
        .help("spell it as the contract does")
}

fn draft(span: Span, message: impl Into<String>) -> Draft {
    RULE.draft(Pointer::of(["path"]), span, message)
}
