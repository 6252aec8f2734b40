//! The text is no JSON.
//!
//! Reported by: `src/lint/document.rs`.

use super::prelude::*;
use crate::json::{Deviation, DeviationKind, SyntaxError, count};

pub static RULE: Rule = Rule {
    id: "KZ001",
    name: "invalid-json",
    severity: Severity::Error,
    in_responses: None,
    summary: "The text is no JSON.",
    why: "The documentation's samples are JavaScript literals, and clients have sent such text: \
          bare keys, single quotes, commas before closing brackets. Few readers other than the \
          service itself take it, and each differently.",
    bad: Example::post(
        "{actionType: 'Job', actionBody: {title: 'Check the doors', \
         assignedTo: ['+911234500001'],}}",
    ),
    good: JOB,
    sources: &["D:actions_post.md", "EDS", "ZBX", "SUJ"],
    decisions: &["D-29"],
};

/// What stands at the first place that is no JSON; nothing after it is judged.
pub fn syntax(
    text: &[u8],
    SyntaxError {
        span,
        problem,
        cure,
    }: SyntaxError,
    deviations: &[Deviation],
) -> Draft {
    if let [first, ..] = deviations {
        let problem = format!("{}, and more that is no JSON after it", first.kind.name());
        return RULE
            .in_text(first.span.clone(), problem)
            .expected("JSON")
            .help(first.kind.cure());
    }
    let found = snippet(text, &span, "text");
    RULE.in_text(span, problem)
        .expected("JSON")
        .found(found)
        .help(cure)
}

/// A text that is no JSON but a literal of JavaScript or Python, which can be rewritten where all
/// of it is `legible`.
pub fn literal(deviations: &[Deviation], legible: bool) -> Draft {
    let Some(Deviation { kind, span, .. }) = deviations.first() else {
        return RULE.in_text(0..0, "no JSON");
    };
    let name = kind.name();
    let message = format!("{name}: this is a JavaScript or Python literal, not JSON");
    let edits = || deviations.iter().flat_map(edits);
    let all = count(deviations);
    RULE.in_text(span.clone(), message)
        .expected("JSON")
        .help(format!("{}; in all: {all}", kind.cure()))
        .found(all)
        .fix(legible.then(|| Fix::new("rewrite the literal as JSON", edits())))
}

/// What makes a deviation JSON. Of a string in other quotes whose text can stay, that is the quotes
/// alone: the less a fix writes, the less of the document a report of it shows.
fn edits(deviation: &Deviation) -> Vec<Edit> {
    let Deviation { kind, span, json } = deviation;
    let width = match kind {
        DeviationKind::SingleQuotes => "'".len(),
        DeviationKind::TypographicQuotes => "“".len(),
        _ => return vec![Edit::replace(span, json.clone())],
    };
    // An escape either is one in JSON too, or is longer than what it stands for.
    if json.contains('\\') || json.len() + 2 * width != span.len() + 2 {
        return vec![Edit::replace(span, json.clone())];
    }
    [span.start..span.start + width, span.end - width..span.end]
        .iter()
        .map(|quote| Edit::replace(quote, "\""))
        .collect()
}
