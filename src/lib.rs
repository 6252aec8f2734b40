//! The contract of Microsoft Kaizala's `/actions` API.

pub mod body;
#[cfg(feature = "cli")]
pub mod cli;
pub mod contract;
pub mod lint;
#[cfg(feature = "cli")]
pub mod report;
pub mod support;
