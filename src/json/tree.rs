//! A JSON document as a tree with locations.
//!
//! The values are in one list, in the order of the text, and a member's key precedes its value. A
//! value stores its location and not its text; only strings with escapes are stored decoded. The
//! lists are reused for the next document.

use std::{
    cell::{Cell, RefCell},
    mem,
    ops::Range,
};

use super::{
    cursor::{Cursor, Span},
    flaw::Flaw,
};

/// The maximum depth of arrays and objects. `parse.rs` and the fast pass of the linter enforce it;
/// `lint/exchange/blank_bodies.rs` leaves out of a record what is deeper.
pub const DEPTH: usize = 128;

/// A document.
///
/// The linter marks it while judging: names and values get their declared spelling, and members
/// that do not count are marked. The structure does not change.
#[derive(Debug)]
pub struct Tree<'t> {
    /// The text, if it is UTF-8.
    utf8: Option<&'t str>,
    lists: Lists,
}

/// The parts of a tree apart from the text.
#[derive(Debug, Default)]
struct Lists {
    slots: Vec<Slot>,
    decoded: String,
    /// The span of each decoded string in `decoded`.
    strings: Vec<Range<u32>>,
    /// By ascending slot.
    flaws: Vec<(usize, Flaw)>,
    /// Whether an object has a key twice.
    repeats: bool,
    /// Spellings of the contract that replace those of the text.
    spellings: RefCell<Vec<&'static str>>,
}

