//! An answer is of another kind than its question wants.

use super::prelude::*;
use crate::lint::{
    Survey,
    rules::answer_count::{LUNCH, answers, is_placeholder},
};

pub(crate) static RULE: Rule = Rule {
    id: "KZ413",
    name: "answer-kind",
    severity: Severity::Error,
    in_responses: None,
    summary: "An answer is of another JSON type than its question wants.",
    why: "The type of the question decides: text for SingleOption, Text and Image, a list of texts for MultiOption and AttachmentList, a number for Numeric, Date and DateTime, an object for Location. Needs the survey.",
    bad: Example::to(LUNCH, r#"{"actionType":"Survey","actionBody":{"Answers":["Rice","two"]}}"#),
    good: Example::to(LUNCH, r#"{"actionType":"Survey","actionBody":{"Answers":["Rice",2]}}"#),
    sources: &["D:action_responses.md", "IDOS"],
    decisions: &["D-22"],
    look: Look::With(check),
};

fn check(list: &Place<'_>, survey: &Survey, sink: &mut Sink) {
    for (index, (answer, question)) in answers(list, survey).into_iter().flatten().zip(survey.questions()).enumerate() {
        let kind = if matches!(answer.data, Data::Number(_)) { "number" } else { answer.kind() };
        let (wants, wanted) = question.form.wants();
        // What is no answer to any question is told by the schema.
        if kind == wanted || matches!(answer.data, Data::Null | Data::Bool(_)) || is_placeholder(answer) {
            continue;
        }
        let message = format!("question {} is of type {}: expected {wants}, found {kind}", index + 1, question.kind);
        let draft = Draft::new(&RULE, list.pointer.item(index), answer.anchor(), message)
            .expected(wants)
            .found(excerpt(answer))
            .help("answer in the form that the question's type wants, or check that the answers are in the order of the questions");
        sink.add(draft);
    }
}
