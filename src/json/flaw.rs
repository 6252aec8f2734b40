//! What can be wrong with a string or a number that is JSON all the same.

use super::cursor::Span;

/// A fault inside a string or a number that leaves the rest of the document readable.
#[derive(Debug, Clone)]
pub enum Flaw {
    /// Bytes that are no UTF-8.
    Bytes(Span),
    /// Half of a surrogate pair, as an escape.
    Surrogate(Span),
    /// More than int64 or a double can hold.
    Range,
}
