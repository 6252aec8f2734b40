//! Whatever the bytes are, the linter answers, and the answer holds together.
//!
//! The cases are the same in every run;
//! `PROPTEST_CASES=100000 cargo test -p kaizala-actions --test it properties` tries others.

use std::{ops::Range, sync::LazyLock};

use kaizala_actions::{
    body::BodyKind,
    lint::{Finding, Fix, Linter, Report, Severity},
};
use proptest::{collection::vec, prelude::*, sample::Index, sample::select, test_runner::RngSeed};
use serde_json::Value;

use crate::corpus::{Example, Outcome, examples, render};
use crate::schemas::Schemas;

#[expect(
    clippy::expect_used,
    reason = "without examples there is nothing to test"
)]
static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| examples().expect("the examples"));

#[expect(clippy::expect_used, reason = "as above")]
static SCHEMAS: LazyLock<Schemas> =
    LazyLock::new(|| Schemas::compile().expect("the published schemas"));

fn config(cases: u32) -> ProptestConfig {
    let asked = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let is_asked = std::env::var_os("PROPTEST_CASES").is_some();
    if is_asked {
        asked
    } else {
        ProptestConfig {
            cases,
            rng_seed: RngSeed::Fixed(1),
            ..asked
        }
    }
}

// ---- what is linted

/// What a body is built of, and what is no JSON but looks like it.
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "{", "}", "[", "]", ":", ",", "\"", "'", "“", "\\", "\\u0041", "\\ud83d", "\\ude00", "null", "true", "None", "NaN", "0",
    "-", "1.0", "1e400", "9223372036854775808", "12", "\"\"", "{}", "[]", "/*", "*/", "//", "#", "\n", "\r\n", " ", "\u{feff}",
    "é", "🚒", "\u{0}", "\u{7}", "a", "\"id\":", "\"actionType\":", "\"ACTIONTYPE\":", "\"actionBody\":", "\"title\":",
    "\"Title\":", "\"questions\":", "\"type\":", "\"options\":", "\"dueDate\":", "\"subscribers\":", "\"properties\":",
    "\"Answers\":", "\"actions\":", "\"errorCode\":", "\"Job\"", "\"survey\"", "\"Poll\"", "\"Audio\"", "\"travail\"",
];

/// A change of a text; places are given relative to its length.
#[derive(Clone, Debug)]
enum Mutation {
    Flip(Index, u8),
    Delete(Index, usize),
    Duplicate(Index, usize),
    Insert(Index, &'static str),
    Splice(Index, Index, Index, usize),
}

impl Mutation {
    fn any() -> impl Strategy<Value = Self> {
        let (place, length) = (any::<Index>, || 1_usize..40);
        prop_oneof![
            (place(), 1_u8..).prop_map(|(at, mask)| Self::Flip(at, mask)),
            (place(), length()).prop_map(|(at, length)| Self::Delete(at, length)),
            (place(), length()).prop_map(|(at, length)| Self::Duplicate(at, length)),
            (place(), select(TOKENS)).prop_map(|(at, token)| Self::Insert(at, token)),
            (place(), place(), place(), length())
                .prop_map(|(at, other, from, length)| Self::Splice(at, other, from, length)),
        ]
    }

    fn apply(&self, text: &mut Vec<u8>) {
        let range = |text: &[u8], at: &Index, length: usize| -> Range<usize> {
            let start = at.index(text.len() + 1);
            start..text.len().min(start + length)
        };
        match self {
            Self::Flip(at, mask) if !text.is_empty() => {
                let at = at.index(text.len());
                text[at] ^= mask;
            }
            Self::Flip(..) => {}
            Self::Delete(at, length) => drop(text.drain(range(text, at, *length))),
            Self::Duplicate(at, length) => {
                let range = range(text, at, *length);
                let copy = text[range.clone()].to_vec();
                text.splice(range.end..range.end, copy);
            }
            Self::Insert(at, token) => {
                let at = at.index(text.len() + 1);
                text.splice(at..at, token.bytes());
            }
            Self::Splice(at, other, from, length) => {
                let other = &other.get(&EXAMPLES).text;
                let at = at.index(text.len() + 1);
                text.splice(at..at, other[range(other, from, *length)].to_vec());
            }
        }
    }
}

/// What members are given in place of their values.
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "null", "true", "0", "-1", "1.0", "2.5", "1e30", "91", "\"\"", "\"text\"", "\"job\"", "\"Survey\"", "\"Audio\"",
    "\"travail\"", "\"date\"", "\"SingleOption\"", "[]", "[null]", "[\"a\"]", "{}", "{\"title\":\"a\"}", "{\"actionId\":1}",
];

