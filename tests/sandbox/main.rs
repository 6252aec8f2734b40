//! The sandbox over real sockets, with the generated client and with bytes that no client would
//! send.
#![cfg(all(feature = "cli", feature = "client", feature = "sandbox"))]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod faults;
mod lists;
mod load;
mod logs;
mod model;
mod pages;
mod readme;
mod refusals;
mod responses;
mod seeds;
mod state;
mod types;
mod wire;
