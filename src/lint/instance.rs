//! What is judged: a value, its place and its schema.

use super::{plan::Plan, pointer::Pointer};
use crate::{contract::Schema, json::Node};

/// A value that is judged, in the sense of JSON Schema.
#[derive(Clone, Copy)]
pub(super) struct Instance<'n> {
    pub node: Node<'n>,
    pub pointer: &'n Pointer<'n>,
    /// What the contract says of it.
    pub schema: &'n Schema,
}

/// The object around the one at hand: what it declares, what it has (be it null), and itself.
#[derive(Clone, Copy)]
pub(super) struct Outer<'o> {
    pub plan: &'o Plan,
    /// Which of the declared members it has.
    pub has: u128,
    pub object: Node<'o>,
}
