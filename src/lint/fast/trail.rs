//! How far the fast pass got, so that the linter proper need not go the same way.

use crate::{json::Span, lint::plan::Plan};

/// What the pass knows of a document that it is not sure of.
#[derive(Clone, Copy, Default)]
pub(in crate::lint) struct Trail {
    /// Values that end before this surely are clean.
    pub clean_to: usize,
    /// Where it was no longer sure. It has not seen what begins here or behind.
    pub fails_at: usize,
    /// Where the last union was, and the alternative that was chosen.
    pub chosen: Option<(usize, &'static Plan)>,
}

impl Trail {
    /// What is left where the linter proper does not choose as the pass did for a union: all that
    /// is in it is still to be seen.
    pub fn within(self, union: &Span, plan: &'static Plan) -> Self {
        match self.chosen {
            Some((start, chosen)) if start == union.start && std::ptr::eq(chosen, plan) => self,
            _ => Self {
                fails_at: union.start + 1,
                ..Self::default()
            },
        }
    }
}
