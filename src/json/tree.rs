//! A JSON document as a tree that knows where each part stands.
//!
//! The values lie one after the other in one list, in the order of the text, and a member's key lies
//! before its value. A value holds its place in the text and nothing of what it says there; only what
//! escapes hide is kept apart, decoded. The lists are kept from document to document.

use std::{
    cell::{Cell, RefCell},
    mem,
};

use serde_json::Value;

use super::{
    cursor::{Cursor, Span},
    number::Number,
    string,
};

/// How many levels of arrays and objects a document may have.
pub const DEPTH: usize = 128;

/// A document.
///
/// The linter changes it as it goes: names and values get their declared spelling, and what does
/// not count is left out. Only marks are set for that; the tree stays.
#[derive(Debug)]
pub struct Tree<'t> {
    text: &'t [u8],
    /// The same if it is UTF-8.
    utf8: Option<&'t str>,
    lists: Lists,
    /// Whether an object has a key twice.
    repeats: bool,
    is_flawed: bool,
}

/// What a tree is made of, without the text.
#[derive(Debug, Default)]
pub(super) struct Lists {
    slots: Vec<Slot>,
    decoded: String,
    /// The slots whose text is in `decoded`, in order, and where it ends there.
    ends: Vec<(u32, u32)>,
    /// Spellings that the contract has in place of those of the text.
    spellings: RefCell<Vec<&'static str>>,
}

/// A value, or the key of a member.
#[derive(Clone, Debug)]
struct Slot {
    start: u32,
    end: u32,
    /// The slot after all that is in it; of a key, after its value.
    next: u32,
    /// Which spelling it has in place of its own, from 1.
    spelling: Cell<u16>,
    kind: Kind,
    marks: Cell<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

/// What a mark says of a value or a key.
#[derive(Clone, Copy)]
enum Mark {
    /// Its text is not in the document as it is.
    Decoded = 1,
    /// It has a flaw.
    Flawed = 2,
    /// A number that is meant to be an integer.
    Whole = 4,
    /// Of a key: another member with this key, in whatever case, came before.
    Repeats = 8,
    /// Of a key: the member does not count, since another takes its place.
    Superseded = 16,
    /// Of a key: the member is as good as none.
    Absent = 32,
}

/// A fault inside a string or a number that leaves the rest of the document readable.
#[derive(Debug, Clone)]
pub enum Flaw {
    /// Bytes that are no UTF-8.
    Bytes(Span),
    /// Half of a surrogate pair, as an escape.
    Surrogate(Span),
    /// More than int64 or a double can hold.
    Range,
}

/// A value of a document.
#[derive(Clone, Copy, Debug)]
pub struct Node<'n> {
    tree: &'n Tree<'n>,
    at: usize,
}

/// What a value says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Data<'n> {
    Null,
    Bool(bool),
    Number(Number),
    String(&'n str),
    Array,
    Object,
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'n> {
    tree: &'n Tree<'n>,
    /// Its key.
    at: usize,
    object: usize,
}

/// The values or keys in a value, one after the other.
#[derive(Clone, Debug)]
pub struct Inside<'n> {
    tree: &'n Tree<'n>,
    at: usize,
    end: usize,
}

thread_local! {
    /// The lists of the last tree, for the next.
    static SPARE: Cell<Lists> = Cell::default();
}

impl<'t> Tree<'t> {
    pub(super) fn new(text: &'t [u8], utf8: Option<&'t str>) -> Self {
        let lists = SPARE.take();
        Self {
            text,
            utf8,
            lists,
            repeats: false,
            is_flawed: false,
        }
    }

