//! A pass over the bytes of a body that answers one question: is there surely nothing to say about
//! it?
//!
//! Most bodies are clean, and that answer must be cheap. The contract is compiled into a small
//! program, and the program is walked over the bytes without building a tree. It may only ever
//! agree with the linter proper: whatever it is not sure of, it leaves to that.

#[cfg(any(test, fuzzing))]
pub(crate) mod agreement;
mod compile;
#[cfg(any(test, fuzzing))]
pub(crate) mod mutate;
mod program;
mod shape;
mod walk;

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use crate::{body::BodyKind, contract::Contract, json::Cursor};
use program::Program;

/// Whether a body of this kind surely has no finding.
pub(super) fn is_clean(kind: BodyKind, text: &[u8]) -> bool {
    program(kind).is_some_and(|program| program.clean(Cursor::new(text, 0)))
}

/// The kind that a body surely is of, by its members, if it surely has no finding.
pub(super) fn recognise_clean(text: &[u8]) -> Option<BodyKind> {
    let cursor = Cursor::new(text, 0);
    let surely = |program: &Program| program.recognises && program.clean(cursor);
    let mut kinds = BodyKind::ALL.iter().copied();
    kinds.find(|kind| program(*kind).is_some_and(surely))
}

fn program(kind: BodyKind) -> Option<&'static Program> {
    static PROGRAMS: [OnceLock<Option<Program>>; BodyKind::ALL.len()] =
        [const { OnceLock::new() }; BodyKind::ALL.len()];
    PROGRAMS
        .get(kind as usize)?
        .get_or_init(|| compile::compile(Contract::get(), kind))
        .as_ref()
}
