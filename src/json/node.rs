//! The values of a document and the members of its objects.

use std::iter::successors;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{
    cursor::{Cursor, Span},
    flaw::Flaw,
    number::Number,
    tree::{Kind, Slot, Tree},
};

/// A value of a document.
#[derive(Clone, Copy, Debug)]
pub struct Node<'n> {
    tree: &'n Tree<'n>,
    at: usize,
}

/// The content of a value.
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

/// The values or keys in a value, in order.
#[derive(Clone, Debug)]
pub struct Inside<'n> {
    tree: &'n Tree<'n>,
    at: usize,
    end: usize,
}

impl Tree<'_> {
    /// The root value; null if none could be read.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node::new(self, 0)
    }
}

impl<'n> Node<'n> {
    pub(super) fn new(tree: &'n Tree<'n>, at: usize) -> Self {
        Self { tree, at }
    }

    fn slot(self) -> &'n Slot {
        self.tree.slot(self.at)
    }

    /// A cursor at it, in a UTF-8 text.
    pub(crate) fn cursor(self) -> Option<Cursor<'n>> {
        self.tree.cursor(self.slot().span().start)
    }

    /// The index among the values and keys of its document, from 0.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn index(self) -> usize {
        self.at
    }

    #[must_use]
    pub fn span(self) -> Span {
        self.slot().span()
    }

    /// The span to show for it: all of a scalar, the opening bracket otherwise.
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
        let whole = self.slot().is_whole.get().then(|| number.to_i64());
        whole.flatten().map_or(number, Number::Integer)
    }

    /// Its type by its first character; a number is not read.
    pub(crate) fn kind(self) -> Kind {
        self.slot().kind
    }

    /// Its type in JSON Schema.
    #[must_use]
    pub fn type_name(self) -> &'static str {
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

    /// Whether it has a flaw itself, not counting its parts.
    #[must_use]
    pub fn is_flawed(self) -> bool {
        self.slot().is_flawed.get()
    }

    /// Whether no schema can judge it, because the intended value is unknown.
    #[must_use]
    pub fn flaw(self) -> Option<&'n Flaw> {
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
            end: self.tree.next(self.at),
        }
    }

    /// All members of an object, in the order of the text.
    pub fn all_members(self) -> impl Iterator<Item = Member<'n>> + Clone {
        let Self { tree, at: object } = self;
        let end = if self.is_object() {
            tree.next(object)
        } else {
            0
        };
        let key = move |at: usize| (at < end).then_some(Member { tree, at, object });
        successors(key(object + 1), move |member| key(tree.next(member.at + 1)))
    }

    /// The members of an object that count.
    pub fn members(self) -> impl Iterator<Item = Member<'n>> + Clone {
        let members = self.all_members();
        members.filter(|member| !member.slot().is_left_out.get())
    }

    /// The member of this name, as the contract spells it.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Member<'n>> {
        let mut members = self.members();
        members.find(|member| member.can_be(name) && member.name() == name)
    }

    /// The last member of this name, in any case.
    #[must_use]
    pub fn member_in_any_case(self, name: &str) -> Option<Member<'n>> {
        self.members()
            .filter(|member| member.is_called(name))
            .last()
    }

    /// Sets the contract's spelling of a string.
    pub fn spell(self, spelling: &'static str) {
        self.tree.spell(self.at, spelling);
    }

    /// Makes a number an integer, which its value is.
    pub fn make_whole(self) {
        self.slot().is_whole.set(true);
    }

    /// Marks a number that a double can hold and int64 cannot.
    pub fn make_flawed(self) {
        self.slot().is_flawed.set(true);
    }

    /// The value as `serde_json` holds it.
    #[must_use]
    pub fn to_value(self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// The value in the declared spelling, without the members that do not count.
impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.data() {
            Data::Null => serializer.serialize_unit(),
            Data::Bool(value) => serializer.serialize_bool(value),
            Data::Number(number) => number.to_value().serialize(serializer),
            Data::String(text) => serializer.serialize_str(text),
            Data::Array => serializer.collect_seq(self.inside()),
            Data::Object => {
                let members = self.members();
                serializer.collect_map(members.map(|member| (member.name(), member.value())))
            }
        }
    }
}

impl<'n> Iterator for Inside<'n> {
    type Item = Node<'n>;

    fn next(&mut self) -> Option<Node<'n>> {
        let node = Node::new(self.tree, self.at);
        (self.at < self.end).then(|| {
            self.at = node.tree.next(self.at);
            node
        })
    }
}

impl<'n> Member<'n> {
    fn slot(self) -> &'n Slot {
        self.tree.slot(self.at)
    }

    /// The contract's spelling of its name, once the member is recognised.
    #[must_use]
    pub fn name(self) -> &'n str {
        self.tree.string(self.at)
    }

    /// Whether its name has the same length as this one, as far as that is cheap to find out.
    fn can_be(self, name: &str) -> bool {
        let slot = self.slot();
        slot.is_decoded() || slot.span().len() == name.len() + 2
    }

    /// Whether this is its name, in any case.
    #[must_use]
    pub fn is_called(self, name: &str) -> bool {
        self.can_be(name) && self.name().eq_ignore_ascii_case(name)
    }

    /// Its name as the document spells it.
    #[must_use]
    pub fn written(self) -> &'n str {
        self.tree.written(self.at)
    }

    /// The location of its key.
    #[must_use]
    pub fn key(self) -> Span {
        self.slot().span()
    }

    #[must_use]
    pub fn value(self) -> Node<'n> {
        Node::new(self.tree, self.at + 1)
    }

    /// Whether its key has a flaw.
    #[must_use]
    pub fn is_flawed(self) -> bool {
        self.slot().is_flawed.get()
    }

    /// What is wrong with its key.
    #[must_use]
    pub fn key_flaw(self) -> Option<&'n Flaw> {
        self.tree.flaw(self.at)
    }

    /// The span to cut in order to remove it, including the comma to the next member or from the
    /// one before. Members that do not count are still there.
    #[must_use]
    pub fn cut(self) -> Span {
        let (key, value) = (self.key(), self.value().span());
        let object = Node::new(self.tree, self.object);
        let next = self.tree.next(self.at + 1);
        if next < self.tree.next(self.object) {
            return key.start..self.tree.slot(next).span().start;
        }
        let before = object.all_members().take_while(|other| other.at < self.at);
        let start = before.last().map_or(key.start, |it| it.value().span().end);
        start..value.end
    }

    /// Whether a member with the same key, in any case, came before: without this one, that one
    /// would count.
    #[must_use]
    pub fn repeats(self) -> bool {
        self.slot().repeats.get()
    }

    /// Sets the contract's spelling of its name.
    pub fn spell(self, name: &'static str) {
        self.tree.spell(self.at, name);
    }

    /// Notes that a member with the same key came before.
    pub fn repeat(self) {
        self.slot().repeats.set(true);
    }

    /// Makes it not count: another member replaces it, or it has no meaning.
    pub fn leave_out(self) {
        self.slot().is_left_out.set(true);
    }
}
