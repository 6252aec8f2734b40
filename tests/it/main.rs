//! The library, from outside. What takes long is in `tests/slow`; what `cargo test --no-default-features`
//! runs needs no client.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop"
)]

// The example bodies in `openapi/examples`: what is found in each, and that there are enough.
mod example_bodies;
// Reports about exchanges without the parts that have no finding.
mod clean_parts;
// What `Linter::fix` leaves.
mod fixes;
// What holds for any bytes.
mod properties;
// The table of types and methods against that of the documentation.
mod support_matrix;

// The client over a socket: what it sends and what it makes of the answers.
#[cfg(feature = "client")]
mod client;
// Connections: to whom, through what, and in which runtime.
#[cfg(feature = "client")]
mod client_connections;
// What a caller learns when a call fails, and which calls are made again.
#[cfg(feature = "client")]
mod client_errors;
// Lists of many pages.
#[cfg(feature = "client")]
mod client_lists;
// Ids and other parameters that would lead a call elsewhere.
#[cfg(feature = "client")]
mod client_parameters;
// What is logged, and that the access token is not.
#[cfg(feature = "client")]
mod client_log;
// The programs under `examples/`, against the sandbox.
#[cfg(feature = "client")]
mod example_programs;
// What the build generates, in a form for reviewers.
#[cfg(feature = "client")]
mod generated;
// What the public types are called.
#[cfg(feature = "client")]
mod names;
// Documents that the build refuses.
#[cfg(feature = "client")]
mod refused_documents;
// The enums that the unions of the contract become.
#[cfg(feature = "client")]
mod unions;

#[path = "../helpers/corpus.rs"]
mod corpus;
#[path = "../helpers/coverage.rs"]
mod coverage;
#[path = "../helpers/fixing.rs"]
mod fixing;
#[cfg(feature = "client")]
#[path = "../helpers/http.rs"]
mod http;
#[cfg(feature = "client")]
#[path = "../helpers/loopback.rs"]
mod loopback;
#[path = "../helpers/schemas.rs"]
mod schemas;