/// Names that are given to members, and that are sought in other places than theirs.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "id", "actionType", "ActionType", "actionBody", "subscribers", "sendToAllSubscribers", "responseId", "sentAt",
    "creationTime", "title", "TITLE", "duration", "DurationInMins", "properties", "Options", "imageUrl", "errorCode", "actions",
    "a/b~c", "", "dueDat",
];

/// A change of one object that leaves the text JSON.
#[derive(Clone, Debug)]
enum Change {
    Value(Index, &'static str),
    Name(Index, &'static str),
    Case(Index),
    BothCases(Index, &'static str),
    Member(&'static str, &'static str),
    Removal(Index),
}

impl Change {
    fn any() -> impl Strategy<Value = Self> {
        let (place, name, value) = (any::<Index>, || select(NAMES), || select(VALUES));
        prop_oneof![
            (place(), value()).prop_map(|(at, value)| Self::Value(at, value)),
            (place(), name()).prop_map(|(at, name)| Self::Name(at, name)),
            place().prop_map(Self::Case),
            (place(), value()).prop_map(|(at, value)| Self::BothCases(at, value)),
            (name(), value()).prop_map(|(name, value)| Self::Member(name, value)),
            place().prop_map(Self::Removal),
        ]
    }

    fn apply(&self, members: &mut Vec<(String, Value)>) {
        let value = |text: &str| serde_json::from_str(text).unwrap_or_default();
        let last = members.len();
        let pick = |at: &Index| if last == 0 { 0 } else { at.index(last) };
        match self {
            Self::Value(at, text) => members[pick(at)..]
                .iter_mut()
                .take(1)
                .for_each(|(_, member)| *member = value(text)),
            Self::Name(at, name) => members[pick(at)..]
                .iter_mut()
                .take(1)
                .for_each(|(member, _)| (*name).clone_into(member)),
            Self::Case(at) => members[pick(at)..]
                .iter_mut()
                .take(1)
                .for_each(|(name, _)| *name = other_case(name)),
            Self::BothCases(at, text) => {
                let copy = members[pick(at)..]
                    .first()
                    .map(|(name, _)| (other_case(name), value(text)));
                members.extend(copy);
            }
            Self::Member(name, text) => members.insert(last / 2, ((*name).to_owned(), value(text))),
            Self::Removal(at) => drop(members.drain(pick(at)..last.min(pick(at) + 1))),
        }
    }
}

fn other_case(name: &str) -> String {
    if name.chars().all(char::is_uppercase) {
        name.to_lowercase()
    } else {
        name.to_uppercase()
    }
}

/// A value as JSON, with changes in the objects that are counted down to; members may come to have
/// the same name.
fn changed(value: &Value, changes: &mut [(usize, Change)]) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.clone().into_iter().collect();
            for (countdown, change) in &mut *changes {
                if *countdown == 0 {
                    change.apply(&mut members);
                }
                *countdown = countdown.wrapping_sub(1);
            }
            let members = members.iter().map(|(name, value)| {
                format!(
                    "{}: {}",
                    Value::from(name.as_str()),
                    changed(value, changes)
                )
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!(
            "[{}]",
            items
                .iter()
                .map(|item| changed(item, changes))
                .collect::<Vec<_>>()
                .join(",")
        ),
        other => other.to_string(),
    }
}

fn kind() -> impl Strategy<Value = BodyKind> {
    select(BodyKind::ALL)
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn any_bytes_are_answered(kind in kind(), text in vec(any::<u8>(), 0..120)) {
        check(kind, &text)?;
    }

    #[test]
    fn any_tokens_are_answered(kind in kind(), tokens in vec(select(TOKENS), 0..60)) {
        check(kind, tokens.concat().as_bytes())?;
    }

    #[test]
    fn any_mutation_of_an_example_is_answered(example in any::<Index>(), mutations in vec(Mutation::any(), 1..5)) {
        let example = example.get(&EXAMPLES);
        let mut text = example.text.clone();
        for mutation in mutations {
            mutation.apply(&mut text);
        }
        check(example.kind.unwrap_or(BodyKind::PostActionRequest), &text)?;
    }

    #[test]
    fn any_change_of_an_example_is_answered(example in any::<Index>(), mut changes in vec((0_usize..4, Change::any()), 1..4)) {
        let example = example.get(&EXAMPLES);
        if let Ok(value) = serde_json::from_slice(&example.text) {
            let (kind, text) = (example.kind.unwrap_or(BodyKind::PostActionRequest), changed(&value, &mut changes));
            check(kind, text.as_bytes())?;
            let report = Linter::new().lint(kind, text.as_bytes());
            prop_assert!(SCHEMAS.agree(kind, text.as_bytes(), &report) != Some(false), "schema and linter disagree about {text}\n{report}");
        }
    }
}

#[test]
fn every_example_is_answered() -> Outcome {
    for example in &*EXAMPLES {
        for kind in BodyKind::ALL {
            check(*kind, &example.text)
                .map_err(|error| format!("{} as {kind}: {error}", example.label()))?;
        }
    }
    Ok(())
}

#[test]
fn nesting_is_judged_up_to_128_levels() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let depth = |text: &str| {
        Linter::new()
            .lint_unknown(text.as_bytes())
            .findings
            .iter()
            .any(|finding| finding.rule.name == "nesting-depth")
    };
    assert!(!depth(&nested(128)));
    assert!(depth(&nested(129)));
    assert!(depth(&"[".repeat(1_000_000)));
    assert!(depth(&r#"{"a":"#.repeat(200_000)));
}

#[test]
fn a_large_body_is_answered() {
    let list =
        |item: &str, count: usize| format!(r#"{{"actions":[{}]}}"#, vec![item; count].join(","));
    let members = |count: usize| {
        (0..count)
            .map(|index| format!(r#""member{index}":null"#))
            .collect::<Vec<_>>()
            .join(",")
    };
    let long = "x".repeat(1_000_000);
    let texts = [
        list("7", 20_000),
        list(r#"{"actionType":"Sticker","Options":1}"#, 5_000),
        format!(
            r#"{{"actionType":"Job","actionBody":{{{}}}}}"#,
            members(10_000)
        ),
        format!(r#"{{"actionType":"Job","actionBody":{{"{long}":1,"title":"{long}"}}}}"#),
        format!(r#"{{"actionType":"{long}","{long}":1,"{long}":2,"actionBody":{{}}}}"#),
        "\u{feff}".repeat(300_000),
        "/*".repeat(500_000),
        "'".repeat(1_000_001),
        format!("{{'a': [{}]}}", "'b',".repeat(100_000)),
    ];
    for text in &texts {
        for kind in [BodyKind::ListActionsResponse, BodyKind::PostActionRequest] {
            let report = Linter::new().lint(kind, text.as_bytes());
            assert!(!report.is_clean(), "{}", &text[..60]);
        }
    }
}

// ---- what must hold of the answer

fn check(kind: BodyKind, text: &[u8]) -> Result<(), TestCaseError> {
    let (linter, shown) = (Linter::new(), String::from_utf8_lossy(text));
    for report in [linter.lint(kind, text), linter.lint_unknown(text)] {
        let places: Vec<_> = report
            .findings
            .iter()
            .map(|finding| (finding.offset, finding.rule.id))
            .collect();
        prop_assert!(places.is_sorted(), "not in order: {places:?} in {shown}");
        let outside = report.findings.iter().find(|finding| {
            finding.offset + finding.length > text.len() || finding.start > finding.end
        });
        prop_assert!(outside.is_none(), "{outside:?} is outside of {shown}");
        strictness(text, &report)
            .map_err(|problem| TestCaseError::fail(format!("{problem} in {shown}\n{report}")))?;
    }
    let report = linter.lint(kind, text);
    if report.is_clean() {
        let marked = with_stranger(text);
        let names: Vec<_> = linter
            .lint(kind, &marked)
            .findings
            .iter()
            .map(|finding| finding.rule.name)
            .collect();
        prop_assert_eq!(
            names,
            ["unknown-member"],
            "another member brings out more in {}",
            shown
        );
    }
    for (finding, fix) in report
        .findings
        .iter()
        .filter_map(|finding| Some((finding, finding.fix.as_ref()?)))
    {
        let Some(fixed) = apply(fix, text) else {
            return Err(TestCaseError::fail(format!(
                "{fix:?} cannot be applied to {shown}"
            )));
        };
        let problem = regret(finding, &report, &linter.lint(kind, &fixed));
        prop_assert!(
            problem.is_none(),
            "{}: {} in {shown}\n{report}, fixed: {}",
            finding.rule.name,
            problem.unwrap_or_default(),
            String::from_utf8_lossy(&fixed)
        );
    }
    Ok(())
}

/// A clean body, with a member at its end that no contract declares: the one thing to say about it.
/// Clean bodies are answered for in a quicker way than others, and this shows that the other way
/// has nothing to say either.
fn with_stranger(text: &[u8]) -> Vec<u8> {
    let end = text
        .iter()
        .rposition(|byte| *byte == b'}')
        .unwrap_or(text.len());
    let is_empty = text[..end].trim_ascii_end().ends_with(b"{");
    let member: &[u8] = if is_empty {
        b"\"another\": 0"
    } else {
        b", \"another\": 0"
    };
    [&text[..end], member, &text[end..]].concat()
}

/// Rules about texts that another reader of JSON may refuse, beside `invalid-json`.
const REFUSED_ELSEWHERE: &[&str] = &[
    "invalid-json",
    "invalid-unicode",
    "nesting-depth",
    "number-range",
    "byte-order-mark",
];

/// Compares with `serde_json`, which refuses a byte order mark, 128 levels, and numbers and escapes
/// that it cannot hold.
fn strictness(text: &[u8], report: &Report) -> Result<(), String> {
    let found = |names: &[&str]| {
        report
            .findings
            .iter()
            .any(|finding| names.contains(&finding.rule.name))
    };
    match serde_json::from_slice::<Value>(text) {
        Ok(_)
            if found(&[
                "invalid-json",
                "invalid-unicode",
                "nesting-depth",
                "byte-order-mark",
            ]) =>
        {
            Err("serde_json accepts what is refused".to_owned())
        }
        // Inside the first of two members with one key; `serde_json` keeps the last.
        Ok(_) if found(&["duplicate-key"]) => Ok(()),
        Ok(value) => {
            let lost = report
                .findings
                .iter()
                .find(|finding| value.pointer(&finding.pointer).is_none());
            lost.map_or(Ok(()), |finding| {
                Err(format!("{} leads nowhere", finding.pointer))
            })
        }
        Err(error)
            if found(REFUSED_ELSEWHERE) || error.to_string().starts_with("recursion limit") =>
        {
            Ok(())
        }
        Err(error) => Err(format!("serde_json refuses: {error}")),
    }
}

/// The text with the changes of a fix; none if they are out of order, overlap or lie outside.
fn apply(fix: &Fix, text: &[u8]) -> Option<Vec<u8>> {
    let (mut fixed, mut done) = (Vec::new(), 0);
    for edit in &fix.edits {
        fixed.extend_from_slice(text.get(done..edit.offset)?);
        fixed.extend_from_slice(edit.replacement.as_bytes());
        done = edit.offset + edit.length;
    }
    fixed.extend_from_slice(text.get(done..)?);
    Some(fixed)
}

/// Rules whose fix lets something be judged for the first time, which may turn out to be wrong.
const REVEALING: &[&str] = &["invalid-json", "unknown-action-type", "misplaced-member"];

/// What a fix has made worse, or not better.
fn regret(finding: &Finding, before: &Report, after: &Report) -> Option<String> {
    // The removal of one of two members brings the other to judgement.
    if before
        .findings
        .iter()
        .any(|other| ["duplicate-key", "repeated-member"].contains(&other.rule.name))
    {
        return None;
    }
    let count = |report: &Report| {
        report
            .findings
            .iter()
            .filter(|other| other.rule == finding.rule)
            .count()
    };
    if count(after) >= count(before) {
        return Some(format!("the finding is still there:\n{}", render(after)));
    }
    let worse = after.count(Severity::Error) > before.count(Severity::Error);
    (worse && !REVEALING.contains(&finding.rule.name))
        .then(|| format!("more errors than before:\n{}", render(after)))
}
