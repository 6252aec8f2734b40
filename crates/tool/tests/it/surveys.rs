use crate::helpers::{Folder, JOB};

const SURVEY: &str = r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[
    {"title":"What?","type":"SingleOption","options":[{"title":"Rice"},{"title":"Bread"}]},{"title":"How many?","type":"Numeric"}]}}"#;

fn response(answers: &str) -> String {
    format!(r#"{{"actionType":"Survey","actionBody":{{"Answers":{answers}}}}}"#)
}

#[test]
fn each_answer_is_held_to_its_question() {
    let folder = Folder::with(&[("survey.json", SURVEY)]);
    let table: &[(&str, &[&str])] = &[
        (r#"["Rice",2]"#, &[]),
        (r#"["-","-"]"#, &[]),
        (r#"["Rice"]"#, &["answer-count"]),
        (r#"["Rice",2,3]"#, &["answer-count"]),
        (r#"["rice","2"]"#, &["unknown-option", "answer-kind"]),
        (r#"[["Rice","Soup"],2]"#, &["answer-kind", "unknown-option"]),
        ("[null,2]", &["wrong-type"]),
        ("7", &["wrong-type"]),
    ];
    for (answers, rules) in table {
        let text = response(answers);
        let answer = folder.run_in(
            "",
            &["lint", "--format", "concise", "--survey", "survey.json"],
            text.as_bytes(),
        );
        assert_eq!(answer.rules(), *rules, "{answers}: {}", answer.out);
        assert_eq!(answer.code, Some(i32::from(!rules.is_empty())));
    }
    // Without the survey nothing is known, and what is no response has nothing to do with it.
    assert_eq!(
        folder.run_in("", &["lint"], response("[]").as_bytes()).code,
        Some(0)
    );
    let done = r#"{"actionType":"Job","actionBody":{"isCompleted":true}}"#;
    let lines = format!("{JOB}\n{}\n{done}\n", SURVEY.replace('\n', ""));
    assert_eq!(
        folder
            .run_in("", &["lint", "--survey", "survey.json"], lines.as_bytes())
            .code,
        Some(0)
    );
}

#[test]
fn what_is_no_survey_is_a_failure_that_says_why() {
    let folder = Folder::with(&[
        ("job.json", JOB),
        ("sample.json", "{questions: []}"),
        ("essay.json", r#"{"questions":[{"type":"Essay"}]}"#),
    ]);
    for (name, why) in [
        ("job.json", "there are no questions in it"),
        ("sample.json", "not a survey, since it is not JSON: "),
        (
            "essay.json",
            "question 1: `Essay` is not a type of question",
        ),
        ("none.json", "No such file"),
    ] {
        let answer = folder.run_in("", &["lint", "--survey", name], response("[]").as_bytes());
        assert_eq!((answer.code, &*answer.out), (Some(2), ""));
        assert!(
            answer
                .err
                .starts_with(&format!("kaizala-actions: {name}: "))
                && answer.err.contains(why),
            "{}",
            answer.err
        );
    }
}
