//! What a rule is about, in words.

use std::fmt::Write as _;

use kaizala_actions::lint::{Rule, printable};

/// As plain text, for a terminal.
pub(crate) fn explanation(rule: &Rule) -> String {
    let Rule {
        id,
        name,
        summary,
        why,
        bad,
        good,
        ..
    } = rule;
    let mut text = format!(
        "{name} ({id}), {}\n\n{summary}\n\n{why}\n\n",
        severity(rule)
    );
    for (title, example) in [("Bad", bad), ("Good", good)] {
        let kind = example
            .body
            .map_or(String::new(), |kind| format!(" ({kind})"));
        // Into a string, which takes everything.
        let _ = writeln!(text, "{title}{kind}:\n    {}\n", printable(example.text));
    }
    if let Some(survey) = bad.survey {
        let _ = writeln!(text, "Both to the survey:\n    {}\n", printable(survey));
    }
    text + &sources(rule)
}

/// As Markdown, for a page about the rule.
pub(crate) fn markdown(rule: &Rule) -> String {
    let mut text = format!("{}\n\n{}\n\n", rule.summary, rule.why);
    for (title, example) in [("Bad", rule.bad), ("Good", rule.good)] {
        let kind = example
            .body
            .map_or(String::new(), |kind| format!(" (`{kind}`)"));
        let _ = writeln!(
            text,
            "{title}{kind}:\n\n```json\n{}\n```\n",
            printable(example.text)
        );
    }
    if let Some(survey) = rule.bad.survey {
        let _ = writeln!(
            text,
            "Both to the survey:\n\n```json\n{}\n```\n",
            printable(survey)
        );
    }
    text + &sources(rule)
}

fn sources(rule: &Rule) -> String {
    let rulings = if rule.decisions.is_empty() {
        String::new()
    } else {
        format!(
            "Ruling: {} (openapi/README.md)\n",
            rule.decisions.join(", ")
        )
    };
    format!("Source: {}\n{rulings}", rule.sources.join(", "))
}

fn severity(rule: &Rule) -> String {
    match rule.in_responses {
        Some(severity) => format!("{} in requests, {severity} in responses", rule.severity),
        None => rule.severity.to_string(),
    }
}
