//! The kinds of values.

/// How the fast pass handles a value.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Step {
    /// It cannot decide.
    Unsure,
    Union,
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
}