    /// A tree of a string alone, which has this place in some text.
    #[must_use]
    pub fn of_string(string: &str, place: Span) -> Self {
        let mut tree = Self::new(&[], None);
        let at = tree.open(Kind::String, place.start);
        tree.lists.decoded.push_str(string);
        tree.decoded(at);
        tree.close(at, place.end);
        tree
    }

    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node { tree: self, at: 0 }
    }

    /// Adds a value that begins here; answers its slot.
    pub(super) fn open(&mut self, kind: Kind, start: usize) -> usize {
        let slots = &mut self.lists.slots;
        slots.push(Slot {
            start: narrow(start),
            end: 0,
            next: 0,
            spelling: Cell::default(),
            kind,
            marks: Cell::default(),
        });
        slots.len() - 1
    }

    /// Ends a value here, after all that is in it.
    pub(super) fn close(&mut self, at: usize, end: usize) {
        let next = narrow(self.lists.slots.len());
        let slot = &mut self.lists.slots[at];
        (slot.end, slot.next) = (narrow(end), next);
    }

    /// Ends a key's member, after its value.
    pub(super) fn close_member(&mut self, key: usize) {
        self.lists.slots[key].next = narrow(self.lists.slots.len());
    }

    /// The slot of what is added next.
    pub(super) fn next(&self) -> usize {
        self.lists.slots.len()
    }

    /// Lets of members with the same key only the last count.
    pub(super) fn find_repeated(&mut self, object: usize) {
        let tree = &*self;
        let node = Node { tree, at: object };
        let mut members: Vec<_> = node.all_members().collect();
        // Those with the same key stay in the order of the document.
        members.sort_by_key(|member| member.written());
        let mut found = false;
        for pair in members.windows(2) {
            let [earlier, later] = *pair else { continue };
            if earlier.written() == later.written() {
                earlier.supersede();
                later.repeat();
                found = true;
            }
        }
        self.repeats |= found;
    }

    /// Where to write the text of a string that escapes hide.
    pub(super) fn decoder(&mut self) -> &mut String {
        &mut self.lists.decoded
    }

    /// Gives a string what was written to the decoder.
    pub(super) fn decoded(&mut self, at: usize) {
        let end = narrow(self.lists.decoded.len());
        self.lists.ends.push((narrow(at), end));
        self.lists.slots[at].mark(Mark::Decoded);
    }

    pub(super) fn flawed(&mut self, at: usize) {
        self.lists.slots[at].mark(Mark::Flawed);
        self.is_flawed = true;
    }

    /// Whether an object has a key twice, or any value or key has a flaw.
    #[must_use]
    pub fn is_faulty(&self) -> bool {
        self.repeats || self.is_flawed
    }

    /// Whether any value or key has a flaw.
    #[must_use]
    pub fn is_flawed(&self) -> bool {
        self.is_flawed
    }

    fn slot(&self, at: usize) -> &Slot {
        &self.lists.slots[at]
    }

    fn slice(&self, span: Span) -> &str {
        self.utf8
            .and_then(|text| text.get(span))
            .unwrap_or_default()
    }

    /// The text of a string or a key as it was written.
    pub(super) fn written(&self, at: usize) -> &str {
        let slot = self.slot(at);
        if !slot.has(Mark::Decoded) {
            return self.slice(slot.start as usize + 1..slot.end as usize - 1);
        }
        let Lists { ends, decoded, .. } = &self.lists;
        let index = ends.partition_point(|(other, _)| (*other as usize) < at);
        let start = index.checked_sub(1).map_or(0, |before| ends[before].1);
        &decoded[start as usize..ends[index].1 as usize]
    }

    /// The text of a string or a key in its declared spelling, if it has one.
    fn string(&self, at: usize) -> &str {
        match self.slot(at).spelling.get() {
            0 => self.written(at),
            index => self.lists.spellings.borrow()[usize::from(index) - 1],
        }
    }

    /// Gives a string or a key another spelling. There are as many as the contract has names and
    /// values.
    fn spell(&self, at: usize, spelling: &'static str) {
        let mut spellings = self.lists.spellings.borrow_mut();
        let known = spellings.iter().position(|known| *known == spelling);
        let index = known.unwrap_or_else(|| {
            spellings.push(spelling);
            spellings.len() - 1
        });
        let index = u16::try_from(index + 1).unwrap_or_default();
        self.slot(at).spelling.set(index);
    }

    fn flaw(&self, at: usize) -> Option<Flaw> {
        let slot = self.slot(at);
        if !slot.has(Mark::Flawed) {
            return None;
        }
        if slot.kind == Kind::Number {
            return Some(Flaw::Range);
        }
        let mut cursor = Cursor {
            text: self.text,
            utf8: self.utf8,
            at: slot.start as usize,
        };
        if string::quotes(cursor.rest()).is_none() {
            return Some(Flaw::Bytes(slot.span()));
        }
        let read = string::read(&mut cursor, &mut String::new(), &mut Vec::new());
        read.ok()?.flaw
    }
}

