//! Finds the alternative of a union for an object, by its tag.

use super::key::Key;
use crate::{
    json::Cursor,
    lint::{
        plan::{Plan, Union},
        seen::SeenType,
    },
};

/// The kind of the next object. In a whole document the tag may come last, as many writers put it.
pub(super) fn choose(
    union: &'static Union,
    mut cursor: Cursor<'_>,
    is_document: bool,
) -> Option<(SeenType, &'static Plan)> {
    cursor.eat(b'{')?;
    let mut value = tag_here(&union.tag, cursor);
    if value.is_none() && is_document {
        value = last_member(&cursor, &union.tag);
    }
    while value.is_none() {
        cursor.string()?;
        cursor.eat(b':')?;
        skip(&mut cursor)?;
        if !cursor.more(false, b'}')? {
            return Some((SeenType::Package, union.bare()?));
        }
        value = tag_here(&union.tag, cursor);
    }
    let mut value = value?;
    value.peek()?;
    let rest = value.rest().strip_prefix(b"\"")?;
    let Some(index) = Key::find(&union.alternatives, 0, rest) else {
        return in_any_case(union, value.plain_string()?);
    };
    let (name, plan) = union.alternative(index)?;
    Some((SeenType::Named(name.into()), plan))
}

/// The alternative with this name in any case, and the name as it is written.
#[cold]
fn in_any_case(union: &'static Union, name: &str) -> Option<(SeenType, &'static Plan)> {
    let mut names = union.declared.alternatives.keys();
    let index = names.position(|other| other.eq_ignore_ascii_case(name))?;
    let (_, plan) = union.alternative(index)?;
    Some((SeenType::Named(name.to_owned().into()), plan))
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
