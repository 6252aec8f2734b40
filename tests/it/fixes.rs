//! What a fix leaves: nothing that it could have settled, and everything that the document meant.
//!
//! The cases are the same in every run;
//! `PROPTEST_CASES=100000 cargo test -p kaizala-actions --test it fixes` tries others.

use std::sync::LazyLock;

use kaizala_actions::{body::BodyKind, lint::Linter};
use proptest::{collection::vec, prelude::*, sample::Index, sample::select, test_runner::RngSeed};
use serde_json::Value;

use crate::corpus::{Example, Outcome, examples};
use crate::fixing::{fixed, same_meaning};

#[expect(
    clippy::expect_used,
    reason = "without examples there is nothing to test"
)]
static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| examples().expect("the examples"));

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

fn kind(example: &Example) -> BodyKind {
    example.kind.unwrap_or(BodyKind::PostActionRequest)
}

// ---- what is fixed

/// A fault of the kinds that are fixed, put into one object.
#[derive(Clone, Debug)]
enum Fault {
    Case(Index),
    ValueCase(Index),
    Null(Index, &'static str),
    Fraction(Index),
    Inside(&'static str, &'static str),
    Type(&'static str),
}

#[rustfmt::skip]
const NAMES: &[&str] = &[
    "dueDate", "isAnonymous", "subscribers", "caption", "agenda", "hasMore", "sender", "responseId", "message", "place", "type",
    "sendToAllSubscribers", "replyToReferenceId", "notes", "unheardOf", "id", "actionType", "title",
];

impl Fault {
    fn any() -> impl Strategy<Value = Self> {
        prop_oneof![
            any::<Index>().prop_map(Self::Case),
            any::<Index>().prop_map(Self::ValueCase),
            (any::<Index>(), select(NAMES)).prop_map(|(at, name)| Self::Null(at, name)),
            any::<Index>().prop_map(Self::Fraction),
            (
                select(NAMES),
                select(
                    &[
                        "7.0",
                        "null",
                        "[\"+911234500001\"]",
                        "true",
                        "\"x\"",
                        "{\"Latitude\":1}"
                    ][..]
                )
            )
                .prop_map(|(name, value)| Self::Inside(name, value)),
            select(
                &[
                    "travail",
                    "sondage",
                    "Umfrage",
                    "temporisateur",
                    "JOB",
                    "letsmeet"
                ][..]
            )
            .prop_map(Self::Type),
        ]
    }

    fn apply(&self, members: &mut Vec<(String, Value)>) {
        let count = members.len();
        let at = |index: &Index| {
            if count == 0 {
                None
            } else {
                Some(index.index(count))
            }
        };
        match self {
            Self::Case(index) => at(index)
                .into_iter()
                .for_each(|at| members[at].0 = swapped(&members[at].0)),
            Self::ValueCase(index) => {
                if let Some(Value::String(text)) = at(index).map(|at| &mut members[at].1) {
                    *text = swapped(text);
                }
            }
            Self::Null(index, name) => {
                let at = at(index).unwrap_or_default();
                if members
                    .iter()
                    .all(|(other, _)| !other.eq_ignore_ascii_case(name))
                {
                    members.insert(at, ((*name).to_owned(), Value::Null));
                }
            }
            Self::Fraction(index) => {
                if let Some(Value::Number(number)) = at(index).map(|at| &mut members[at].1)
                    && let Some(double) = number.as_f64().and_then(serde_json::Number::from_f64)
                {
                    *number = double;
                }
            }
            Self::Inside(name, text) => members.push((
                (*name).to_owned(),
                serde_json::from_str(text).unwrap_or_default(),
            )),
            Self::Type(name) => {
                if let Some((_, value)) = members.iter_mut().find(|(name, _)| name == "actionType")
                {
                    *value = (*name).into();
                }
            }
        }
    }
}

fn swapped(text: &str) -> String {
    text.chars()
        .map(|letter| {
            if letter.is_ascii_lowercase() {
                letter.to_ascii_uppercase()
            } else {
                letter.to_ascii_lowercase()
            }
        })
        .collect()
}

/// A value as JSON, with faults in the objects that are counted down to.
fn spoilt(value: &Value, faults: &mut [(usize, Fault)]) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.clone().into_iter().collect();
            for (countdown, fault) in &mut *faults {
                if *countdown == 0 {
                    fault.apply(&mut members);
                }
                *countdown = countdown.wrapping_sub(1);
            }
            let members = members.iter().map(|(name, value)| {
                format!("{} : {}", Value::from(name.as_str()), spoilt(value, faults))
            });
            format!("{{\n{}}}", members.collect::<Vec<_>>().join(" ,\t"))
        }
        Value::Array(items) => format!(
            "[{} ]",
            items
                .iter()
                .map(|item| spoilt(item, faults))
                .collect::<Vec<_>>()
                .join(",\n")
        ),
        other => other.to_string(),
    }
}

