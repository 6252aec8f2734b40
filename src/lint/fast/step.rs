//! The kinds of values.

/// How the fast pass handles a value.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Step {
    /// It cannot decide.
    Unsure,
    Union,
    /// The tag of an object of which only what all alternatives of a union share is known.
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
