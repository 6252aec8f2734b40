//! The contract of Microsoft Kaizala's `/actions` API.

pub mod body;
pub mod contract;
pub mod lint;
pub mod support;
