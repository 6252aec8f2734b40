//! The program that the contract is compiled into.
//!
//! A union becomes one object with several *alternatives*: a set of bits that members, tag values
//! and required members narrow down. So a tag may come late, and only a member whose schema differs
//! between the alternatives that are still possible has to wait for it.

use std::sync::OnceLock;

use regex_automata::{
    Anchored, Input,
    dfa::{Automaton as _, StartKind, dense},
    util::syntax,
};

/// The place of a matcher in the program.
pub(super) type Id = usize;

/// A set of alternatives of one object.
pub(super) type Alternatives = u32;

/// A set of members of one object.
pub(super) type Members = u64;

pub(super) struct Program {
    pub matchers: Vec<Matcher>,
    pub root: Id,
    /// Whether a body that it finds clean is recognised as of its kind.
    pub recognises: bool,
}

#[derive(PartialEq)]
pub(super) enum Matcher {
    /// What the fast pass does not decide.
    Unsure,
    Any,
    Boolean,
    Integer {
        min: i64,
        max: i64,
    },
    Number {
        min: f64,
        max: f64,
    },
    /// Any string.
    String,
    /// One of these strings.
    OneOf(Vec<Key>),
    Text(TextMatcher),
    Array {
        min: usize,
        max: usize,
        items: Id,
    },
    Object(ObjectMatcher),
    /// One of several JSON types.
    Choice(ChoiceMatcher),
}

/// A string that a pattern over ASCII matches and that passes the guard of a rule.
pub(super) struct TextMatcher {
    pattern: Option<String>,
    /// Of the pattern, compiled when the first string needs it.
    automaton: OnceLock<Option<Box<dense::DFA<Vec<u32>>>>>,
    guard: Option<fn(&str) -> bool>,
}

/// What each JSON type may be; none refuses it.
#[derive(Default, PartialEq)]
pub(super) struct ChoiceMatcher {
    pub text: Option<Id>,
    pub number: Option<Id>,
    pub boolean: Option<Id>,
    pub array: Option<Id>,
    pub object: Option<Id>,
}

#[derive(PartialEq)]
pub(super) struct ObjectMatcher {
    pub members: Vec<MemberMatcher>,
    /// All alternatives.
    pub all: Alternatives,
    /// For each alternative what it wants.
    pub wants: Vec<Wants>,
}

#[derive(Clone, Default, PartialEq)]
pub(super) struct Wants {
    /// All of these.
    pub all: Members,
    /// One of each of these.
    pub any: Vec<Members>,
}

impl Wants {
    pub fn met(&self, seen: Members) -> bool {
        self.all & !seen == 0 && self.any.iter().all(|some| some & seen != 0)
    }
}

#[derive(PartialEq)]
pub(super) struct MemberMatcher {
    pub key: Key,
    pub value: MemberValue,
}

/// A name or value with the quote that ends it, to be compared with a text in one step unless it is
/// long.
#[derive(Clone, PartialEq)]
pub(super) struct Key {
    quoted: String,
    /// Its first bytes, as a number; and which bits of the number count.
    head: u128,
    mask: u128,
}

impl Key {
    const HEAD: usize = size_of::<u128>();

    pub fn new(name: &str) -> Self {
        let quoted = format!("{name}\"");
        let mut head = [0; Self::HEAD];
        let mut mask = [0; Self::HEAD];
        for ((byte, head), mask) in quoted.bytes().zip(&mut head).zip(&mut mask) {
            (*head, *mask) = (byte, u8::MAX);
        }
        Self {
            quoted,
            head: u128::from_le_bytes(head),
            mask: u128::from_le_bytes(mask),
        }
    }

    /// Whether a text begins with it.
    #[inline]
    pub fn begins(&self, text: &[u8]) -> bool {
        let rest = match text.split_first_chunk() {
            Some((head, rest)) if u128::from_le_bytes(*head) & self.mask == self.head => rest,
            Some(_) => return false,
            None => return text.starts_with(self.quoted.as_bytes()),
        };
        self.quoted
            .as_bytes()
            .get(Self::HEAD..)
            .is_none_or(|tail| rest.starts_with(tail))
    }

    /// With the quote.
    pub fn bytes(&self) -> &[u8] {
        self.quoted.as_bytes()
    }
}

#[derive(PartialEq)]
pub(super) enum MemberValue {
    /// The same in every alternative that declares it.
    Same(Alternatives, Id),
    /// Its value tells the alternatives apart.
    Tag(Vec<Key>, Vec<Alternatives>),
    /// One per alternative.
    Differs(Vec<Option<Id>>),
}

impl ObjectMatcher {
    /// The one alternative that is left, if it has what it wants.
    pub fn remaining(&self, live: Alternatives, seen: Members) -> Option<usize> {
        if live.is_power_of_two() {
            let index = live.trailing_zeros() as usize;
            return self.wants.get(index)?.met(seen).then_some(index);
        }
        let mut complete = self
            .wants
            .iter()
            .enumerate()
            .filter(|(index, wants)| live >> index & 1 == 1 && wants.met(seen));
        let (found, _) = complete.next()?;
        complete.next().is_none().then_some(found)
    }
}

impl PartialEq for TextMatcher {
    fn eq(&self, other: &Self) -> bool {
        let is_same_guard = match (self.guard, other.guard) {
            (Some(one), Some(other)) => std::ptr::fn_addr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        is_same_guard && self.pattern == other.pattern
    }
}

impl TextMatcher {
    /// The pattern is anchored at both ends; the build sees to that.
    pub fn new(pattern: Option<&str>, guard: Option<fn(&str) -> bool>) -> Self {
        Self {
            pattern: pattern.map(str::to_owned),
            automaton: OnceLock::new(),
            guard,
        }
    }

    /// Whether it takes every string.
    pub fn is_any(&self) -> bool {
        self.pattern.is_none() && self.guard.is_none()
    }

    /// Whether a string without escapes fits.
    pub fn fits(&self, text: &str) -> bool {
        let matches = |pattern: &String| {
            let automaton = self.automaton.get_or_init(|| {
                dense::Builder::new()
                    .syntax(syntax::Config::new().unicode(false).utf8(false))
                    .configure(dense::Config::new().start_kind(StartKind::Anchored))
                    .build(pattern)
                    .ok()
                    .map(Box::new)
            });
            let input = Input::new(text).anchored(Anchored::Yes);
            let end = automaton
                .as_ref()
                .map(|automaton| automaton.try_search_fwd(&input));
            // Beyond ASCII, `.` and classes would mean bytes here and characters there.
            text.is_ascii() && matches!(end, Some(Ok(Some(end))) if end.offset() == text.len())
        };
        self.pattern.as_ref().is_none_or(matches) && self.guard.is_none_or(|guard| guard(text))
    }
}
