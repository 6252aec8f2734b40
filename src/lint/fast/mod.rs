//! A pass over the bytes of a body that answers one question: is the body certainly clean?
//!
//! Most bodies are clean, and that answer must be cheap: the plan of the contract is followed over
//! the bytes without building a tree. The pass may only agree with the full linter: whenever it is
//! not certain, it leaves the decision to that.

#[cfg(any(test, fuzzing))]
pub(crate) mod agreement;
mod key;
#[cfg(any(test, fuzzing))]
pub(crate) mod mutate;
mod pattern;
mod step;
mod trail;
mod walk;

#[cfg(test)]
mod tests;

pub(crate) use key::Key;
pub(crate) use pattern::Pattern;
pub(crate) use step::Step;
pub(in crate::lint) use trail::Trail;

use super::{plan::Plan, recognition, seen::SeenTypes};
use crate::{
    body::BodyKind,
    json::{Cursor, DEPTH},
};
use walk::Pass;

/// The action types in a body of this kind, if it is certainly clean.
pub(super) fn clean(kind: BodyKind, text: &[u8]) -> Result<SeenTypes, Trail> {
    document(kind, Cursor::new(text, 0)).map(|(_, types)| types)
}

/// The same for a body of unknown kind. If it is not certainly clean, the error has the kind that
/// the pass could follow furthest.
pub(super) fn recognise_clean(
    text: &[u8],
) -> Result<(BodyKind, SeenTypes), Option<(BodyKind, Trail)>> {
    let cursor = Cursor::new(text, 0);
    let mut longest: Option<(BodyKind, Trail)> = None;
    for kind in BodyKind::ALL.iter().copied() {
        match document(kind, cursor) {
            Ok((plan, types)) if recognition::of_clean(plan) == Some(kind) => {
                return Ok((kind, types));
            }
            Ok(_) => {}
            Err(trail) => {
                let is_longer = |(_, other): (_, Trail)| trail.clean_to > other.clean_to;
                if longest.is_none_or(is_longer) {
                    longest = Some((kind, trail));
                }
            }
        }
    }
    Err(longest)
}

fn document(kind: BodyKind, cursor: Cursor<'_>) -> Result<(&'static Plan, SeenTypes), Trail> {
    let mut pass = Pass::new(cursor);
    match Plan::of(kind).and_then(|plan| pass.document(plan)) {
        Some(plan) => Ok((plan, pass.types)),
        None => Err(pass.trail()),
    }
}

/// Whether the value at a cursor is certainly clean.
pub(super) fn part(plan: &'static Plan, cursor: Cursor<'_>) -> Result<(), Trail> {
    let mut pass = Pass::new(cursor);
    let is_clean = pass.value(plan, DEPTH - 1);
    is_clean.ok_or_else(|| pass.trail())
}