/// A value, or the key of a member.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub kind: Kind,
    start: u32,
    end: u32,
    /// For an array or an object, the slot after its contents; for a decoded string, its number,
    /// from 1.
    link: u32,
    /// The number of the spelling that replaces its own, from 1.
    spelling: Cell<u16>,
    /// Whether the intended value is unknown.
    pub is_flawed: Cell<bool>,
    /// For a number: whether it is meant to be an integer.
    pub is_whole: Cell<bool>,
    /// For a key: whether the same key, in any case, came before.
    pub repeats: Cell<bool>,
    /// For a key: whether its member does not count.
    pub is_left_out: Cell<bool>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Kind {
    #[default]
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

thread_local! {
    /// The lists of the last tree, to be reused.
    static SPARE: Cell<Lists> = Cell::default();
}

impl<'t> Tree<'t> {
    pub(super) fn new(utf8: Option<&'t str>) -> Self {
        let lists = SPARE.take();
        Self { utf8, lists }
    }

    /// A tree of one string, at this location in some text.
    #[must_use]
    pub fn of_string(string: &str, place: Span) -> Self {
        let mut tree = Self::new(None);
        let at = tree.open(Kind::String, place.start);
        tree.decode(at, |decoded| decoded.push_str(string));
        tree.close(at, place.end);
        tree
    }

    /// Adds a value or a key that begins here; returns its slot.
    pub(super) fn open(&mut self, kind: Kind, start: usize) -> usize {
        self.add(kind, start..0)
    }

    /// Adds a scalar or a key at this location; returns its slot.
    #[inline]
    pub(super) fn add(&mut self, kind: Kind, span: Span) -> usize {
        self.lists.slots.push(Slot {
            kind,
            start: narrow(span.start),
            end: narrow(span.end),
            link: 0,
            spelling: Cell::default(),
            is_flawed: Cell::default(),
            is_whole: Cell::default(),
            repeats: Cell::default(),
            is_left_out: Cell::default(),
        });
        self.lists.slots.len() - 1
    }

    /// Ends it here, after its contents.
    #[inline]
    pub(super) fn close(&mut self, at: usize, end: usize) {
        let next = narrow(self.lists.slots.len());
        let slot = &mut self.lists.slots[at];
        slot.end = narrow(end);
        if let Kind::Array | Kind::Object = slot.kind {
            slot.link = next;
        }
    }

    /// Drops a string that could not be read, or a key without a value.
    pub(super) fn drop_last(&mut self, at: usize) {
        if self.lists.slots.len() == at + 1 {
            self.lists.slots.truncate(at);
        }
    }

    /// Sets the decoded text of a string to what `write` adds, if it adds anything.
    pub(super) fn decode<T>(&mut self, at: usize, write: impl FnOnce(&mut String) -> T) -> T {
        let Lists {
            decoded, strings, ..
        } = &mut self.lists;
        let start = narrow(decoded.len());
        let written = write(decoded);
        strings.push(start..narrow(decoded.len()));
        self.lists.slots[at].link = narrow(strings.len());
        written
    }

    pub(super) fn add_flaw(&mut self, at: usize, flaw: Flaw) {
        self.lists.slots[at].is_flawed.set(true);
        self.lists.flaws.push((at, flaw));
    }

    /// Notes that an object has a key twice.
    pub(super) fn repeats(&mut self) {
        self.lists.repeats = true;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lists.slots.is_empty()
    }

    /// Whether any value or key has a flaw.
    #[must_use]
    pub fn is_flawed(&self) -> bool {
        !self.lists.flaws.is_empty()
    }

    /// Whether an object has a key twice, or any value or key has a flaw.
    #[must_use]
    pub fn is_faulty(&self) -> bool {
        self.lists.repeats || self.is_flawed()
    }

    #[inline]
    pub(super) fn slot(&self, at: usize) -> &Slot {
        &self.lists.slots[at]
    }

    /// The slot after a value.
    #[inline]
    pub(super) fn next(&self, at: usize) -> usize {
        let slot = self.slot(at);
        match slot.kind {
            Kind::Array | Kind::Object => slot.link as usize,
            _ => at + 1,
        }
    }

    pub(super) fn cursor(&self, at: usize) -> Option<Cursor<'t>> {
        let utf8 = self.utf8?;
        Some(Cursor {
            text: utf8.as_bytes(),
            utf8: Some(utf8),
            at,
        })
    }

    #[inline]
    pub(super) fn slice(&self, span: Span) -> &str {
        self.utf8
            .and_then(|text| text.get(span))
            .unwrap_or_default()
    }

    /// The text of a string or a key as it was written.
    #[inline]
    pub(super) fn written(&self, at: usize) -> &str {
        let slot = self.slot(at);
        match slot.link.checked_sub(1) {
            None => self.slice(slot.start as usize + 1..slot.end as usize - 1),
            Some(index) => {
                let part = &self.lists.strings[index as usize];
                &self.lists.decoded[part.start as usize..part.end as usize]
            }
        }
    }

    /// The text of a string or a key in its declared spelling, if it has one.
    pub(super) fn string(&self, at: usize) -> &str {
        match self.slot(at).spelling.get() {
            0 => self.written(at),
            index => self.lists.spellings.borrow()[usize::from(index) - 1],
        }
    }

    /// Sets another spelling of a string or a key. The contract limits their number.
    pub(super) fn spell(&self, at: usize, spelling: &'static str) {
        let mut spellings = self.lists.spellings.borrow_mut();
        let known = spellings.iter().position(|known| *known == spelling);
        let index = known.unwrap_or_else(|| {
            spellings.push(spelling);
            spellings.len() - 1
        });
        let index = u16::try_from(index + 1).unwrap_or_default();
        self.slot(at).spelling.set(index);
    }

    pub(super) fn flaw(&self, at: usize) -> Option<&Flaw> {
        let flaws = &self.lists.flaws;
        let index = flaws.binary_search_by_key(&at, |(slot, _)| *slot).ok()?;
        Some(&flaws[index].1)
    }
}

impl Drop for Tree<'_> {
    fn drop(&mut self) {
        /// The maximum capacity that a list keeps, in bytes or slots.
        const MOST: usize = 1 << 16;
        let mut lists = mem::take(&mut self.lists);
        if lists.slots.capacity() <= MOST && lists.decoded.capacity() <= MOST {
            lists.slots.clear();
            lists.decoded.clear();
            lists.strings.clear();
            lists.flaws.clear();
            lists.spellings.get_mut().clear();
            lists.repeats = false;
            SPARE.set(lists);
        }
    }
}

/// An offset or a number of slots as `u32`: [`parse`](super::parse) has checked the length of the
/// text.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl Slot {
    /// Whether the text of a string is not verbatim in the document. A string with another spelling
    /// has the same length.
    pub fn is_decoded(&self) -> bool {
        self.link > 0
    }

    pub fn span(&self) -> Span {
        self.start as usize..self.end as usize
    }
}
