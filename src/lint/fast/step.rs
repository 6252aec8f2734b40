//! The kinds of values.

/// How the fast pass handles a value.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Step {
    /// It cannot decide.
    Unsure,
    Union,
    /// The tag of a union in what all its alternatives share.
    Tag,
    Choice,
    Any,
    Boolean,
    Integer,
    Number,
    OneOf,
    /// A string that a pattern or a rule applies to.
    Text,
    String,
    Array,
    Object,
    /// An object with any members.
    Free,
}
