//! An answer chooses what the question does not offer.

use super::prelude::*;
use crate::lint::{
    Survey,
    rules::{
        answer_count::{answers, is_placeholder},
        options_required::offers_options,
    },
};

pub(crate) static RULE: Rule = Rule {
    id: "KZ414",
    name: "unknown-option",
    severity: Severity::Error,
    in_responses: None,
    summary: "An answer chooses an option that the question does not offer.",
    why: "Answers to SingleOption and MultiOption are the titles of options. Another text counts for none of them. Needs the survey.",
    bad: Example::to(
        LUNCH,
        r#"{"actionType":"Survey","actionBody":{"Answers":["Pizza",2]}}"#,
    ),
    good: Example::to(
        LUNCH,
        r#"{"actionType":"Survey","actionBody":{"Answers":["Rice",2]}}"#,
    ),
    sources: &["D:action_responses.md", "D:actions_post.md"],
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
        if !offers_options(question.kind) || question.options.is_empty() || is_placeholder(answer) {
            continue;
        }
        let at = list.pointer.item(index);
        // Of one and of several alike: that the answer is of the wrong kind is another rule's
        // business.
        let chosen: Vec<(Pointer, &Node)> = match answer.items() {
            Some(items) => items
                .iter()
                .enumerate()
                .map(|(index, item)| (at.item(index), item))
                .collect(),
            None => vec![(at, answer)],
        };
        for (at, node) in chosen {
            let Some(text) = node
                .as_str()
                .filter(|text| question.options.iter().all(|option| option != text))
            else {
                continue;
            };
            let offered = || question.options.iter().map(String::as_str);
            let draft = Draft::new(
                &RULE,
                at,
                node.span.clone(),
                format!("`{}` is no option of question {}", shorten(text), index + 1),
            )
            .expected(
                offered()
                    .map(|option| format!("`{}`", shorten(option)))
                    .collect::<Vec<_>>()
                    .join(", "),
            )
            .found(excerpt(node));
            sink.add(match nearest(text, offered()) {
                Some(near) => draft.help(format!("did you mean `{}`?", shorten(near))),
                None => draft.help("answer with the title of an option, as the survey spells it"),
            });
        }
    }
}
