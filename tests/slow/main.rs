//! What takes long.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop"
)]

// Mutations of the document: the build refuses them, or all goes well.
#[cfg(feature = "client")]
mod mutations;
// A new action type is an edit of the document alone: builds a copy of the workspace.
#[cfg(feature = "client")]
mod new_type;
// Secrets are taken out of a report in linear time.
mod secrets;
// Bodies of every shape are judged in linear time, and nothing of them is lost.
mod shapes;

#[cfg(feature = "client")]
#[path = "../helpers/corpus.rs"]
mod corpus;
#[path = "../helpers/linear.rs"]
mod linear;
#[cfg(feature = "client")]
#[path = "../helpers/packages.rs"]
mod packages;
