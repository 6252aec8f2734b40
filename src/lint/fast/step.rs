//! What a value can be.

/// How the fast pass goes over a value.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Step {
    /// It cannot tell.
    Unsure,
    Union,
    Choice,
    Any,
    Boolean,
    Integer,
    Number,
    OneOf,
    /// A string that a pattern or a rule looks at.
    Text,
    String,
    Array,
    Object,
}