impl Drop for Tree<'_> {
    fn drop(&mut self) {
        /// What a list may hold on to, in bytes or slots.
        const MOST: usize = 1 << 16;
        let mut lists = mem::take(&mut self.lists);
        if lists.slots.capacity() <= MOST && lists.decoded.capacity() <= MOST {
            lists.slots.clear();
            lists.decoded.clear();
            lists.ends.clear();
            lists.spellings.get_mut().clear();
            SPARE.set(lists);
        }
    }
}

/// A place or a number of slots: there are fewer than bytes, which [`parse`](super::parse) has
/// counted.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl Slot {
    fn span(&self) -> Span {
        self.start as usize..self.end as usize
    }

    fn has(&self, mark: Mark) -> bool {
        self.marks.get() & mark as u8 != 0
    }

    fn mark(&self, mark: Mark) {
        self.marks.set(self.marks.get() | mark as u8);
    }
}

impl<'n> Node<'n> {
    fn slot(self) -> &'n Slot {
        self.tree.slot(self.at)
    }

    /// Which of the values and keys of its document it is, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.at
    }

    #[must_use]
    pub fn span(self) -> Span {
        self.slot().span()
    }

    /// The place to mark for it: all of a scalar, the opening bracket of the others.
    #[must_use]
    pub fn anchor(self) -> Span {
        let span = self.span();
        match self.slot().kind {
            Kind::Array | Kind::Object => span.start..span.start + 1,
            _ => span,
        }
    }

    #[must_use]
    pub fn data(self) -> Data<'n> {
        match self.slot().kind {
            Kind::Null => Data::Null,
            Kind::False => Data::Bool(false),
            Kind::True => Data::Bool(true),
            Kind::Number => Data::Number(self.number()),
            Kind::String => Data::String(self.tree.string(self.at)),
            Kind::Array => Data::Array,
            Kind::Object => Data::Object,
        }
    }

    fn number(self) -> Number {
        let (number, _) = Number::read(self.tree.slice(self.span()));
        match number.to_i64() {
            Some(integer) if self.slot().has(Mark::Whole) => Number::Integer(integer),
            _ => number,
        }
    }

    #[must_use]
    pub fn kind(self) -> &'static str {
        match self.data() {
            Data::Null => "null",
            Data::Bool(_) => "boolean",
            Data::Number(number) if number.is_integer() => "integer",
            Data::Number(_) => "number",
            Data::String(_) => "string",
            Data::Array => "array",
            Data::Object => "object",
        }
    }

    #[must_use]
    pub fn is_null(self) -> bool {
        self.slot().kind == Kind::Null
    }

    #[must_use]
    pub fn is_object(self) -> bool {
        self.slot().kind == Kind::Object
    }

    /// Whether it has a flaw itself.
    #[must_use]
    pub fn is_flawed(self) -> bool {
        self.slot().has(Mark::Flawed)
    }

    /// What no schema can judge: the value that was meant cannot be known.
    #[must_use]
    pub fn flaw(self) -> Option<Flaw> {
        self.tree.flaw(self.at)
    }

    #[must_use]
    pub fn as_str(self) -> Option<&'n str> {
        (self.slot().kind == Kind::String).then(|| self.tree.string(self.at))
    }

    /// The items of an array.
    #[must_use]
    pub fn items(self) -> Option<Inside<'n>> {
        (self.slot().kind == Kind::Array).then(|| self.inside())
    }

    fn inside(self) -> Inside<'n> {
        Inside {
            tree: self.tree,
            at: self.at + 1,
            end: self.slot().next as usize,
        }
    }

    /// All members of an object, as the text has them.
    pub fn all_members(self) -> impl Iterator<Item = Member<'n>> + Clone {
        let keys = self.is_object().then(|| self.inside());
        keys.into_iter().flatten().map(move |key| Member {
            tree: key.tree,
            at: key.at,
            object: self.at,
        })
    }

    /// The members of an object, without those whose place another takes.
    pub fn counting_members(self) -> impl Iterator<Item = Member<'n>> + Clone {
        let members = self.all_members();
        members.filter(|member| !member.key_slot().has(Mark::Superseded))
    }

    /// The members of an object, without those that count for nothing.
    pub fn members(self) -> impl Iterator<Item = Member<'n>> + Clone {
        let members = self.counting_members();
        members.filter(|member| !member.key_slot().has(Mark::Absent))
    }

    /// The member of this name, as the contract spells it.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Member<'n>> {
        self.members().find(|member| member.name() == name)
    }

    /// The last member of this name in any case.
    #[must_use]
    pub fn member_in_any_case(self, name: &str) -> Option<Member<'n>> {
        let is_meant = |member: &Member<'_>| member.name().eq_ignore_ascii_case(name);
        self.members().filter(is_meant).last()
    }

    /// Gives a string the spelling that the contract has for it.
    pub fn spell(self, spelling: &'static str) {
        self.tree.spell(self.at, spelling);
    }

    /// Makes a number an integer, which it is by its value.
    pub fn make_whole(self) {
        self.slot().mark(Mark::Whole);
    }

    /// Marks a number that int64 cannot hold though a double can.
    pub fn make_flawed(self) {
        self.slot().mark(Mark::Flawed);
    }

    /// The value as `serde_json` holds it.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self.data() {
            Data::Null => Value::Null,
            Data::Bool(value) => Value::Bool(value),
            Data::Number(number) => number.to_value(),
            Data::String(text) => text.into(),
            Data::Array => self.inside().map(Node::to_value).collect(),
            Data::Object => {
                let members = self.members();
                let pairs = members.map(|it| (it.name().to_owned(), it.value().to_value()));
                pairs.collect()
            }
        }
    }
}

