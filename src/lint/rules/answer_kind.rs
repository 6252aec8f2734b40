//! An answer is of another kind than its question wants.

use super::prelude::*;
use crate::{
    contract::{Schema, Type},
    lint::{
        Survey,
        rules::answer_count::{answers, is_placeholder},
    },
};

pub(crate) static RULE: Rule = Rule {
    id: "KZ413",
    name: "answer-kind",
    severity: Severity::Error,
    in_responses: None,
    summary: "An answer is of another JSON type than its question wants.",
    why: "The type of the question decides: a string for SingleOption, Text and Image, an array of strings for MultiOption and AttachmentList, a number for Numeric, Date and DateTime, an object for Location. Needs the survey.",
    bad: Example::to(
        LUNCH,
        r#"{"actionType":"Survey","actionBody":{"Answers":["Rice","two"]}}"#,
    ),
    good: Example::to(
        LUNCH,
        r#"{"actionType":"Survey","actionBody":{"Answers":["Rice",2]}}"#,
    ),
    sources: &["D:action_responses.md", "IDOS"],
    decisions: &["D-22"],
};

pub(crate) const CHECK: Check = Check::WithSurvey(check);

fn check(list: &Instance<'_>, survey: &Survey, sink: &mut Sink) {
    for (index, (answer, question)) in answers(list, survey)
        .into_iter()
        .flatten()
        .zip(survey.questions())
        .enumerate()
    {
        let Some(schema) = question.answer() else {
            continue;
        };
        let kind = if matches!(answer.data, Data::Number(_)) {
            "number"
        } else {
            answer.kind()
        };
        // What is no answer to any question is told by the schema.
        if kind == json_type(schema)
            || matches!(answer.data, Data::Null | Data::Bool(_))
            || is_placeholder(answer)
        {
            continue;
        }
        let wants = match &schema.example {
            Some(example) if schema.kind == Some(Type::Object) => {
                format!("{}, as in {example}", wants(schema))
            }
            _ => wants(schema),
        };
        let message = format!(
            "question {} is of type {}: expected {wants}, found {kind}",
            index + 1,
            question.kind
        );
        let draft = Draft::new(&RULE, list.pointer.item(index), answer.anchor(), message)
            .expected(wants)
            .found(excerpt(answer))
            .help("answer in the form that the question's type wants, or check that the answers are in the order of the questions");
        sink.add(draft);
    }
}

fn json_type(schema: &Schema) -> &'static str {
    schema.kind.map_or("anything", Type::name)
}

/// What the question wants, in words.
fn wants(schema: &Schema) -> String {
    match (schema.kind, &schema.items) {
        (Some(Type::Array), Some(items)) => format!("an array of {}s", json_type(items)),
        (Some(Type::Array | Type::Object | Type::Integer), _) => {
            format!("an {}", json_type(schema))
        }
        _ => format!("a {}", json_type(schema)),
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::*;
    use crate::contract::Contract;

    #[test]
    fn the_reason_says_what_the_contract_says() {
        let mut kinds = IndexMap::<String, Vec<&str>>::new();
        for (question, answer) in &Contract::get().answers {
            kinds.entry(wants(answer)).or_default().push(question);
        }
        assert_eq!(kinds.len(), 4);
        for (wants, questions) in kinds {
            let (last, others) = questions.split_last().unwrap();
            let names = if others.is_empty() {
                (*last).to_owned()
            } else {
                format!("{} and {last}", others.join(", "))
            };
            assert!(
                RULE.why.contains(&format!("{wants} for {names}")),
                "{wants} for {names}"
            );
        }
    }
}
