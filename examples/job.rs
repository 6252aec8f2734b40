//! Posts a job: `cargo run --example job -- GROUP`, with `KAIZALA_ENDPOINT` and
//! `KAIZALA_ACCESS_TOKEN` set.
#![allow(clippy::print_stdout, reason = "an example shows what it got")]

// region client
use std::{env, error::Error};

use kaizala_actions::{
    client::{AccessToken, Client},
    types::JobRequest,
};
// endregion

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // region client
    let token = AccessToken::new(&env::var("KAIZALA_ACCESS_TOKEN")?)?;
    let client = Client::connect(&env::var("KAIZALA_ENDPOINT")?, token)?;
    // endregion
    let group = env::args().nth(1).ok_or("which group?")?;

    // region JobRequest
    let mut job = JobRequest::new(
        "Check the fire extinguishers",
        ["+911234500001", "+911234500002"],
    );
    job.action_body.due_date = Some(10);
    let posted = client
        .post_action()
        .group_id(group)
        .body(job)
        .send()
        .await?;
    // endregion

    println!("posted {}", posted.reference_id);
    Ok(())
}
