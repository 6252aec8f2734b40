//! The error for a refused document.

use std::fmt;

/// The path of the document from the root of the package.
pub const DOCUMENT: &str = "openapi/kaizala-actions.yaml";

/// Why a document is refused: the location, the problem, and what to do.
#[derive(Debug, PartialEq)]
pub struct Refusal {
    /// The line of the text, if it is known.
    pub line: Option<usize>,
    /// The JSON Pointer into the document, or line and column if it could not be parsed.
    pub place: String,
    /// What is wrong there.
    pub problem: String,
    /// How to fix it.
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

/// The error of a check.
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
