//! The contract of Microsoft Kaizala's `/actions` API: support matrix, linter, and a typed client.

pub mod body;
#[cfg(feature = "client")]
pub mod client;
pub mod contract;
pub mod lint;
pub mod support;
#[cfg(feature = "client")]
pub mod types;
#[cfg(feature = "client")]
mod unions;
