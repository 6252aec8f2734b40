//! Posts a survey: `cargo run --example survey -- GROUP`, with `KAIZALA_ENDPOINT` and `KAIZALA_ACCESS_TOKEN` set.
#![allow(clippy::print_stdout, reason = "an example shows what it got")]

use std::{env, error::Error};

use kaizala_actions::{
    client::{AccessToken, Client},
    types::{NewQuestion, NewQuestionOption, NewSurvey, QuestionType},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = AccessToken::new(&env::var("KAIZALA_ACCESS_TOKEN")?)?;
    let client = Client::connect(&env::var("KAIZALA_ENDPOINT")?, token)?;
    let group = env::args().nth(1).ok_or("which group?")?;

    let mut again = NewQuestion::new("Would you come again?", QuestionType::SingleOption);
    again.options = ["Yes", "No"].map(NewQuestionOption::new).into();
    let survey = NewSurvey::new("How was it?", [again, NewQuestion::new("What was missing?", QuestionType::Text)]);
    let posted = client.post_action().group_id(group).body(survey).send().await?;

    println!("posted {}", posted.reference_id);
    Ok(())
}
