//! An answer chooses an option that the question does not have.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;
use crate::lint::{
    rules::{answer_count::answers, options_required::offers_options},
    survey::{Question, Survey},
};

pub static RULE: Rule = Rule {
    id: "KZ414",
    name: "unknown-option",
    severity: Severity::Error,
    in_responses: None,
    summary: "An answer chooses an option that the question does not offer.",
    why: "Answers to SingleOption and MultiOption are the titles of options. Another text counts \
          for none of them. Needs the survey.",
    bad: Example::to(LUNCH, answers!(r#""Pizza",2"#)),
    good: LUNCH_ANSWERED,
    sources: &["D:action_responses.md", "D:actions_post.md"],
    decisions: &["D-22"],
};

pub const CHECK: Check = Check::WithSurvey(check);

fn check(list: &Instance<'_>, survey: &Survey, sink: &mut Sink) {
    for (index, answer, question) in answers(list, survey) {
        if !offers_options(question.kind) || question.options.is_empty() {
            continue;
        }
        let at = list.pointer.item(index);
        // For one option and for several alike: another rule reports answers of the wrong kind.
        let chosen: Vec<_> = match answer.items() {
            Some(items) => items
                .zip(0..)
                .map(|(item, index)| (at.item(index), item))
                .collect(),
            None => vec![(at, answer)],
        };
        for (at, node) in chosen {
            judge(index + 1, question, node, &at, sink);
        }
    }
}

fn judge(number: usize, question: &Question, choice: Node<'_>, at: &Pointer<'_>, sink: &mut Sink) {
    let Some(text) = choice.as_str() else { return };
    let options = || question.options.iter().map(String::as_str);
    if options().any(|option| option == text) {
        return;
    }
    sink.report(&RULE, &choice, || {
        let message = format!("`{}` is not an option of question {number}", shorten(text));
        let offered = list(options().map(|option| format!("`{}`", shorten(option))));
        let draft = RULE.on_value(choice, at, message).expected(offered);
        draft.help(suggestion(text, options()).unwrap_or_else(|| {
            "answer with the title of an option, as the survey spells it".to_owned()
        }))
    });
}
