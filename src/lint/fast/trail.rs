//! How far the fast pass got, so that the full linter need not repeat its work.

use crate::{json::Span, lint::plan::Plan};

/// What the pass knows about a document that it is not certain of.
#[derive(Clone, Copy, Default)]
pub(in crate::lint) struct Trail {
    /// Values that end before this offset are certainly clean.
    pub clean_to: usize,
    /// Where it was no longer certain. It has not seen what begins here or later.
    pub fails_at: usize,
    /// The location of the last union, and the alternative that was chosen.
    pub chosen: Option<(usize, &'static Plan)>,
}

impl Trail {
    /// What remains valid if the full linter chooses another alternative of a union than the pass
    /// did: everything in the union has to be judged.
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
