//! A response has more or fewer answers than the survey has questions.

use super::prelude::*;
use crate::lint::Survey;

pub(crate) static RULE: Rule = Rule {
    id: "KZ412",
    name: "answer-count",
    severity: Severity::Error,
    in_responses: None,
    summary: "A response has more or fewer answers than the survey has questions.",
    why: "Answers belong to questions by their order alone, so that one that is missing gives all after it to other questions. The only client whose responses are known sends \"-\" for a question that it does not answer. Needs the survey.",
    bad: Example::to(
        LUNCH,
        r#"{"actionType":"Survey","actionBody":{"Answers":["Rice"]}}"#,
    ),
    good: Example::to(
        LUNCH,
        r#"{"actionType":"Survey","actionBody":{"Answers":["Rice",2]}}"#,
    ),
    sources: &["D:action_responses.md", "IDOS"],
    decisions: &["D-22"],
};

pub(crate) const CHECK: Check = Check::WithSurvey(check);

/// What the one known client sends for a question that it does not answer.
const PLACEHOLDER: &str = "-";

/// Whether this says that the question is not answered.
pub(crate) fn is_placeholder(answer: &Node) -> bool {
    answer.as_str() == Some(PLACEHOLDER)
}

/// The answers, if there is one for each question: otherwise nobody knows which is to which.
pub(crate) fn answers<'n>(list: &Instance<'n>, survey: &Survey) -> Option<&'n [Node<'n>]> {
    list.node
        .items()
        .filter(|answers| answers.len() == survey.count())
}

fn check(list: &Instance<'_>, survey: &Survey, sink: &mut Sink) {
    let Some(found) = list
        .node
        .items()
        .map(<[Node]>::len)
        .filter(|count| *count != survey.count())
    else {
        return;
    };
    let count = |number: usize, name: &str| {
        format!("{number} {name}{}", if number == 1 { "" } else { "s" })
    };
    let draft = Draft::at(
        &RULE,
        list,
        format!(
            "{} to {}",
            count(found, "answer"),
            count(survey.count(), "question")
        ),
    )
    .expected(count(survey.count(), "answer"))
    .found(found.to_string())
    .help("give one answer for each question, in the order of the questions");
    sink.add(draft);
}
