//! Posts a sound recording: `cargo run --example audio -- GROUP`, with `KAIZALA_ENDPOINT` and
//! `KAIZALA_ACCESS_TOKEN` set.
#![allow(clippy::print_stdout, reason = "an example shows what it got")]

use std::{env, error::Error};

use kaizala_actions::{
    client::{AccessToken, Client},
    types::AudioRequest,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = AccessToken::new(&env::var("KAIZALA_ACCESS_TOKEN")?)?;
    let client = Client::connect(&env::var("KAIZALA_ENDPOINT")?, token)?;
    let group = env::args().nth(1).ok_or("which group?")?;

    // region AudioRequest
    let mut audio = AudioRequest::new("opaque-text-that-uploading-the-recording-returned");
    audio.action_body.caption = Some("Briefing of Monday".to_owned());
    let posted = client
        .post_action()
        .group_id(group)
        .body(audio)
        .send()
        .await?;
    // endregion

    println!("posted {}", posted.reference_id);
    Ok(())
}
