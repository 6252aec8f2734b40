//! What a rule is about, in words.

use std::fmt::Write as _;

use kaizala_actions::lint::{Rule, printable};

/// As plain text, for a terminal.
pub(crate) fn explanation(rule: &Rule) -> String {
    let severity = severity(rule);
    let words = words(rule, "", "    ", "\n");
    format!("{} ({}), {severity}\n\n{words}", rule.name, rule.id)
}

/// As Markdown, for a page about the rule.
pub(crate) fn markdown(rule: &Rule) -> String {
    words(rule, "`", "\n```json\n", "\n```\n")
}

/// The text that both share, with `quote` on both sides of the kind of body, and what precedes and
/// follows an example.
fn words(rule: &Rule, quote: &str, before: &str, after: &str) -> String {
    let mut text = format!("{}\n\n{}\n\n", rule.summary, rule.why);
    let Rule { bad, good, .. } = rule;
    for (title, kind, example) in [
        ("Bad", bad.body, Some(bad.text)),
        ("Good", good.body, Some(good.text)),
        ("Both to the survey", None, bad.survey),
    ] {
        let Some(example) = example.map(printable) else {
            continue;
        };
        let kind = kind.map_or(String::new(), |kind| format!(" ({quote}{kind}{quote})"));
        // Into a string, which takes everything.
        let _ = writeln!(text, "{title}{kind}:\n{before}{example}{after}");
    }
    if let Some(most) = bad.most_findings {
        let _ = writeln!(text, "With --most-findings {most}.\n");
    }
    if !rule.sources.is_empty() {
        let _ = writeln!(text, "Source: {}", rule.sources.join(", "));
    }
    if !rule.decisions.is_empty() {
        let rulings = rule.decisions.join(", ");
        let _ = writeln!(text, "Ruling: {rulings} (openapi/README.md)");
    }
    text
}

fn severity(rule: &Rule) -> String {
    match rule.in_responses {
        Some(severity) => format!("{} in requests, {severity} in responses", rule.severity),
        None => rule.severity.to_string(),
    }
}
