//! An answer has another JSON type than its question expects.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;
use crate::{
    contract::Type,
    lint::{Survey, rules::answer_count::answers},
};

pub static RULE: Rule = Rule {
    id: "KZ413",
    name: "answer-kind",
    severity: Severity::Error,
    in_responses: None,
    summary: "An answer has another JSON type than its question expects.",
    why: "The type of the question decides: a string for SingleOption, Text and Image, an array of \
          strings for MultiOption and AttachmentList, a number for Numeric, Date and DateTime, an \
          object for Location. Needs the survey.",
    bad: Example::to(LUNCH, answers!(r#""Rice","two""#)),
    good: LUNCH_ANSWERED,
    sources: &["D:action_responses.md", "IDOS"],
    decisions: &["D-22"],
};

pub const CHECK: Check = Check::WithSurvey(check);

fn check(list: &Instance<'_>, survey: &Survey, sink: &mut Sink) {
    for (index, answer, question) in answers(list, survey) {
        let Some(schema) = question.answer() else {
            continue;
        };
        let kind = match answer.data() {
            Data::Number(_) => "number",
            _ => answer.type_name(),
        };
        // The schema reports values that cannot answer any question.
        if kind == json_type(schema) || matches!(answer.data(), Data::Null | Data::Bool(_)) {
            continue;
        }
        let draft = || {
            let mut wants = wants(schema);
            if let (Some(Type::Object), Some(example)) = (schema.kind, &schema.example) {
                wants = format!("{wants}, as in {example}");
            }
            let (number, of) = (index + 1, question.kind);
            let message =
                format!("question {number} is of type {of}: expected {wants}, found {kind}");
            RULE.on_value(answer, &list.pointer.item(index), message)
                .expected(wants)
                .help(
                    "answer in the form that the question's type wants, \
                     or check that the answers are in the order of the questions",
                )
        };
        sink.report(&RULE, &answer, draft);
    }
}

fn json_type(schema: &Schema) -> &'static str {
    schema.kind.map_or("anything", Type::name)
}

/// What the question expects, in words.
fn wants(schema: &Schema) -> String {
    let name = json_type(schema);
    match (schema.kind, &schema.items) {
        (Some(Type::Array), Some(items)) => format!("an array of {}s", json_type(items)),
        (Some(Type::Array | Type::Object | Type::Integer), _) => format!("an {name}"),
        _ => format!("a {name}"),
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
