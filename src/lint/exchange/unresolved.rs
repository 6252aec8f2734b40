//! Places where a recorded body differs from what is sent.

use std::{iter, ops::Range};

use memchr::memmem;

use super::gap::Gap;
use crate::lint::Part;

/// The longest name of a variable.
const NAME: usize = 200;

/// A place where a recorded body differs from what is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unresolved {
    /// Its location in the body.
    pub span: Range<usize>,
    /// What is recorded there.
    pub what: UnresolvedKind,
}

/// What is recorded in place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnresolvedKind {
    /// The name of a variable.
    Variable,
    /// A command that prints the value.
    Command,
    /// The name of a file.
    File,
    /// An expression of a workflow.
    Expression,
}

impl Unresolved {
    /// A gap at this location.
    #[must_use]
    pub fn new(span: Range<usize>, what: UnresolvedKind) -> Self {
        Self { span, what }
    }

    /// The template variables that were not filled in, as in `{{name}}`.
    ///
    /// ```
    /// use kaizala_actions::lint::Unresolved;
    ///
    /// let places = Unresolved::templates(br#"{"a": {{b}}, "c": {"d": {}}}"#);
    /// assert_eq!(places.map(|place| place.span).collect::<Vec<_>>(), [6..11]);
    /// ```
    pub fn templates(body: &[u8]) -> impl Iterator<Item = Self> {
        let mut at = 0;
        iter::from_fn(move || {
            loop {
                let start = at + memmem::find(&body[at..], b"{{")?;
                let name = &body[start + 2..];
                let name = &name[..name.len().min(NAME)];
                let is_end = |byte: &u8| matches!(byte, b'{' | b'}' | b'"' | b'\n');
                at = start + 1;
                if let Some(length @ 1..) = name.iter().position(is_end)
                    && name[length..].starts_with(b"}}")
                {
                    at = start + 2 + length + 2;
                    return Some(Self::new(start..at, UnresolvedKind::Variable));
                }
            }
        })
    }
}

impl UnresolvedKind {
    /// What is not judged, and what to do about it.
    pub(in crate::lint) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Variable => (
                "a variable is here, whose value is not judged",
                "to judge it, write the value, or record what is sent",
            ),
            Self::Command => (
                "what is sent is not in the script: a command prints it",
                "to judge it, record what is sent",
            ),
            Self::File => (
                "what is sent is in another file, which is not read",
                "lint that file, with --as OPERATION.DIRECTION",
            ),
            Self::Expression => (
                "an expression is here, whose value is not judged",
                "to judge it, record what is sent",
            ),
        }
    }

    /// For a body that consists of one gap only.
    #[must_use]
    pub fn gap(self) -> Gap {
        let (problem, help) = self.words();
        Gap::new(Part::RequestBody, problem, help)
    }
}
