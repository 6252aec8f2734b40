//! Fixes of findings, as changes of the text.

use serde::Serialize;

use crate::json::Span;

/// Changes of the text that fix a finding without changing what the document means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fix {
    /// What the changes do.
    pub description: String,
    /// The changes, by ascending offset and without overlap.
    pub edits: Vec<Edit>,
}

/// One change of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Edit {
    /// Bytes before the text to replace.
    pub offset: usize,
    /// Bytes to replace; zero for an insertion.
    pub length: usize,
    /// The new text; empty for a removal.
    pub replacement: String,
}

impl Fix {
    pub(super) fn new(
        description: impl Into<String>,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Self {
        Self {
            description: description.into(),
            edits: edits.into_iter().collect(),
        }
    }

    /// A fix with a single change.
    pub(super) fn replace(
        description: impl Into<String>,
        span: &Span,
        replacement: impl Into<String>,
    ) -> Self {
        Self::new(description, [Edit::replace(span, replacement)])
    }
}

impl Edit {
    pub(super) fn replace(span: &Span, replacement: impl Into<String>) -> Self {
        Self {
            offset: span.start,
            length: span.len(),
            replacement: replacement.into(),
        }
    }
}
