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
    for (dates, more, expected) in [
        (1, "", Some(1)),
        (16, "", Some(16)),
        // Of more, the list as a whole.
        (17, "", Some(1)),
        (100, "", Some(1)),
        (3, other, Some(4)),
    ] {
        let text = survey(dates, more);
        assert_eq!(doubts(KIND, &text), expected, "{text}");
        assert_eq!(disagreement(KIND, text.as_bytes()), None);
        let report = Linter::new().lint(KIND, text.as_bytes());
        let notes = report.iter().filter(|it| it.rule.name == "date-question");
        assert_eq!(notes.count(), dates, "{text}");
    }
}

/// The number of values of a body that are looked at alone, if it is clean except for them.
fn doubts(kind: BodyKind, text: &str) -> Option<usize> {
    let seen = body(kind, Cursor::new(text.as_bytes(), 0));
    Some(seen.ok()?.doubts.len())
}

#[test]
fn a_value_that_does_not_fit_is_looked_at_alone_unless_others_depend_on_it() {
    let job = |members: &str| format!(r#"{{"actionType":"Job","actionBody":{{{members}}}}}"#);
    let to = |members: &str| job(&format!(r#""assignedTo":["b"],{members}"#));
    let survey = |question: &str| {
        let body = format!(r#"{{"title":"a","questions":[{{{question}}}]}}"#);
        format!(r#"{{"actionType":"Survey","actionBody":{body}}}"#)
    };
    let mistaken = |tag: &str, subscribers: &str| {
        let body = r#"{"title":"a","assignedTo":["b"]}"#;
        format!(r#"{{"actionBody":{body},"actionType":{tag},"subscribers":{subscribers}}}"#)
    };
    let foreign = |tag: &str, body: &str, rest: &str| {
        format!(r#"{{"actionType":{tag},"actionBody":{body}{rest}}}"#)
    };
    let question = |members: &str| survey(&format!(r#""title":"a","isInvisible":false{members}"#));
    for (text, expected) in [
        (to(r#""title":7"#), Some(1)),
        (to(r#""title":{}"#), Some(1)),
        (to(r#""title":"a","dueDate":1e1"#), Some(1)),
        (to(r#""title":7,"dueDate":"soon""#), Some(2)),
        (job(r#""title":"a","assignedTo":"b""#), Some(1)),
        (job(r#""title":"a","assignedTo":[1,"b",null]"#), Some(2)),
        (to(r#""title":"a""#).replace("Job", "jOB"), Some(1)),
        // Names and nulls are judged with the object.
        (to(r#""title":"a","dueDate":null"#), None),
        (to(r#""TITLE":"a""#), None),
        (question(r#","Type":"Text""#), Some(1)),
        (to(r#""title":"a","x":7"#), None),
        // Required members.
        (job(r#""title":7"#), None),
        (to(r#""title":null"#), Some(1)),
        (job(r#""title":null,"assignedTo":null"#), Some(2)),
        (job(r#""title":null"#), None),
        // A body is recognised by what is in its members.
        (
            r#"{"actionType":"Job","actionBody":"Job"}"#.to_owned(),
            Some(1),
        ),
        (r#"{"actionType":"Job","actionBody":null}"#.to_owned(), None),
        (r#"{"id":null,"actionBody":{}}"#.to_owned(), None),
        (r#"{"actionType":null,"actionBody":null}"#.to_owned(), None),
        // A type that names no alternative.
        (foreign(r#""Zed""#, r#"{"x":[{"y":null}]}"#, ""), Some(1)),
        (foreign(r#""Contact""#, "{}", ""), Some(1)),
        (foreign(r#""\u005Aed""#, "{}", ""), None),
        (foreign("7", "{}", ""), Some(1)),
        (foreign(r#"["Job"]"#, r#""{}""#, ""), Some(2)),
        (foreign("null", "{}", ""), None),
        (foreign(r#""Zed""#, "{}", r#","id":"a""#), None),
        (foreign(r#""Zed""#, "{}", r#","x":7"#), None),
        (foreign(r#""Zed""#, "{}", r#","subscribers":[7]"#), Some(2)),
        (foreign(r#""Zed""#, r#"{"x":1,"x":2}"#, ""), None),
        (r#"{"actionType":"Zed"}"#.to_owned(), None),
        (
            r#"{"actionBody":{},"actionType":"Zed"}"#.to_owned(),
            Some(1),
        ),
        (r#"{"actionBody":{"actionType":"Zed"}}"#.to_owned(), None),
        // What looks like the type may be a member of another object.
        (mistaken(r#""Survey""#, r#"[{"actionType":"Job"}]"#), None),
        (mistaken(r#""Survey""#, r#"[{"x-actionType":"Job"}]"#), None),
        (mistaken(r#""nope""#, r#"{"actionType":"Job"}"#), None),
        (mistaken(r#""Job""#, r#"[{"actionType":"job"}]"#), None),
        (mistaken(r#""job""#, r#"[{"actionType":"Job"}]"#), None),
        (mistaken(r#""Job""#, r#"[{"actionType":"Job"}]"#), Some(1)),
        (mistaken(r#"{"actionType":"Job"}"#, "[]"), None),
        (mistaken(r#"[{"actionType":"Job"}]"#, "[]"), None),
        (mistaken("5", r#"[{"actionType":"Job"}]"#), None),
        // Text that is not JSON, or has flaws.
        (to(r#""title":7."#), None),
        (to(r#""title":"a","dueDate":"\uD800""#), None),
        (to(r#""title":"a","dueDate":1e999"#), None),
        // Whether options are required depends on the type: the question is judged.
        (question(r#","type":"text""#), Some(1)),
        (question(r#","type":7,"options":[7]"#), Some(1)),
        (question(r#","type":"Text","x":{"x":1,"y":[]}"#), Some(1)),
        (question(r#","type":"Text","x":{"x":1,"x":2}"#), None),
        (question(r#","TYPE":"Date""#), Some(1)),
    ] {
        let kind = BodyKind::PostActionRequest;
        assert_eq!(doubts(kind, &text), expected, "{text}");
        assert_eq!(disagreement(kind, text.as_bytes()), None);
    }
    for (action, expected) in [("7", Some(1)), (r#"{"actionType":7}"#, None)] {
        let kind = BodyKind::ListActionsResponse;
        let text = format!(r#"{{"actions":[{action}]}}"#);
        assert_eq!(doubts(kind, &text), expected, "{text}");
        assert_eq!(disagreement(kind, text.as_bytes()), None);
    }
}

#[test]
fn listing_less_than_there_is_lists_the_same_on_all_ways() {
    let text =
        r#"{"actionType":"job","actionBody":{"title":7,"assignedTo":[1,2,"c"],"dueDate":"x"}}"#;
    let kind = BodyKind::PostActionRequest;
    assert_eq!(doubts(kind, text), Some(5));
    for most in 0..8 {
        let linter = Linter::new().most_findings(most);
        let proper = linter.explain(text.as_bytes(), Some(kind), |_| None);
        assert_eq!(linter.run(text.as_bytes(), Some(kind)), proper, "{most}");
    }
}
