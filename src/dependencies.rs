//! The crates whose types are in the public interface, in the version that is used: import them
//! from here, and your `Cargo.toml` does not need matching versions.
//!
//! A new major version of one of them is a breaking change here.
//!
//! ```
//! use kaizala_actions::{contract::Contract, dependencies::indexmap::IndexMap};
//!
//! let answers: &IndexMap<_, _> = &Contract::get().answers;
//! assert!(answers.contains_key("Text"));
//! ```

pub use indexmap;
pub use serde;
pub use serde_json;

#[cfg(feature = "client")]
pub use {bytes, chrono, futures_core, progenitor_client, reqwest, rustls};
