//! A pass over the bytes of a body that answers one question: is the body certainly clean, except
//! for single values that have to be looked at?
//!
//! Most bodies are clean, and that answer must be cheap: the plan of the contract is followed over
//! the bytes without building a tree. The pass may only agree with the full linter: whenever it is
//! not certain, it leaves the decision to that.

#[cfg(any(test, fuzzing))]
pub(crate) mod agreement;
mod choose;
mod doubt;
mod key;
#[cfg(any(test, fuzzing))]
pub(crate) mod mutate;
mod pattern;
mod skip;
mod step;
mod trail;
mod walk;
mod when;

#[cfg(test)]
mod tests;

pub(in crate::lint) use doubt::{About, Doubt};
pub(crate) use key::Key;
pub(crate) use pattern::Pattern;
pub(crate) use step::Step;
pub(in crate::lint) use trail::Trail;
pub(crate) use when::When;

use super::{plan::Plan, recognition, seen::SeenTypes};
use crate::{
    body::BodyKind,
    json::{Cursor, DEPTH},
};
use walk::Pass;

/// What the pass knows about a body that is certainly clean, except for the doubts.
pub(super) struct Fit {
    /// The action types in it.
    pub types: SeenTypes,
    pub doubts: Vec<Doubt>,
}

/// What is known about a body of this kind, if it is certainly clean except for the doubts.
pub(super) fn body(kind: BodyKind, cursor: Cursor<'_>) -> Result<Fit, Trail> {
    document(kind, cursor).map(|(_, seen)| seen)
}

/// The same for a body of unknown kind. If it is not certainly clean, the error has the kind that
/// the pass could follow furthest.
pub(super) fn any_body(cursor: Cursor<'_>) -> Result<(BodyKind, Fit), Option<(BodyKind, Trail)>> {
    let mut longest: Option<(BodyKind, Trail)> = None;
    for kind in BodyKind::ALL.iter().copied() {
        match document(kind, cursor) {
            Ok((plan, seen)) if recognition::of_clean(plan) == Some(kind) => {
                return Ok((kind, seen));
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

fn document(kind: BodyKind, cursor: Cursor<'_>) -> Result<(&'static Plan, Fit), Trail> {
    let mut pass = Pass::new(cursor);
    match Plan::of(kind).and_then(|plan| pass.document(plan)) {
        None => Err(pass.trail()),
        Some(plan) => {
            let Pass { types, doubts, .. } = pass;
            Ok((plan, Fit { types, doubts }))
        }
    }
}

/// Whether the value at a cursor is certainly clean.
pub(super) fn part(plan: &'static Plan, cursor: Cursor<'_>) -> Result<(), Trail> {
    let mut pass = Pass::without_doubt(cursor);
    let is_clean = pass.value(plan, DEPTH - 1);
    is_clean.ok_or_else(|| pass.trail())
}
