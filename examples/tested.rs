//! Code that calls the API, and its tests against the sandbox: `cargo test --example tested`.
//!
//! `cargo run --example tested -- GROUP`, with `KAIZALA_ENDPOINT` and `KAIZALA_ACCESS_TOKEN` set,
//! says how many polls the group has.
#![allow(clippy::print_stdout, reason = "an example shows what it got")]

use std::{env, error::Error};

use futures_util::TryStreamExt as _;
use kaizala_actions::{
    client::{self, AccessToken, Client},
    types::ListableActionType,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = AccessToken::new(&env::var("KAIZALA_ACCESS_TOKEN")?)?;
    let client = Client::connect(&env::var("KAIZALA_ENDPOINT")?, token)?;
    let group = env::args().nth(1).ok_or("which group?")?;
    println!("{} polls", polls(&client, &group).await?);
    Ok(())
}

/// How many polls a group has.
async fn polls(client: &Client, group: &str) -> Result<usize, client::Error> {
    let list = client.list_all(group, ListableActionType::Poll);
    list.stream()
        .try_fold(0, |count, _| async move { Ok(count + 1) })
        .await
}

#[cfg(test)]
mod tests {
    use kaizala_actions::types::{PollChoice, PollRequest};
    use kaizala_actions_sandbox::{Fault, FaultKind, Sandbox};

    use super::*;

    /// A client of a sandbox, which is in this process, at a port of its own, until it is dropped.
    async fn connected() -> Result<(Sandbox, Client), Box<dyn Error>> {
        let sandbox = Sandbox::builder().start().await?;
        let client = Client::connect(sandbox.url(), AccessToken::new("any")?)?;
        Ok((sandbox, client))
    }

    #[tokio::test]
    async fn all_pages_are_counted() -> Result<(), Box<dyn Error>> {
        let (_sandbox, client) = connected().await?;
        for _ in 0..40 {
            let choices = ["Rice", "Bread"].map(PollChoice::new);
            let poll = PollRequest::new("Rice or bread?", choices);
            client
                .post_action()
                .group_id("ours")
                .body(poll)
                .send()
                .await?;
        }
        assert_eq!(polls(&client, "ours").await?, 40);
        assert_eq!(polls(&client, "theirs").await?, 0);
        Ok(())
    }

    #[tokio::test]
    async fn a_service_that_fails_is_an_error() -> Result<(), Box<dyn Error>> {
        let (sandbox, client) = connected().await?;
        sandbox.set_faults(vec![Fault::new(FaultKind::Failure)])?;
        let error = polls(&client, "ours").await.err();
        assert!(
            matches!(&error, Some(client::Error::Service { status, .. }) if *status == 500),
            "{error:?}"
        );
        Ok(())
    }
}
