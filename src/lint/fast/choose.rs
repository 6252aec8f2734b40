//! Finds the alternative of a union for an object, by its tag.

use super::key::Key;
use crate::{
    json::Cursor,
    lint::{
        plan::{Plan, Union},
        seen::SeenType,
    },
};

/// The alternative for an object.
pub(super) struct Chosen {
    pub seen: SeenType,
    pub plan: &'static Plan,
    /// The offset of the value that names it. In a whole document the tag may come last, as many
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
        skip(&mut cursor)?;
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
    value.peek()?;
    let tag = Some(value.at);
    let rest = value.rest().strip_prefix(b"\"")?;
    if let Some(index) = Key::find(&union.alternatives, 0, rest) {
        let (name, plan) = union.alternative(index)?;
        let seen = SeenType::Named(name.into());
        return Some(Chosen { seen, plan, tag });
    }
    let name = value.plain_string().filter(|_| is_member)?;
    let mut names = union.declared.alternatives.keys();
    let index = names.position(|other| other.eq_ignore_ascii_case(name))?;
    let (_, plan) = union.alternative(index)?;
    let seen = SeenType::Named(name.to_owned().into());
    Some(Chosen { seen, plan, tag })
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

/// Skips a value without validating it.
fn skip(cursor: &mut Cursor<'_>) -> Option<()> {
    let mut open = 0_usize;
    loop {
        match cursor.peek()? {
            b'"' => cursor.string()?,
            b'{' | b'[' => {
                open += 1;
                cursor.at += 1;
            }
            b'}' | b']' => {
                open = open.checked_sub(1)?;
                cursor.at += 1;
            }
            b',' | b':' => cursor.at += 1,
            _ => {
                while !matches!(
                    cursor.byte()?,
                    b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t' | b'"'
                ) {
                    cursor.at += 1;
                }
            }
        }
        if open == 0 {
            return Some(());
        }
    }
}