/// What a literal of JavaScript or Python may have where JSON has something else.
fn literal(value: &Value, style: u8) -> String {
    let has = |bit: u8| style >> bit & 1 == 1;
    let text = |text: &str| {
        let json = Value::from(text).to_string();
        if has(0) {
            format!(
                "'{}'",
                json[1..json.len() - 1]
                    .replace("\\\"", "\"")
                    .replace('\'', "\\'")
            )
        } else {
            json
        }
    };
    let (comma, comment) = (
        if has(1) { "," } else { "" },
        if has(2) { "/* , } */" } else { "" },
    );
    match value {
        Value::Object(members) if members.is_empty() => format!("{{{comment}}}"),
        Value::Object(members) => {
            let is_name = |name: &str| {
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic())
            };
            let key = |name: &str| {
                if has(3) && is_name(name) {
                    name.to_owned()
                } else {
                    text(name)
                }
            };
            let members: Vec<_> = members
                .iter()
                .map(|(name, value)| format!("{}{comment}: {}", key(name), literal(value, style)))
                .collect();
            format!("{{{}{comma}{comment}}}", members.join(", "))
        }
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Array(items) => format!(
            "[{}{comma}]",
            items
                .iter()
                .map(|item| literal(item, style))
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Value::String(string) => text(string),
        Value::Bool(value) if has(4) => if *value { "True" } else { "False" }.to_owned(),
        Value::Null if has(4) => "None".to_owned(),
        other => other.to_string(),
    }
}

#[test]
fn every_example_is_fixed_as_far_as_it_can_be() -> Outcome {
    let mut changed = 0;
    for example in &*EXAMPLES {
        for kind in BodyKind::ALL {
            changed += usize::from(
                fixed(*kind, &example.text)
                    .map_err(|problem| format!("{} as {kind}: {problem}", example.label()))?
                    .is_changed(),
            );
        }
    }
    assert!(changed > 100, "only {changed} were changed");
    Ok(())
}

#[test]
fn what_a_text_is_without_its_faults_is_what_it_was_before_they_were_put_in() -> Outcome {
    let text = "{ \"ACTIONTYPE\" :\t\"travail\",\r\n  \"actionBody\": {\"title\": \"Grüße 🚒 \\u00e9\", \"subscribers\": [ \"+911234500002\" ],\n\"assignedTo\":[\"+911234500001\"  ], \"dueDate\": 1.0e1, \"agenda\":null} }\n\n";
    let expected = "{ \"actionType\" :\t\"Job\",\r\n  \"actionBody\": {\"title\": \"Grüße 🚒 \\u00e9\", \"assignedTo\":[\"+911234500001\"  ], \"dueDate\": 10, \"agenda\":null},\r\n  \"subscribers\": [ \"+911234500002\" ] }\n\n";
    let fixed = Linter::new().fix_unknown(text.as_bytes());
    // A null that the contract does not declare is no affair of the fixer.
    assert_eq!(String::from_utf8(fixed.text)?, expected);
    assert_eq!(fixed.left.body, Some(BodyKind::PostActionRequest));
    Ok(())
}

#[test]
fn what_is_ignored_is_not_fixed() -> Outcome {
    let rule = kaizala_actions::lint::Rule::find("value-casing").ok_or("a rule")?;
    let text = br#"{"actionType":"job","actionBody":{"Title":"a","assignedTo":["b"]}}"#;
    let fixed = Linter::new().ignore(rule).fix_unknown(text);
    assert_eq!(
        String::from_utf8(fixed.text)?,
        r#"{"actionType":"job","actionBody":{"title":"a","assignedTo":["b"]}}"#
    );
    Ok(())
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn any_faults_that_have_fixes_are_settled(example in any::<Index>(), mut faults in vec((0_usize..4, Fault::any()), 1..8)) {
        let example = example.get(&EXAMPLES);
        if let Ok(value) = serde_json::from_slice(&example.text) {
            let text = spoilt(&value, &mut faults);
            fixed(kind(example), text.as_bytes()).map_err(TestCaseError::fail)?;
        }
    }

    #[test]
    fn any_literal_becomes_the_json_that_it_stands_for(example in any::<Index>(), style in 1_u8..32) {
        let example = example.get(&EXAMPLES);
        if let Ok(value) = serde_json::from_slice::<Value>(&example.text) {
            let text = literal(&value, style);
            let result = fixed(kind(example), text.as_bytes()).map_err(TestCaseError::fail)?;
            if result.applied.iter().any(|finding| finding.rule.name == "invalid-json") {
                let after = serde_json::from_slice(&result.text).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
                same_meaning(&value, &after, &result).map_err(|problem| TestCaseError::fail(format!("{problem} in {text}")))?;
            }
        }
    }

    #[test]
    fn any_bytes_of_an_example_may_be_others(example in any::<Index>(), changes in vec((any::<Index>(), any::<u8>()), 1..4)) {
        let example = example.get(&EXAMPLES);
        let mut text = example.text.clone();
        for (at, byte) in changes.iter().filter(|_| !example.text.is_empty()) {
            let at = at.index(text.len());
            text[at] = *byte;
        }
        fixed(kind(example), &text).map_err(TestCaseError::fail)?;
    }
}
