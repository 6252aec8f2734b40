//! The contract of Microsoft Kaizala's `/actions` API.

pub mod body;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "client")]
pub mod client;
pub mod contract;
pub mod lint;
#[cfg(feature = "cli")]
pub mod report;
pub mod support;
#[cfg(feature = "client")]
pub mod types;
#[cfg(feature = "client")]
mod unions;
