//! What an input exercises of the contract, and what it has that the contract lacks: names and
//! counts, and never a value of the input.

mod aspect;
mod body;
mod declared;
mod exchange;
mod json;
mod names;
mod seen;
mod undeclared;

pub use aspect::Aspect;
pub use json::CoverageError;
pub use seen::{Coverage, Seen};
pub use undeclared::Undeclared;
