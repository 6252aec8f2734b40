//! Values about which there may be something to say, while the rest of the document is clean.
//!
//! Most findings are about such a value. To explain them, only these values are read into a tree,
//! and not the whole document.

use crate::{
    json::{self, Cursor, Node},
    lint::{
        plan::{Plan, Union},
        pointer::Pointer,
    },
};

/// The maximum number of doubts about a document: to explain many, it is better read as a whole.
pub(super) const MOST: usize = 16;

/// The maximum depth of a doubt.
const DEEPEST: usize = 8;

/// A value, and its plan.
pub(in crate::lint) struct Doubt {
    pub plan: &'static Plan,
    pub about: About,
    pub start: usize,
    path: Path,
    depth: usize,
}

/// What has to be judged of a value.
#[derive(Clone, Copy)]
pub(in crate::lint) enum About {
    /// The rules of its own schema. It and its parts fit their schemas.
    Rules,
    /// All of it.
    Whole,
    /// A tag that names no alternative of this union.
    Tag(&'static Union),
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
    fn last(&self, depth: usize) -> Option<&Child> {
        self.0.get(depth.checked_sub(1)?)
    }

    /// Whether the value at this depth is an item.
    pub fn is_item(&self, depth: usize) -> bool {
        matches!(self.last(depth), Some(Child::Item(_)))
    }

    /// Whether the value at this depth is a member of this name.
    pub fn is_member(&self, depth: usize, name: &str) -> bool {
        matches!(self.last(depth), Some(Child::Member(other)) if *other == name)
    }

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
    pub(super) fn new(
        plan: &'static Plan,
        about: About,
        start: usize,
        path: Path,
        depth: usize,
    ) -> Option<Self> {
        (depth <= DEEPEST).then_some(Self {
            plan,
            about,
            start,
            path,
            depth,
        })
    }

    /// Whether it may not fit its schema.
    pub(super) fn is_misfit(&self) -> bool {
        matches!(self.about, About::Whole)
    }

    /// Reads the value into a tree and judges it; `cursor` is in the document.
    pub fn explain(&self, cursor: Cursor<'_>, mut judge: impl FnMut(Node<'_>, &Pointer<'_>)) {
        let at = self.start;
        // The pass has skipped it, so it is there.
        if let Some(tree) = json::value(Cursor { at, ..cursor }) {
            let judge = &mut |pointer: &Pointer<'_>| judge(tree.root(), pointer);
            located(&self.path.0[..self.depth], &Pointer::default(), judge);
        }
    }
}

/// Calls a function with the pointer of a path below another.
fn located(path: &[Child], at: &Pointer<'_>, judge: &mut dyn FnMut(&Pointer<'_>)) {
    match path.split_first() {
        None => judge(at),
        Some((Child::Member(name), inner)) => located(inner, &at.declared(name), judge),
        Some((Child::Item(index), inner)) => located(inner, &at.item(*index), judge),
    }
}
