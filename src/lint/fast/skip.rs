//! Skips values that have no plans for their parts.

use super::key::Key;
use crate::{
    json::{Cursor, Names, Number},
    lint::plan::Plan,
};

/// Skips a value of an enum, spelt without escapes; returns whether no rule has to look at it.
#[inline]
pub(super) fn one_of(cursor: &mut Cursor<'_>, plan: &Plan) -> Option<bool> {
    cursor.eat(b'"')?;
    let find = |values: &[Key]| {
        let index = Key::find(values, 0, cursor.rest())?;
        Some(values[index].bytes().len())
    };
    let usual = find(&plan.values);
    cursor.at += usual.or_else(|| find(&plan.banned))?;
    Some(usual.is_some())
}

/// Skips `true` or `false`.
pub(super) fn boolean(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.word(b"true").or_else(|| cursor.word(b"false"))
}

/// Skips a number that int64 or a double can hold.
pub(super) fn number(cursor: &mut Cursor<'_>) -> Option<Number> {
    cursor.peek()?;
    let (number, fits) = cursor.number().ok()?;
    fits.then_some(number)
}

/// Skips a value of any kind that is clean by itself.
pub(super) fn any(cursor: &mut Cursor<'_>, depth: usize) -> Option<()> {
    match cursor.peek()? {
        b'"' => cursor.string(),
        b'{' => {
            let depth = depth.checked_sub(1)?;
            cursor.eat(b'{')?;
            let mut names = Names::default();
            while cursor.more(names.is_empty(), b'}')? {
                names.add(cursor.plain_string()?.as_bytes());
                if names.may_repeat() {
                    return None;
                }
                cursor.eat(b':')?;
                any(cursor, depth)?;
            }
            Some(())
        }
        b'[' => {
            let depth = depth.checked_sub(1)?;
            cursor.eat(b'[')?;
            let mut first = true;
            while cursor.more(first, b']')? {
                first = false;
                any(cursor, depth)?;
            }
            Some(())
        }
        b't' | b'f' => boolean(cursor),
        b'n' => cursor.word(b"null"),
        _ => number(cursor).map(drop),
    }
}

/// Skips a value without validating it.
pub(in crate::lint) fn unchecked(cursor: &mut Cursor<'_>) -> Option<()> {
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
