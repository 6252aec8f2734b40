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
pub(in crate::lint) use skip::unchecked;
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
    /// Whether a member by which a body is recognised is not what its plan says.
    hides_members: bool,
}

/// What is known about a body of this kind, if it is certainly clean except for the doubts.
pub(super) fn body(kind: BodyKind, cursor: Cursor<'_>) -> Result<Fit, Trail> {
    document(kind, cursor, |_| true)
}

/// The same for a body of unknown kind. If it is not certainly clean, the error has the kind that
/// the pass could follow furthest.
pub(super) fn any_body(cursor: Cursor<'_>) -> Result<(BodyKind, Fit), Option<(BodyKind, Trail)>> {
    let mut longest: Option<(BodyKind, Trail)> = None;
    let mut is_known = false;
    let first = first_key(cursor);
    for kind in BodyKind::ALL.iter().copied() {
        if first.is_some_and(|key| !may_have(kind, key)) {
            continue;
        }
        let by_text = || recognition::of_text(cursor) == Some(kind);
        let by_plan = |plan| match recognition::of_clean(plan) {
            Some(known) => {
                is_known |= Plan::of(kind).is_some_and(|plan| plan.union.is_some());
                known == kind
            }
            // What all alternatives share is not followed if the type names one for another kind.
            None => !is_known && by_text(),
        };
        match document(kind, cursor, by_plan) {
            Ok(fit) if !fit.hides_members || by_text() => return Ok((kind, fit)),
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

/// What follows the opening quote of the first key of an object.
fn first_key(mut cursor: Cursor<'_>) -> Option<&[u8]> {
    cursor.eat(b'{')?;
    cursor.eat(b'"')?;
    Some(cursor.rest())
}

/// Whether the schema of a body declares a key, if it has members of its own: otherwise the body
/// certainly is of another kind.
fn may_have(kind: BodyKind, key: &[u8]) -> bool {
    let is_declared = |plan: &Plan| Key::find(&plan.keys, 0, key).is_some();
    Plan::of(kind).is_some_and(|plan| plan.members.is_none() || is_declared(plan))
}

/// `is_worth` says whether to follow the plan of a body.
fn document(
    kind: BodyKind,
    cursor: Cursor<'_>,
    is_worth: impl FnOnce(&'static Plan) -> bool,
) -> Result<Fit, Trail> {
    let mut pass = Pass::new(cursor);
    let fits = Plan::of(kind).and_then(|plan| pass.document(plan, is_worth));
    match fits {
        None => Err(pass.trail()),
        Some(()) => Ok(Fit {
            types: pass.types,
            doubts: pass.doubts,
            hides_members: pass.hides_members,
        }),
    }
}

/// Whether the value at a cursor is certainly clean.
pub(super) fn part(plan: &'static Plan, cursor: Cursor<'_>) -> Result<(), Trail> {
    let mut pass = Pass::without_doubt(cursor);
    let is_clean = pass.value(plan, DEPTH - 1);
    is_clean.ok_or_else(|| pass.trail())
}
