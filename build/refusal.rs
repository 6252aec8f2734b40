//! How a document is refused.

use std::fmt;

/// The document, from the root of the package.
pub const DOCUMENT: &str = "openapi/kaizala-actions.yaml";

/// Why a document is refused: where, what, and what to do about it.
#[derive(Debug, PartialEq)]
pub struct Refusal {
    /// The line of the text, where that is known.
    pub line: Option<usize>,
    /// JSON Pointer into the document, or line and column while it is not yet a document.
    pub place: String,
    /// What is wrong there.
    pub problem: String,
    /// How to mend it.
    pub help: String,
}

impl Refusal {
    pub fn new(
        place: impl Into<String>,
        problem: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            line: None,
            place: place.into(),
            problem: problem.into(),
            help: help.into(),
        }
    }
}

/// A [`Refusal`] as the error that a check returns.
pub fn refuse<T>(
    place: impl Into<String>,
    problem: impl Into<String>,
    help: impl Into<String>,
) -> Result<T, Refusal> {
    Err(Refusal::new(place, problem, help))
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(DOCUMENT)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": at {}: {}; {}", self.place, self.problem, self.help)
    }
}

impl std::error::Error for Refusal {}
