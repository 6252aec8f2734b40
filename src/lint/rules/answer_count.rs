//! A response has more or fewer answers than the survey has questions.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;
use crate::lint::survey::{Question, Survey};

pub static RULE: Rule = Rule {
    id: "KZ412",
    name: "answer-count",
    severity: Severity::Error,
    in_responses: None,
    summary: "A response has more or fewer answers than the survey has questions.",
    why: "Only the order of the answers assigns them to questions, so a missing answer shifts all \
        that follow. The only client whose responses are known sends \"-\" for a question that it \
        does not answer. Needs the survey.",
    bad: Example::to(LUNCH, answers!(r#""Rice""#)),
    good: LUNCH_ANSWERED,
    sources: &["D:action_responses.md", "IDOS"],
    decisions: &["D-22"],
};

pub const CHECK: Check = Check::WithSurvey(check);

/// What the only known client sends for a question that it does not answer.
const PLACEHOLDER: &str = "-";

/// The given answers, with the index and the question of each, if there is one for each question:
/// otherwise it is unknown which answers belong to which questions.
pub fn answers<'n>(
    list: &Instance<'n>,
    survey: &'n Survey,
) -> impl Iterator<Item = (usize, Node<'n>, &'n Question)> {
    let answers = list.node.items();
    let answers = answers.filter(|answers| answers.clone().count() == survey.count());
    let pairs = answers.into_iter().flatten().zip(&*survey.questions);
    pairs
        .enumerate()
        .map(|(index, (answer, question))| (index, answer, question))
        .filter(|(_, answer, _)| answer.as_str() != Some(PLACEHOLDER))
}

fn check(list: &Instance<'_>, survey: &Survey, sink: &mut Sink) {
    let wanted = survey.count();
    let found = list.node.items().map_or(wanted, Iterator::count);
    if found == wanted {
        return;
    }
    let count = |number: usize, name: &str| {
        format!("{number} {name}{}", if number == 1 { "" } else { "s" })
    };
    let (answers, questions) = (count(found, "answer"), count(wanted, "question"));
    sink.report(&RULE, &list.node, || {
        RULE.at(list, format!("{answers} to {questions}"))
            .expected(count(wanted, "answer"))
            .found(found.to_string())
            .help("give one answer for each question, in the order of the questions")
    });
}
