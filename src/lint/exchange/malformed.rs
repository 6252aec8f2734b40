//! Why a record cannot be read.

use std::{borrow::Cow, ops::Range};

/// Why a record is not an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The location in the record.
    pub span: Range<usize>,
    /// What is wrong there.
    pub problem: String,
    /// What to do about it.
    pub help: Cow<'static, str>,
}

impl Malformed {
    /// A problem, and what to do about it.
    pub fn new(
        span: Range<usize>,
        problem: impl Into<String>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            span,
            problem: problem.into(),
            help: help.into(),
        }
    }
}
