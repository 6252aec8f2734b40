//! A member that the contract does not declare.
//!
//! Reported by: `src/lint/walk.rs`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ108",
    name: "unknown-member",
    severity: Severity::Warning,
    in_responses: Some(Severity::Note),
    summary: "An object has a member that the contract does not declare there.",
    why: "The service ignores members that it does not know, so a misspelt one is lost without \
        notice. In responses it may be news: the service adds members.",
    bad: Example::post(job!(r#","dueDat":10"#)),
    good: Example::post(job!(r#","dueDate":10"#)),
    sources: &["D:actions_post.md"],
    decisions: &["D-31"],
};

pub fn finding(schema: &Schema, member: Member<'_>, object: &Pointer<'_>) -> Draft {
    let written = member.written();
    let properties = || schema.properties.iter().flatten();
    let names = || properties().map(|(name, _)| name.as_str());
    let declared = list(names());
    let inside = properties().find(|(_, inner)| inner.member(written).is_some());
    let help = match inside {
        Some((inner, _)) => format!("it belongs inside `{inner}`"),
        None => {
            suggestion(written, names()).unwrap_or_else(|| format!("declared here: {declared}"))
        }
    };
    let found = shorten(written);
    RULE.on_key(member, object, format!("`{found}` is not declared here"))
        .expected(declared)
        .found(found)
        .help(help)
}
