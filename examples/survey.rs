//! Posts a survey: `cargo run --example survey -- GROUP`, with `KAIZALA_ENDPOINT` and
//! `KAIZALA_ACCESS_TOKEN` set.
#![allow(clippy::print_stdout, reason = "an example shows what it got")]

use std::{env, error::Error};

use kaizala_actions::{
    client::{AccessToken, Client},
    types::{Question, QuestionType, SurveyRequest},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = AccessToken::new(&env::var("KAIZALA_ACCESS_TOKEN")?)?;
    let client = Client::connect(&env::var("KAIZALA_ENDPOINT")?, token)?;
    let group = env::args().nth(1).ok_or("which group?")?;

    // region SurveyRequest
    let best = Question::new("What did you like best?", QuestionType::Text);
    let survey = SurveyRequest::new("How was the training?", [best]);
    let posted = client
        .post_action()
        .group_id(group)
        .body(survey)
        .send()
        .await?;
    // endregion

    println!("posted {}", posted.reference_id);
    Ok(())
}
