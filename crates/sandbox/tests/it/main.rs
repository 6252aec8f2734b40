//! The sandbox over real sockets, with the generated client and with bytes that no client would
//! send. How the program `serve` behaves is tested where that is, in `crates/tool/tests`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop"
)]

// Pages of other origins.
mod cors;
// What the reference says of the sandbox.
#[cfg(feature = "pages")]
mod documented;
// Faults that are asked for.
mod faults;
// What the head of a request decides.
mod heads;
// What is listed, and in which order.
mod lists;
// Many clients at once.
mod load;
// A model of the service beside the service.
mod model;
// The reference at `/`, or that there is none.
mod pages;
// The documents, and the page of the sandbox.
mod published;
// What is refused, and how.
mod refusals;
// What is refused is what the linter refuses.
mod requests;
// Responses to actions.
mod responses;
// What is recorded, and what is not.
mod secrets;
// Seeds and snapshots.
mod seeds;
// The state file.
mod state;
// Every type of action, from the post to the details.
mod types;

// What the tests share.
#[path = "../../../../tests/helpers/http.rs"]
mod http;
mod wire;
