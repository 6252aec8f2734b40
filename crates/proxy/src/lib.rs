//! A proxy that judges the traffic of the `/actions` API on its way, with the linter of
//! [`kaizala_actions`], and can refuse what the contract forbids. It has no rules of its own.
//!
//! ```
//! use kaizala_actions_proxy::Proxy;
//! use kaizala_actions_sandbox::Sandbox;
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! let sandbox = Sandbox::builder().start().await?;
//! let proxy = Proxy::builder(sandbox.url()).enforce().start().await?;
//! println!("curl -H 'accessToken: any' {}/v1/groups/any/actions?actionType=job", proxy.url());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! For requests and for responses there are three [modes](Mode):
//!
//! - *observe*, the default: bodies pass as they came, at once. A copy of at most 8 MiB is judged
//!   when the exchange is over.
//! - *enforce*: a body is read to its end and judged before it passes. A request with an error gets
//!   [problem details](ErrorForm) with the findings, and never reaches the upstream; a response with
//!   an error is replaced by 502.
//! - *off*: nothing is judged.
//!
//! Paths of other APIs, and `OPTIONS`, pass without being judged. What is between a client and the
//! proxy, and between the proxy and the upstream, is HTTP/1.1. Header fields for one connection
//! alone do not pass, `host` names the upstream unless [that is off](ProxyBuilder::preserve_host),
//! and a response without `date` gets one; all other fields pass as they came, with their names in
//! the same case.
//!
//! Refused in all modes, since two servers could read it in two ways: a body with both lengths,
//! another transfer coding than `chunked`, none or several hosts, and what would end HTTP/1.1:
//! `CONNECT` and upgrades. An offer of `h2c` is passed over.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod admin;
mod bodies;
mod budget;
mod builder;
mod call;
mod coding;
mod copy;
mod draft;
mod error;
mod exchange;
mod handler;
mod head;
mod judging;
mod line;
mod metrics;
mod mirror;
mod mode;
mod prepared;
mod proxy;
mod record;
mod refusal;
mod rules;
mod service;
mod stop;
mod target;
mod tls;
mod upstream;
mod watch;
mod whole;

pub use builder::ProxyBuilder;
pub use copy::Unjudged;
pub use error::ProxyError;
pub use exchange::{Outcome, ProxiedExchange};
pub use kaizala_actions_http::PartFinding;
pub use mode::Mode;
pub use proxy::Proxy;
pub use refusal::ErrorForm;

/// The page of a registry.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
