//! A question has options that nobody can choose.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ402",
    name: "options-unused",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A question has options although its type does not offer them.",
    why: "Only SingleOption and MultiOption show options; with another type they are lost.",
    bad: Example::of("post-action.request", r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[{"title":"What?","type":"Text","options":[{"title":"Rice"}]}]}}"#),
    good: Example::of("post-action.request", r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[{"title":"What?","type":"SingleOption","options":[{"title":"Rice"}]}]}}"#),
    sources: &["D:actions_post.md"],
    decisions: &["D-15"],
    look: Look::After(check),
};

/// The types that show no options. Of a type that is none of the contract's, nobody knows what it would show.
const OTHERS: [&str; 7] = ["Text", "Image", "Numeric", "Date", "DateTime", "Location", "AttachmentList"];

fn check(question: &Place<'_>, sink: &mut Sink) {
    let kind = question.node.member("type").and_then(|member| member.value.as_str());
    let (Some(kind), Some(options)) = (kind, question.node.member("options")) else { return };
    if !OTHERS.contains(&kind) {
        return;
    }
    let draft = Draft::new(&RULE, question.pointer.member(&options.written), options.key.clone(), format!("a question of type {kind} shows no options"))
        .expected("no `options`, or the type SingleOption or MultiOption")
        .help("remove the options, or change the type");
    sink.add(draft);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::rules::options_required::offers_options;

    #[test]
    fn others_are_the_question_types_that_offer_no_options() {
        let document = crate::contract::document();
        let types = document["components"]["schemas"]["QuestionType"]["enum"].as_array().into_iter().flatten();
        let others: Vec<_> = types.filter_map(Value::as_str).filter(|kind| !offers_options(kind)).collect();
        assert_eq!(others, OTHERS);
    }
}