impl<'n> Iterator for Inside<'n> {
    type Item = Node<'n>;

    fn next(&mut self) -> Option<Node<'n>> {
        let node = Node {
            tree: self.tree,
            at: self.at,
        };
        (self.at < self.end).then(|| {
            self.at = node.slot().next as usize;
            node
        })
    }
}

impl<'n> Member<'n> {
    fn key_slot(self) -> &'n Slot {
        self.tree.slot(self.at)
    }

    /// Its name as the contract spells it, once the member is recognised.
    #[must_use]
    pub fn name(self) -> &'n str {
        self.tree.string(self.at)
    }

    /// Its name as the document spells it.
    #[must_use]
    pub fn written(self) -> &'n str {
        self.tree.written(self.at)
    }

    /// Where its key stands.
    #[must_use]
    pub fn key(self) -> Span {
        self.key_slot().span()
    }

    #[must_use]
    pub fn value(self) -> Node<'n> {
        Node {
            tree: self.tree,
            at: self.at + 1,
        }
    }

    /// Whether its key has a flaw.
    #[must_use]
    pub fn is_flawed(self) -> bool {
        self.key_slot().has(Mark::Flawed)
    }

    #[must_use]
    pub fn key_flaw(self) -> Option<Flaw> {
        self.tree.flaw(self.at)
    }

    /// What to cut to remove it, with the comma that goes with it: to the next, or from the one
    /// before. Members that do not count are there all the same.
    #[must_use]
    pub fn cut(self) -> Span {
        let (key, value) = (self.key(), self.value().span());
        let object = Node {
            tree: self.tree,
            at: self.object,
        };
        let next = self.key_slot().next as usize;
        if next < object.slot().next as usize {
            return key.start..self.tree.slot(next).start as usize;
        }
        let before = object.all_members().take_while(|other| other.at < self.at);
        let start = before.last().map_or(key.start, |it| it.value().span().end);
        start..value.end
    }

    /// Whether another member with its key, in whatever case, came before: without this one, that
    /// one would count.
    #[must_use]
    pub fn repeats(self) -> bool {
        self.key_slot().has(Mark::Repeats)
    }

    /// Gives it the name that the contract has for it.
    pub fn spell(self, name: &'static str) {
        self.tree.spell(self.at, name);
    }

    /// Says that another member with its key came before.
    pub fn repeat(self) {
        self.key_slot().mark(Mark::Repeats);
    }

    /// Leaves it out, since another member takes its place.
    pub fn supersede(self) {
        self.key_slot().mark(Mark::Superseded);
    }

    /// Leaves it out, since it says nothing.
    pub fn leave_out(self) {
        self.key_slot().mark(Mark::Absent);
    }
}
