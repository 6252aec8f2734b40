//! What a rule is about, in words.

use std::fmt::Write as _;

use super::{Rule, printable};

impl Rule {
    /// What the rule is about, as plain text: what `kaizala-actions explain` prints.
    ///
    /// ```
    /// use kaizala_actions::lint::Rule;
    ///
    /// let rule = Rule::find("missing-member").unwrap();
    /// assert!(rule.explanation().starts_with("missing-member (KZ301), error\n"));
    /// ```
    #[must_use]
    pub fn explanation(&self) -> String {
        let severity = severity(self);
        let words = words(self, "", "    ", "\n");
        format!("{} ({}), {severity}\n\n{words}", self.name, self.id)
    }

    /// The same as Markdown, for a page about the rule.
    #[must_use]
    pub fn markdown(&self) -> String {
        words(self, "`", "\n```json\n", "\n```\n")
    }
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
