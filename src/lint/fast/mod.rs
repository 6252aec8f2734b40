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
mod step;
mod walk;

#[cfg(test)]
mod tests;

pub(crate) use key::Key;
pub(crate) use pattern::Pattern;
pub(crate) use step::Step;

use super::{plan::Plan, recognition, seen::SeenTypes};
use crate::{body::BodyKind, json::Cursor};

/// What a body of this kind tells of, if it surely has no finding.
pub(super) fn clean(kind: BodyKind, text: &[u8]) -> Option<SeenTypes> {
    Some(walk::document(Plan::get(kind.schema())?, Cursor::new(text, 0))?.1)
}

/// The same with the kind that a body surely is of, by its members.
pub(super) fn recognise_clean(text: &[u8]) -> Option<(BodyKind, SeenTypes)> {
    let cursor = Cursor::new(text, 0);
    BodyKind::ALL.iter().find_map(|kind| {
        let (plan, types) = walk::document(Plan::get(kind.schema())?, cursor)?;
        (recognition::of_clean(plan) == Some(*kind)).then_some((*kind, types))
    })
}
