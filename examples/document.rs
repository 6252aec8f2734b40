//! Posts a document: `cargo run --example document -- GROUP`, with `KAIZALA_ENDPOINT` and
//! `KAIZALA_ACCESS_TOKEN` set.
#![allow(clippy::print_stdout, reason = "an example shows what it got")]

use std::{env, error::Error};

use kaizala_actions::{
    client::{AccessToken, Client},
    types::DocumentRequest,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = AccessToken::new(&env::var("KAIZALA_ACCESS_TOKEN")?)?;
    let client = Client::connect(&env::var("KAIZALA_ENDPOINT")?, token)?;
    let group = env::args().nth(1).ok_or("which group?")?;

    // region DocumentRequest
    let mut document = DocumentRequest::new("opaque-text-that-uploading-the-document-returned");
    document.action_body.caption = Some("Safety rules".to_owned());
    let posted = client
        .post_action()
        .group_id(group)
        .body(document)
        .send()
        .await?;
    // endregion

    println!("posted {}", posted.reference_id);
    Ok(())
}
