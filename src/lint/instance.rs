//! What is judged: a value, its location and its schema.

use super::pointer::Pointer;
use crate::{contract::Schema, json::Node};

/// A value that is judged, in the sense of JSON Schema.
#[derive(Clone, Copy)]
pub(super) struct Instance<'n> {
    pub node: Node<'n>,
    pub pointer: &'n Pointer<'n>,
    /// Its schema in the contract.
    pub schema: &'n Schema,
}
