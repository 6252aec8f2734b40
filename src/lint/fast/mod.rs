//! A pass over the bytes of a body that answers one question: is there surely nothing to say about
//! it?
//!
//! Most bodies are clean, and that answer must be cheap: the plan of the contract is followed over
//! the bytes without building a tree. It may only ever agree with the linter proper: whatever it is
//! not sure of, it leaves to that.

#[cfg(any(test, fuzzing))]
pub(crate) mod agreement;
mod key;
#[cfg(any(test, fuzzing))]
pub(crate) mod mutate;
mod pattern;
mod walk;

#[cfg(test)]
mod tests;

pub(crate) use key::Key;
pub(crate) use pattern::Pattern;

use super::plan::Plan;
use crate::{body::BodyKind, json::Cursor};

/// Whether a body of this kind surely has no finding.
pub(super) fn is_clean(kind: BodyKind, text: &[u8]) -> bool {
    clean(kind, Cursor::new(text, 0)).is_some()
}

/// The kind that a body surely is of, by its members, if it surely has no finding.
pub(super) fn recognise_clean(text: &[u8]) -> Option<BodyKind> {
    let cursor = Cursor::new(text, 0);
    let mut kinds = BodyKind::ALL.iter().copied();
    kinds.find(|kind| clean(*kind, cursor).is_some_and(|plan| plan.recognised() == Some(*kind)))
}

/// What a body of this kind is, by its tag, if it surely has no finding.
fn clean(kind: BodyKind, cursor: Cursor<'_>) -> Option<&'static Plan> {
    walk::document(Plan::get(kind.schema())?, cursor)
}
