//! Flaws of strings and numbers that do not make the text unreadable.

use super::cursor::Span;

/// A fault inside a string or a number that leaves the rest of the document readable.
#[derive(Debug, Clone)]
pub enum Flaw {
    /// Bytes that are not UTF-8.
    Bytes(Span),
    /// Half of a surrogate pair, as an escape.
    Surrogate(Span),
    /// A number that neither int64 nor a double can hold.
    Range,
}
