//! The fast pass may only ever agree with the linter proper.

use std::{fs, path::Path};

use super::{
    agreement::disagreement,
    body,
    mutate::{Random, mutate},
};
use crate::{body::BodyKind, json::Cursor, lint::Linter};

/// Whether the pass is certain that a body is clean.
fn surely_clean(kind: BodyKind, text: &[u8]) -> bool {
    let seen = body(kind, Cursor::new(text, 0));
    seen.is_ok_and(|seen| seen.doubts.is_empty())
}

/// All bodies of `openapi/examples`, with the kind that their folder names.
fn bodies() -> Vec<(BodyKind, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/examples");
    let mut bodies = Vec::new();
    for verdict in ["valid", "lenient", "invalid"] {
        for kind in BodyKind::ALL {
            let mut paths: Vec<_> = fs::read_dir(root.join(verdict).join(kind.name()))
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .collect();
            paths.sort();
            let json = paths
                .iter()
                .filter(|path| path.extension().is_some_and(|ending| ending == "json"));
            bodies.extend(json.map(|path| (*kind, fs::read(path).unwrap())));
        }
    }
    bodies
}

#[test]
fn examples_get_the_same_verdict() {
    let wrong: Vec<_> = bodies()
        .iter()
        .filter_map(|(kind, text)| disagreement(*kind, text))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn most_clean_examples_are_seen_to_be_clean() {
    let linter = Linter::new();
    let clean: Vec<_> = bodies()
        .into_iter()
        .filter(|(kind, text)| linter.explain(text, Some(*kind), |_| None).is_clean())
        .collect();
    let missed: Vec<_> = clean
        .iter()
        .filter(|(kind, text)| !surely_clean(*kind, text))
        .map(|(_, text)| String::from_utf8_lossy(text))
        .collect();
    // Escapes in keys and in values that matter are left to the linter proper, and so is the type
    // in details.
    assert!(
        missed.len() * 4 < clean.len(),
        "{} of {} clean bodies are missed:\n{}",
        missed.len(),
        clean.len(),
        missed.join("\n")
    );
}

#[test]
fn a_type_that_comes_last_is_foreseen_and_what_looks_like_one_does_no_harm() {
    const KIND: BodyKind = BodyKind::PostActionRequest;
    let job = r#""actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}"#;
    for (text, clean) in [
        (format!(r#"{{{job},"actionType":"Job"}}"#), true),
        (
            format!(
                r#"{{{job}, "actionType" : "Job", "subscribers": ["a:b"], "replyToReferenceId": "c:d"}}"#
            ),
            true,
        ),
        (format!(r#"{{{job},"actionType":"Survey"}}"#), false),
        (
            format!(
                r#"{{{job},"actionType":"Job","replyToReferenceId":"\"actionType\":\"Survey\""}}"#
            ),
            true,
        ),
        (
            format!(r#"{{{job},"actionType":"Job","actionType":"Job"}}"#),
            false,
        ),
        (format!(r"{{{job}}}"), false),
        (
            r#"{"actionBody":{"title":"\"actionType\":"},"id":"a.b.1"}"#.to_owned(),
            true,
        ),
    ] {
        assert_eq!(surely_clean(KIND, text.as_bytes()), clean, "{text}");
        assert_eq!(disagreement(KIND, text.as_bytes()), None);
    }
}

#[test]
fn mutated_examples_get_the_same_verdict() {
    let mut random = Random::from(1);
    let bodies: Vec<_> = bodies()
        .into_iter()
        .filter(|(_, text)| text.len() < 2_000)
        .collect();
    let mut wrong = Vec::new();
    let mut clean = 0;
    for _ in 0..20 {
        for (kind, text) in &bodies {
            let mut text = text.clone();
            for _ in 0..=random.below(2) {
                mutate(&mut text, &mut random);
            }
            clean += usize::from(surely_clean(*kind, &text));
            wrong.extend(disagreement(*kind, &text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        clean > 100,
        "only {clean} mutated bodies are still clean: the test sees nothing"
    );
}

#[test]
fn rules_look_at_single_values_unless_they_are_many() {
    const KIND: BodyKind = BodyKind::PostActionRequest;
    let survey = |dates: usize, more: &str| {
        let question = r#"{"title":"When?","type":"Date","isInvisible":false}"#;
        let questions = vec![question; dates].join(",");
        format!(
            r#"{{"actionType":"Survey","actionBody":{{"title":"a","questions":[{questions}{more}]}}}}"#
        )
    };
    let other = r#",{"title":"Who?","type":"Person","isInvisible":false}"#;
    for (dates, more, is_followed) in [
        (1, "", true),
        (16, "", true),
        (17, "", false),
        (100, "", false),
        (3, other, false),
    ] {
        let text = survey(dates, more);
        let text = text.as_bytes();
        let doubts = body(KIND, Cursor::new(text, 0)).map(|seen| seen.doubts.len());
        let text = String::from_utf8_lossy(text);
        assert_eq!(doubts.ok(), is_followed.then_some(dates), "{text}");
        assert_eq!(disagreement(KIND, text.as_bytes()), None);
        let report = Linter::new().lint(KIND, text.as_bytes());
        let notes = report.iter().filter(|it| it.rule.name == "date-question");
        assert_eq!(notes.count(), dates, "{text}");
    }
}
