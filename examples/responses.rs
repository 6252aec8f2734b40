//! Answers a job, a survey and an instance of an action package, by their action ids:
//! `cargo run --example responses -- GROUP JOB SURVEY PACKAGE`, with `KAIZALA_ENDPOINT` and
//! `KAIZALA_ACCESS_TOKEN` set.
#![allow(clippy::print_stdout, reason = "an example shows what it got")]

use std::{env, error::Error};

use kaizala_actions::{
    client::{AccessToken, Client},
    types::{Answer, JobResponseRequest, PackageResponseRequest, SurveyResponseRequest},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = AccessToken::new(&env::var("KAIZALA_ACCESS_TOKEN")?)?;
    let client = Client::connect(&env::var("KAIZALA_ENDPOINT")?, token)?;
    let mut arguments = env::args().skip(1);
    let mut argument = |what| arguments.next().ok_or(format!("which {what}?"));
    let (group, job, survey, package) = (
        &argument("group")?,
        &argument("job")?,
        &argument("survey")?,
        &argument("package")?,
    );

    let action = job;
    // region JobResponseRequest
    let done = JobResponseRequest::new(true);
    let answered = client
        .respond_to_action()
        .group_id(group)
        .action_id(action)
        .body(done)
        .send()
        .await?;
    // endregion
    println!("answered {}", answered.response_id);

    let action = survey;
    // region SurveyResponseRequest
    let options = Answer::Array(vec!["MOpt1".to_owned(), "MOpt2".to_owned()]);
    let answers = [
        Answer::String("It went well".to_owned()),
        Answer::String("Opt1".to_owned()),
        options,
        Answer::Double(123.0),
    ];
    let response = SurveyResponseRequest::new(answers);
    let answered = client
        .respond_to_action()
        .group_id(group)
        .action_id(action)
        .body(response)
        .send()
        .await?;
    // endregion
    println!("answered {}", answered.response_id);

    let action = package;
    // region PackageResponseRequest
    let response = PackageResponseRequest::new(
        "com.example.inspection.3",
        [Answer::String("Yes".to_owned())],
    );
    let answered = client
        .respond_to_action()
        .group_id(group)
        .action_id(action)
        .body(response)
        .send()
        .await?;
    // endregion
    println!("answered {}", answered.response_id);
    Ok(())
}
