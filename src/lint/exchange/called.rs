//! What a request calls.

use crate::contract::Operation;

/// What a request calls, by its method and its URL.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Called {
    /// Another API.
    Foreign,
    /// A path of the contract, or nearly one, with a method or a spelling that it does not have.
    Unknown,
    /// An operation of the contract.
    Operation(&'static Operation),
}

impl Called {
    /// The operation, if the contract has it.
    #[must_use]
    pub fn operation(self) -> Option<&'static Operation> {
        match self {
            Self::Operation(operation) => Some(operation),
            Self::Foreign | Self::Unknown => None,
        }
    }
}
