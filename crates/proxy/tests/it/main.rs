//! The proxy over real sockets, between the sandbox or an upstream that does what a test says, and
//! clients that send what no library would.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop"
)]

// What tells about the proxy.
mod admin;
// What is refused, and how.
mod enforce;
// Upstreams and clients that fail.
mod faults;
// The heads and lengths of messages.
mod framing;
// Sizes and memory.
mod limits;
// What passes is what came.
mod observe;
// A second server that gets copies.
mod mirror;
// The record.
mod record;
// In front of the sandbox.
mod sandbox;
// Messages that may be written in several ways, and pass in one.
mod respelt;
// Requests that two servers would read in two ways.
mod smuggling;
// An upstream with TLS.
mod tls;
// Clients with TLS.
mod tls_clients;

// What the tests share.
#[path = "../../../../tests/helpers/certificates.rs"]
mod certificates;
#[path = "../../../../tests/helpers/http.rs"]
mod http;
mod upstream;
mod wire;
