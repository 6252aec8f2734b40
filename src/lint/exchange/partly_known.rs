//! Bodies that are only partly known: the known parts are judged, and each unknown part gets a
//! note.

use super::unresolved::Unresolved;
use crate::{
    body::BodyKind,
    json::Scanner,
    lint::{Linter, Report, rules::unresolved_value},
};

/// Judges a body with gaps.
pub(super) fn lint(linter: &Linter, kind: BodyKind, text: &[u8], gaps: &[Unresolved]) -> Report {
    let gaps: Vec<_> = (gaps.iter())
        .filter(|gap| gap.span.start <= gap.span.end && gap.span.end <= text.len())
        .collect();
    let mut sink = linter.sink();
    for gap in &gaps {
        sink.push(unresolved_value::finding(text, gap.span.clone(), gap.what));
    }
    sink.silence(gaps.iter().map(|gap| gap.span.clone()).collect());
    linter.explain_into(sink, &filled(text, &gaps), text, Some(kind), |_| None)
}

/// The text with each gap filled by a valid JSON value of the same length.
fn filled(text: &[u8], gaps: &[&Unresolved]) -> Vec<u8> {
    let (mut filled, mut scanner, mut at) = (text.to_vec(), Scanner::default(), 0);
    for Unresolved { span, .. } in gaps {
        if span.start < at {
            continue;
        }
        // What touches a gap belongs to the same value.
        let follows = at > 0 && span.start == at;
        for byte in &text[at..span.start] {
            scanner.step(*byte);
        }
        at = span.end;
        let gap = &mut filled[span.clone()];
        if scanner.is_in_string() {
            gap.fill(b'x');
        } else {
            gap.fill(b' ');
            if let Some(first) = gap.first_mut().filter(|_| !follows) {
                *first = b'0';
            }
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_with_what_json_can_have_there() {
        let table = [
            (r#"{"a":{{b}}}"#, r#"{"a":0    }"#),
            (r#"{"a":"{{b}}"}"#, r#"{"a":"xxxxx"}"#),
            (r#"{"a":{{b}}{{c}}}"#, r#"{"a":0         }"#),
            (r#"{"a":{"b":{"c":1}}}"#, r#"{"a":{"b":{"c":1}}}"#),
            (r#"{"a":"{{}} {{ {{"x"}}"}"#, r#"{"a":"{{}} {{ {{"x"}}"}"#),
        ];
        for (text, expected) in table {
            let gaps: Vec<_> = Unresolved::templates(text.as_bytes()).collect();
            let gaps: Vec<_> = gaps.iter().collect();
            let filled = filled(text.as_bytes(), &gaps);
            assert_eq!(String::from_utf8_lossy(&filled), expected);
        }
    }
}
