//! Exchanges: a request and its response, judged as a whole. This is the only code that judges
//! requests.
//!
//! `judge.rs` has the steps. `line.rs` judges the method and the URL, `value.rs` the values of
//! query parameters, and `headers.rs` the header fields.

mod blank_bodies;
mod called;
mod fields;
mod gap;
mod gaps;
mod headers;
mod judge;
mod line;
mod malformed;
mod message;
mod near;
mod partly_known;
mod path;
mod placed;
mod placeholder;
mod reading;
mod reports;
mod secrets;
mod unresolved;
mod value;

pub use called::Called;
pub use gap::Gap;
pub(super) use line::Line;
pub use message::{Exchange, Headers, Request, Response};
pub use reports::{ExchangeReport, PartReport, RequestReport};
pub use unresolved::{Unresolved, UnresolvedKind};

/// Reads exchanges that are recorded as JSON.
pub mod recorded {
    pub use super::fields::{Body, Spot, Spots, member};
    pub use super::malformed::Malformed;
    pub use super::reading::{Recorded, document, no_response};
}
