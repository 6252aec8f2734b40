//! Finds the alternative of a union for an object, by its tag.

use super::{key::Key, skip::unchecked};
use crate::{
    json::Cursor,
    lint::{
        plan::{Plan, Union},
        seen::SeenType,
    },
};

/// The alternative for an object, or what all alternatives share.
pub(super) struct Chosen {
    pub seen: SeenType,
    pub plan: &'static Plan,
    /// The offset of the value of the tag. In a whole document the tag may come last, as many
    /// writers put it; what looks like it may then be a member of another object.
    pub tag: Option<usize>,
}

/// The alternative for the next object.
pub(super) fn choose(
    union: &'static Union,
    mut cursor: Cursor<'_>,
    is_document: bool,
) -> Option<Chosen> {
    cursor.eat(b'{')?;
    let mut value = tag_here(&union.tag, cursor);
    let mut is_member = true;
    if value.is_none() && is_document {
        value = last_member(&cursor, &union.tag);
        is_member = value.is_none();
    }
    while value.is_none() {
        cursor.string()?;
        cursor.eat(b':')?;
        unchecked(&mut cursor)?;
        if !cursor.more(false, b'}')? {
            return Some(Chosen {
                seen: SeenType::Package,
                plan: union.bare()?,
                tag: None,
            });
        }
        value = tag_here(&union.tag, cursor);
    }
    let mut value = value?;
    let next = value.peek()?;
    let tag = Some(value.at);
    let chosen = |seen, plan| Some(Chosen { seen, plan, tag });
    if next != b'"' {
        // Null is the same as no tag.
        let shared = union.envelope().filter(|_| next != b'n');
        return chosen(SeenType::Missing, shared?);
    }
    if let Some(index) = Key::find(&union.alternatives, 0, &value.rest()[1..]) {
        let (name, plan) = union.alternative(index)?;
        return chosen(SeenType::Named(name.into()), plan);
    }
    let name = value.plain_string()?;
    let mut names = union.declared.alternatives.keys();
    let index = names.position(|other| other.eq_ignore_ascii_case(name));
    let plan = match index {
        Some(index) if is_member => union.alternative(index)?.1,
        Some(_) => return None,
        None => union.envelope()?,
    };
    chosen(SeenType::Named(name.to_owned().into()), plan)
}

/// A cursor at the value of the tag, if the tag is the next member.
fn tag_here<'t>(tag: &Key, mut cursor: Cursor<'t>) -> Option<Cursor<'t>> {
    cursor.eat(b'"')?;
    if !tag.begins(cursor.rest()) {
        return None;
    }
    cursor.at += tag.bytes().len();
    cursor.eat(b':')?;
    Some(cursor)
}

/// A cursor at the value of the last text that looks like a member of this name, unless it is far
/// from the end.
fn last_member<'t>(cursor: &Cursor<'t>, key: &Key) -> Option<Cursor<'t>> {
    const TRIES: usize = 8;
    let mut rest = cursor.text;
    for _ in 0..TRIES {
        let colon = rest.iter().rposition(|byte| *byte == b':')?;
        if colon <= cursor.at {
            return None;
        }
        rest = &rest[..colon];
        if rest.trim_ascii_end().ends_with(key.bytes()) {
            return Some(Cursor {
                at: colon + 1,
                ..*cursor
            });
        }
    }
    None
}
