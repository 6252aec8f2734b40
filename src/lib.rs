//! The contract of Microsoft Kaizala's `/actions` API.

pub mod body;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "client")]
pub mod client;
pub mod contract;
pub mod lint;
#[cfg(any(feature = "cli", feature = "sandbox"))]
pub mod report;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod support;
#[cfg(feature = "client")]
pub mod types;
#[cfg(feature = "client")]
mod unions;
