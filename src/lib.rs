//! The contract of Microsoft Kaizala's `/actions` API, and what is made from it.
//!
//! The service lets members of a chat group send *actions*: jobs, surveys, polls, pictures and so
//! on. It has been retired; its documentation contradicts itself. [`contract`] is an OpenAPI
//! document that says what holds, with the source of every fact and a ruling for every
//! contradiction. The rest follows from it:
//!
//! | module | what | feature |
//! | --- | --- | --- |
//! | [`support`] | which type of action can be listed (GET) and which posted (POST) | |
//! | [`body`] | the kinds of body: an operation and a direction | |
//! | [`lint`] | what is wrong with a body, where, and what to do about it | |
//! | `types` | the bodies as Rust types | `client` |
//! | `client` | the generated client, which refuses what the contract refuses before it opens a socket | `client` |
//! | `sandbox` | a server of the API that enforces the contract and remembers | `sandbox` |
//! | `docs` | the contract as pages for a browser | `docs`, which `cli` and `sandbox` bring |
//! | `report` | findings as text, JSON, SARIF and in other formats | `cli` |
//! | `cli` | the command line tool `kaizala-actions` | `cli` |
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
//! The linter, the matrix and the contract need no feature, and then no HTTP client or async
//! runtime.

pub mod body;
#[cfg(feature = "client")]
pub mod client;
pub mod contract;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod fuzzing;
#[doc(hidden)]
pub mod json;
pub mod lint;
pub mod mask;
pub mod support;
#[cfg(feature = "client")]
pub mod types;
