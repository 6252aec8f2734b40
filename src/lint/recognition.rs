//! Recognises which body of the contract a document is, by its members. Which members are enough is
//! listed in `x-kaizala-recognition` of `openapi/kaizala-actions.yaml`.

use std::{iter, mem, sync::LazyLock};

use super::{fast, plan::Plan};
use crate::{
    body::BodyKind,
    contract::Contract,
    json::{Cursor, Node},
};

/// The rows of recognition, by the numbers of their pointers: all are looked for in one pass.
static TABLE: LazyLock<Table> = LazyLock::new(|| Table::of(Contract::get()));

struct Table {
    /// The names on the way to each member.
    pointers: Vec<Vec<&'static str>>,
    /// For each kind, the sets of pointers that are enough.
    rows: Vec<(BodyKind, Vec<u64>)>,
    names: Vec<Name>,
}

/// A name on the way to some members.
struct Name {
    text: &'static str,
    /// The pointer that ends here, if there is one.
    own: u64,
    /// The pointers that lead here or further.
    all: u64,
    inner: Vec<Name>,
}

impl Name {
    /// Adds a pointer, by its names and its set, below these names.
    fn add(names: &mut Vec<Self>, pointer: &[&'static str], set: u64) {
        let Some((name, rest)) = pointer.split_first() else {
            return;
        };
        let known = names.iter().position(|it| it.text == *name);
        let index = known.unwrap_or_else(|| {
            names.push(Self {
                text: name,
                own: 0,
                all: 0,
                inner: Vec::new(),
            });
            names.len() - 1
        });
        let it = &mut names[index];
        it.all |= set;
        if rest.is_empty() {
            it.own |= set;
        }
        Self::add(&mut it.inner, rest, set);
    }

    /// The set of pointers that lead to one of these members; `inside` gives those of a value.
    fn find<'m, V, M>(names: &[Self], members: M, inside: &impl Fn(V) -> M) -> u64
    where
        M: Iterator<Item = (&'m str, V)>,
    {
        let mut found = 0;
        if names.is_empty() {
            return found;
        }
        for (name, value) in members {
            let is_it = |it: &&Self| it.text.eq_ignore_ascii_case(name);
            if let Some(it) = names.iter().find(is_it) {
                // Of two with one name, the last counts.
                let inner = Self::find(&it.inner, inside(value), inside);
                found = found & !it.all | it.own | inner;
            }
        }
        found
    }
}

impl Table {
    fn of(contract: &'static Contract) -> Self {
        let mut pointers: Vec<Vec<&str>> = Vec::new();
        let mut bit = |pointer: &'static String| {
            let names: Vec<_> = pointer.split('/').skip(1).collect();
            let known = pointers.iter().position(|other| *other == names);
            1_u64
                << known.unwrap_or_else(|| {
                    pointers.push(names);
                    pointers.len() - 1
                })
        };
        let mut rows = Vec::new();
        for row in contract.recognition() {
            let sets = row.any_of.iter();
            let sets = sets.map(|all| all.iter().fold(0, |set, pointer| set | bit(pointer)));
            rows.extend(row.body().map(|kind| (kind, sets.collect())));
        }
        let mut names = Vec::new();
        for (index, pointer) in pointers.iter().enumerate() {
            Name::add(&mut names, pointer, 1 << index);
        }
        Self {
            pointers,
            rows,
            names,
        }
    }

    /// The first kind whose members are present.
    fn find(&self, has: u64) -> Option<BodyKind> {
        let is_enough = |set: &u64| set & !has == 0;
        let found = self
            .rows
            .iter()
            .find(|(_, sets)| sets.iter().any(is_enough));
        found.map(|(kind, _)| *kind)
    }

    /// The set of pointers that satisfy a condition.
    fn set(&self, has: impl Fn(&[&'static str]) -> bool) -> u64 {
        let pointers = self.pointers.iter().enumerate();
        pointers.fold(0, |set, (index, names)| {
            set | u64::from(has(names)) << index
        })
    }
}

/// The first body of the contract whose members are present, in any case.
pub(super) fn recognise(node: Node<'_>) -> Option<BodyKind> {
    TABLE.find(Name::find(&TABLE.names, of_node(node), &of_node))
}

/// The same for the text of a document whose keys are unique and have no escapes.
pub(super) fn of_text(cursor: Cursor<'_>) -> Option<BodyKind> {
    TABLE.find(Name::find(&TABLE.names, in_text(cursor), &in_text))
}

fn of_node(node: Node<'_>) -> impl Iterator<Item = (&str, Node<'_>)> {
    let members = node.members();
    members.map(|member| (member.name(), member.value()))
}

/// The members of an object in a text, up to what is not JSON.
fn in_text(mut cursor: Cursor<'_>) -> impl Iterator<Item = (&str, Cursor<'_>)> {
    let mut first = true;
    let opened = cursor.eat(b'{');
    iter::from_fn(move || {
        opened?;
        cursor.more(mem::take(&mut first), b'}')?.then_some(())?;
        let name = cursor.plain_string()?;
        cursor.eat(b':')?;
        let value = cursor;
        fast::unchecked(&mut cursor)?;
        Some((name, value))
    })
}

/// What was looked for: the members of each row, in words.
pub(super) fn looked_for(contract: &Contract) -> String {
    let rows = contract.recognition().iter().filter_map(|row| {
        let ways: Vec<_> = row
            .any_of
            .iter()
            .map(|pointers| pointers.join(" with "))
            .collect();
        Some(format!("{} ({})", ways.join(" or "), row.body()?))
    });
    rows.collect::<Vec<_>>().join(", ")
}

/// The kind that a clean body of a plan is recognised as, if it is the same with only the required
/// members and with all members. Only members of the root are considered; a deeper pointer counts
/// as present if that speaks against the kind.
pub(super) fn of_clean(plan: &'static Plan) -> Option<BodyKind> {
    *plan.recognised.get_or_init(|| recognise_clean(plan))
}

fn recognise_clean(plan: &Plan) -> Option<BodyKind> {
    let find = |name: &str| Some(&plan.members.as_deref()?.get(plan.member(name, 0)?)?.plan);
    let surely = |names: &[&'static str]| {
        names.split_first().is_some_and(|(name, inner)| {
            let has = |inner: &&str| find(name).is_some_and(|plan| plan.schema.requires(inner));
            plan.schema.requires(name) && inner.iter().all(has)
        })
    };
    let perhaps = |names: &[&'static str]| {
        let mut names = names.iter();
        names
            .next()
            .and_then(|name| find(name))
            .is_some_and(|plan| {
                let may_have =
                    |inner: &&str| plan.members.is_none() || plan.member(inner, 0).is_some();
                names.next().is_none_or(may_have)
            })
    };
    let kind = TABLE.find(TABLE.set(surely));
    kind.filter(|kind| TABLE.find(TABLE.set(perhaps)) == Some(*kind))
}
