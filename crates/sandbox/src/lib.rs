//! The sandbox: an embedded server of the `/actions` API that validates every call against the
//! contract and stores what was posted. The service itself has been retired; clients can be tested
//! against the sandbox.
//!
//! ```
//! use kaizala_actions_sandbox::Sandbox;
//!
//! # async fn example() -> Result<(), kaizala_actions_sandbox::StartError> {
//! let sandbox = Sandbox::builder().start().await?;
//! println!("curl -H 'accessToken: any' {}/v1/groups/any/actions?actionType=job", sandbox.url());
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(example()).unwrap();
//! ```
//!
//! The contract defines the bodies, which types are listed, and where the members of answers come
//! from: this crate names no action type. Each request is judged once, by
//! [`Linter::lint_request`](kaizala_actions::lint::Linter::lint_request): errors refuse it,
//! warnings do not, and a refusal has all findings.
//!
//! With the feature `pages`, the reference of the contract is at `/`, for a browser.
//!
//! Where the sources are silent, it does what a reader of the documentation would expect:
//!
//! - Actions are listed in the order in which they were posted; `fromDate` is inclusive.
//! - Every response without a `responseId` is another response. A job is complete once as many
//!   responses say so as it has assignees; who sent them does not matter.
//! - A sender is a phone number made from the token: one token, one member.
//! - Nothing ever expires, no file is behind a media address, and nothing is sent to anyone.
//!
//! # Seeds and snapshots
//!
#![doc = include_str!("snapshot.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod answers;
mod body;
mod builder;
mod control;
mod cors;
mod dashboard;
mod document;
mod endpoint;
mod envelope;
mod fault;
mod faults;
mod file;
mod gate;
mod handler;
mod id;
mod index;
mod intake;
mod journal;
mod loader;
mod locked;
mod operations;
#[cfg(feature = "pages")]
mod pages;
#[cfg(feature = "pages")]
mod playground;
mod published;
mod recorder;
mod router;
mod sandbox;
mod service;
mod snapshot;
mod state;
mod store;
mod throttle;
mod time;

pub use builder::{SandboxBuilder, StartError};
pub use document::SeedError;
pub use fault::{Fault, FaultError, FaultKind};
pub use journal::JournalError;
pub use recorder::RecordedExchange;
pub use sandbox::Sandbox;

/// The page of a registry.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
