//! Posts an invitation to a meeting: `cargo run --example lets_meet -- GROUP`, with
//! `KAIZALA_ENDPOINT` and `KAIZALA_ACCESS_TOKEN` set.
#![allow(clippy::print_stdout, reason = "an example shows what it got")]

use std::{env, error::Error};

use chrono::{DateTime, Utc};
use kaizala_actions::{
    client::{AccessToken, Client},
    types::LetsMeetRequest,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = AccessToken::new(&env::var("KAIZALA_ACCESS_TOKEN")?)?;
    let client = Client::connect(&env::var("KAIZALA_ENDPOINT")?, token)?;
    let group = env::args().nth(1).ok_or("which group?")?;

    // region LetsMeetRequest
    let mut meeting =
        LetsMeetRequest::new("Kick-off", "2018-01-01T09:00:00Z".parse::<DateTime<Utc>>()?);
    meeting.action_body.duration = Some(45);
    let posted = client
        .post_action()
        .group_id(group)
        .body(meeting)
        .send()
        .await?;
    // endregion

    println!("posted {}", posted.reference_id);
    Ok(())
}
