//! The text is not JSON.
//!
//! Reported by: `src/lint/document.rs`.

use super::prelude::*;
use crate::json::{Deviation, DeviationKind, SyntaxError, count};
use crate::lint::packed::Packed;

pub static RULE: Rule = Rule {
    id: "KZ001",
    name: "invalid-json",
    severity: Severity::Error,
    in_responses: None,
    summary: "The text is not JSON.",
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

/// What cannot be rewritten at this place; nothing after it is judged.
pub fn syntax(
    text: &[u8],
    SyntaxError {
        span,
        problem,
        help,
    }: SyntaxError,
    deviations: &[Deviation],
) -> Draft {
    let found = snippet(text, &span, "text");
    let help = match count(deviations) {
        all if all.is_empty() => help.to_owned(),
        all => format!("{help}; before it, {all} could be rewritten"),
    };
    RULE.in_text(span, problem)
        .expected("JSON")
        .found(found)
        .help(help)
}

/// A text that is not JSON but a literal of JavaScript or Python, which can be rewritten where all
/// of it is `legible`.
pub fn literal(deviations: &[Deviation], legible: bool) -> Draft {
    let Some(Deviation { kind, span, .. }) = deviations.first() else {
        return RULE.in_text(0..0, "no JSON");
    };
    let name = kind.name();
    let is_literal = deviations.iter().any(|it| it.kind.is_of_a_literal());
    let what = if is_literal {
        "this is a JavaScript or Python literal, not JSON"
    } else {
        "JSON does not have this white space"
    };
    let message = format!("{name}: {what}");
    let edits = || deviations.iter().flat_map(edits);
    let all = count(deviations);
    RULE.in_text(span.clone(), message)
        .expected("JSON")
        .help(format!("{}; in all: {all}", kind.help()))
        .found(all)
        .fix(legible.then(|| Fix::new("rewrite the literal as JSON", edits())))
}

/// A text that is packed: nothing in it is judged.
pub fn packed(Packed { name, help }: Packed) -> Draft {
    RULE.in_text(0..0, format!("this is {name}, not text"))
        .expected("JSON")
        .found(name)
        .help(help)
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
