//! Lists the jobs of a group from a program that is not asynchronous: a runtime of one thread waits
//! for each call.
//!
//! `cargo run --example blocking -- GROUP`, with `KAIZALA_ENDPOINT` and `KAIZALA_ACCESS_TOKEN` set.
#![allow(clippy::print_stdout, reason = "an example shows what it got")]

use std::{env, error::Error};

use futures_util::TryStreamExt as _;
use kaizala_actions::{
    client::{AccessToken, Client},
    lint::printable,
    types::ListableActionType,
};

fn main() -> Result<(), Box<dyn Error>> {
    let token = AccessToken::new(&env::var("KAIZALA_ACCESS_TOKEN")?)?;
    let client = Client::connect(&env::var("KAIZALA_ENDPOINT")?, token)?;
    let group = env::args().nth(1).ok_or("which group?")?;

    // Made once: each runtime has connections of its own.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;

    let list = client
        .list_actions()
        .group_id(&group)
        .action_type(ListableActionType::Job)
        .send();
    let list = runtime.block_on(list)?;
    println!("{} on the first page", list.actions.len());

    // A list of many pages, one action after another.
    let mut jobs = client.list_all(group, ListableActionType::Job).stream();
    while let Some(job) = runtime.block_on(jobs.try_next())? {
        println!("{}", printable(job.reference_id().unwrap_or("-")));
    }
    Ok(())
}
