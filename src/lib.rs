//! The contract of Microsoft Kaizala's `/actions` API, and what is made from it.
//!
//! The service lets members of a chat group send *actions*: jobs, surveys, polls, pictures and so
//! on. It has been retired, and its documentation contradicts itself. [`contract`] is an OpenAPI
//! document that settles the facts, with the source of each and a ruling for every contradiction.
//! The rest is derived from it:
//!
//! | module | what | feature |
//! | --- | --- | --- |
//! | [`support`] | which type of action can be listed (GET) and which posted (POST) | |
//! | [`operation`] | the operations, by their ids | |
//! | [`body`] | the kinds of body: an operation and a direction | |
//! | [`contract`] | the document itself, and its operations and schemas as data | |
//! | [`lint`] | what is wrong with a body or an exchange, where, and how to fix it | |
//! | [`mask`] | findings and texts without access tokens and phone numbers | |
//! | [`name`] | texts that name no value | |
//! | `types` | the bodies as Rust types | `client` |
//! | `client` | a client that refuses what the contract refuses before it opens a socket | `client` |
//!
//! More crates of the workspace build on this one:
//!
//! | crate | what |
//! | --- | --- |
//! | `kaizala-actions-sandbox` | a server of the API that enforces the contract and remembers |
//! | `kaizala-actions-proxy` | a proxy that judges the traffic of the API, and can refuse what has errors |
//! | `kaizala-actions-reference` | the contract as pages for a browser |
//! | `kaizala-actions-cli` | the command line tool `kaizala-actions`, its inputs and reports |
//!
//! ```
//! use kaizala_actions::lint::Linter;
//!
//! let report = Linter::new().lint_unknown(br#"{"actionType": "job", "actionBody": {"title": "Check the doors"}}"#);
//! let lines: Vec<_> = report.findings.iter().map(ToString::to_string).collect();
//! assert_eq!(
//!     lines,
//!     [
//!         "1:16: warning[KZ106] value-casing: `job` is spelt `Job` here (/actionType)",
//!         "1:37: error[KZ301] missing-member: `assignedTo` is missing (/actionBody)",
//!     ],
//! );
//! ```
//!
//! The linter, the matrix and the contract need no feature; without features there is no HTTP
//! client or async runtime.
//!
//! # Public dependencies
//!
//! Types of these crates are in the public interface on purpose; a new major version of one of them
//! is a breaking change here. Those of other crates are not. [`dependencies`] has them all.
//!
//! | crate | where |
//! | --- | --- |
//! | `serde` | what is generated, and reports, can be serialized |
//! | `serde_json` | [`Value`](serde_json::Value) is any JSON, in [`contract`] and in `types` |
//! | `indexmap` | members and alternatives in [`contract`], in the order of the document |
//! | `chrono` | dates in `types` |
//! | `progenitor-client` | `client::ResponseValue`, and the traits behind `client::Client` |
//! | `reqwest` | `client::Error`, `client::ConnectError`, status and headers of `client::RawResponse` |
//! | `rustls` | the cause of `client::ConnectError::Tls` |
//! | `bytes` | the body of `client::RawResponse` |
//! | `futures-core` | `client::ActionStream` is a `Stream` |

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod body;
#[cfg(feature = "client")]
pub mod client;
pub mod contract;
pub mod dependencies;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod fuzzing;
#[doc(hidden)]
pub mod inert;
#[doc(hidden)]
pub mod json;
pub mod lint;
pub mod mask;
pub mod name;
pub mod operation;
mod renamed;
pub mod support;
#[cfg(feature = "client")]
pub mod types;

/// The page of a registry.
#[cfg(doctest)]
#[doc = include_str!("README.md")]
struct Readme;
