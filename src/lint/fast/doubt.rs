//! Values that fit their schema, and about which a rule may still have something to say.
//!
//! Most notes are about such a value. To explain them, only these values are read into a tree, and
//! not the whole document.

use crate::{
    json::{self, Cursor},
    lint::{check::Check, finding::Sink, instance::Instance, plan::Plan, pointer::Pointer},
};

/// The maximum number of doubts about a document: to explain many, it is better read as a whole.
pub(super) const MOST: usize = 16;

/// The maximum depth of a doubt.
const DEEPEST: usize = 8;

/// A value, and its plan.
pub(in crate::lint) struct Doubt {
    plan: &'static Plan,
    start: usize,
    path: Path,
    depth: usize,
}

/// The way to a value, as far as it is not too deep.
#[derive(Clone, Copy)]
pub(super) struct Path([Child; DEEPEST]);

/// A name as the contract and the document spell it, or an index.
#[derive(Clone, Copy)]
pub(super) enum Child {
    Member(&'static str),
    Item(usize),
}

impl Default for Path {
    fn default() -> Self {
        Self([Child::Item(0); DEEPEST])
    }
}

impl Path {
    /// Sets the name at this depth, from 0.
    #[inline]
    pub fn set(&mut self, depth: usize, name: Child) {
        if let Some(place) = self.0.get_mut(depth) {
            *place = name;
        }
    }
}

impl Doubt {
    /// A doubt about the value that starts here; `depth` is the number of names on the way to it.
    /// `None` if it is too deep.
    pub(super) fn new(plan: &'static Plan, start: usize, path: Path, depth: usize) -> Option<Self> {
        (depth <= DEEPEST).then_some(Self {
            plan,
            start,
            path,
            depth,
        })
    }

    /// Lets the rules say what they have to say; `cursor` is in the document.
    pub fn explain(&self, cursor: Cursor<'_>, sink: &mut Sink) {
        let at = self.start;
        let Some(tree) = json::value(Cursor { at, ..cursor }) else {
            return; // The pass has skipped it, so it is there.
        };
        let find = &mut |pointer: &Pointer<'_>| {
            let place = Instance {
                node: tree.root(),
                pointer,
                schema: self.plan.schema,
            };
            Check::post_schema(&self.plan.checks, &place, None, sink);
        };
        located(&self.path.0[..self.depth], &Pointer::default(), find);
    }
}

/// Calls a function with the pointer of a path below another.
fn located(path: &[Child], at: &Pointer<'_>, find: &mut dyn FnMut(&Pointer<'_>)) {
    match path.split_first() {
        None => find(at),
        Some((Child::Member(name), inner)) => located(inner, &at.declared(name), find),
        Some((Child::Item(index), inner)) => located(inner, &at.item(*index), find),
    }
}
