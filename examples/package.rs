//! Posts an instance of an action package: `cargo run --example package -- GROUP`, with
//! `KAIZALA_ENDPOINT` and `KAIZALA_ACCESS_TOKEN` set.
#![allow(clippy::print_stdout, reason = "an example shows what it got")]

use std::{env, error::Error};

use kaizala_actions::{
    client::{AccessToken, Client},
    types::{PackageProperty, PackageRequest, PropertyTypeName},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = AccessToken::new(&env::var("KAIZALA_ACCESS_TOKEN")?)?;
    let client = Client::connect(&env::var("KAIZALA_ENDPOINT")?, token)?;
    let group = env::args().nth(1).ok_or("which group?")?;

    // region PackageRequest
    let mut package = PackageRequest::new("com.example.inspection.3");
    package.action_body.title = Some("Inspection of hall 2".to_owned());
    package.action_body.properties =
        vec![PackageProperty::new("hall", PropertyTypeName::Numeric, "2")];
    let posted = client
        .post_action()
        .group_id(group)
        .body(package)
        .send()
        .await?;
    // endregion

    println!("posted {}", posted.reference_id);
    Ok(())
}
