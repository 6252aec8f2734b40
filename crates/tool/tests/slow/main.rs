//! What nobody sends on purpose, through the real binary: too much, too deep, too long, cut off.
//!
//! The tests go with a debug build and leave room in their bounds for it; a release build stays
//! under 16 MiB, as
//! `KAIZALA_ACTIONS=target/release/kaizala-actions cargo test -p kaizala-actions-cli --test slow findings`
//! shows.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop"
)]

// How a run ends before its time: a closed pipe, a full disk, an interrupt.
mod interruption;
// Ten thousand connections, and bodies without an end.
#[cfg(feature = "sandbox")]
mod load;
// Bounds of the memory, whatever comes in.
mod memory;
// Arrays in arrays in arrays.
mod nesting;
// Grouped options of curl are read in linear time.
mod options;
// A proxy with slow clients, bodies without an end, and a life that ends under load.
#[cfg(all(feature = "proxy", feature = "sandbox"))]
mod proxy;
// The same report from one thread as from many.
mod parallel;
// What no report shows.
mod secrets;
// What a terminal shows.
#[cfg(target_os = "linux")]
mod terminal;
// What comes in slowly and is reported at once.
mod streams;

#[path = "../helpers/mod.rs"]
mod helpers;
#[cfg(feature = "sandbox")]
#[path = "../../../../tests/helpers/http.rs"]
mod http;
#[cfg(all(feature = "proxy", feature = "sandbox"))]
#[path = "../helpers/killing.rs"]
mod killing;
#[path = "../../../../tests/helpers/linear.rs"]
mod linear;
mod runs;
#[cfg(feature = "sandbox")]
#[path = "../helpers/server.rs"]
mod server;
