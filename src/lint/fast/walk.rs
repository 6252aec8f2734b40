//! Follows a plan over a document. `None` means: not sure that it is clean.

use super::{key::Key, step::Step};
use crate::{
    contract::Type,
    json::{Cursor, DEPTH, Number},
    lint::{
        plan::{Declared, Plan, Union, When},
        seen::{SeenType, SeenTypes},
    },
};

/// What the document is, by its tag, and the types that it tells of, if it surely is clean.
pub(super) fn document(
    plan: &'static Plan,
    mut cursor: Cursor<'_>,
) -> Option<(&'static Plan, SeenTypes)> {
    cursor.utf8?;
    let mut types = SeenTypes::default();
    let plan = match &plan.union {
        Some(union) => alternative(union, &cursor, DEPTH, &mut types)?,
        None => plan,
    };
    value(plan, &mut cursor, DEPTH, &mut types)?;
    // A type in a plain string is left to the linter proper, so here there is none.
    let says_type = |declared: &Declared| declared.plan.schema.action_type.is_some();
    if plan.members.iter().flatten().any(says_type) {
        types.extend([SeenType::Missing]);
    }
    cursor.peek().is_none().then_some((plan, types))
}

fn value(
    plan: &'static Plan,
    cursor: &mut Cursor<'_>,
    depth: usize,
    types: &mut SeenTypes,
) -> Option<()> {
    match plan.step {
        Step::Unsure => None,
        Step::Union => {
            let plan = alternative(plan.union.as_ref()?, cursor, depth, types)?;
            value(plan, cursor, depth, types)
        }
        Step::Choice => {
            let kind = match cursor.peek()? {
                b'"' => Type::String,
                b'-' | b'0'..=b'9' => Type::Number,
                b't' | b'f' => Type::Boolean,
                b'[' => Type::Array,
                _ => Type::Object,
            };
            value(plan.only_choice(kind)?, cursor, depth, types)
        }
        Step::Any => any(cursor, depth),
        Step::Boolean => boolean(cursor),
        Step::Integer => {
            let number = number(cursor)?;
            let is_integer = matches!(number, Number::Integer(_));
            (is_integer && plan.is_in_range(number)).then_some(())
        }
        Step::Number => plan.is_in_range(number(cursor)?).then_some(()),
        Step::OneOf => one_of(cursor, &plan.values),
        Step::Text => {
            let text = cursor.plain_string()?;
            let pattern = plan.pattern.as_ref();
            let matches = pattern.is_none_or(|pattern| pattern.surely_matches(text));
            (matches && plan.text.is_none_or(|passes| passes(text))).then_some(())
        }
        Step::String => cursor.string(),
        Step::Array => {
            let depth = depth.checked_sub(1)?;
            cursor.eat(b'[')?;
            let mut count = 0;
            while cursor.more(count == 0, b']')? {
                match &plan.items {
                    Some(items) => value(items, cursor, depth, types)?,
                    None => any(cursor, depth)?,
                }
                count += 1;
            }
            plan.count.contains(&count).then_some(())
        }
        Step::Object => object(plan, cursor, depth.checked_sub(1)?, types),
    }
}

fn object(
    plan: &'static Plan,
    cursor: &mut Cursor<'_>,
    depth: usize,
    types: &mut SeenTypes,
) -> Option<()> {
    let members = plan.members.as_deref()?;
    cursor.eat(b'{')?;
    let (mut has, mut guess) = (0_u128, 0);
    let (mut is_one, mut is_filled) = (false, false);
    while cursor.more(has == 0, b'}')? {
        cursor.eat(b'"')?;
        // Most documents have their members in the order of the contract. A key with an escape, and
        // one that is not declared, are not for the fast pass.
        let index = Key::find(&plan.keys, guess, cursor.rest())?;
        guess = index + 1;
        if has >> index & 1 == 1 {
            return None;
        }
        has |= 1 << index;
        cursor.at += plan.keys[index].bytes().len();
        cursor.eat(b':')?;
        cursor.peek()?;
        let start = cursor.at;
        value(&members[index].plan, cursor, depth, types)?;
        if let Some(When {
            member,
            values,
            needs,
        }) = &plan.when
        {
            let text = &cursor.text[start..cursor.at];
            if index == *member {
                is_one = values.iter().any(|value| value.begins(&text[1..]));
            } else if index == *needs {
                is_filled =
                    !matches!(text, [b'[', inside @ .., b']'] if inside.trim_ascii().is_empty());
            }
        }
    }
    let is_as_needed = plan.when.as_ref().is_none_or(|when| {
        let has_needed = has >> when.needs & 1 == 1;
        has_needed == is_one && (is_filled || !is_one)
    });
    (plan.required & !has == 0 && plan.may_have(has) && is_as_needed).then_some(())
}

/// The alternative of a union that the object here is by its tag, which it must have all the same:
/// it is the only one with that value.
fn alternative(
    union: &'static Union,
    cursor: &Cursor<'_>,
    depth: usize,
    types: &mut SeenTypes,
) -> Option<&'static Plan> {
    let mut first = *cursor;
    first.eat(b'{')?;
    let mut tag = tag_here(union, first);
    if tag.is_none() && depth == DEPTH {
        // Many a writer puts it last.
        tag = last_member(&first, &union.tag).and_then(|cursor| of_value(union, cursor));
    }
    while tag.is_none() {
        first.string()?;
        first.eat(b':')?;
        skip(&mut first)?;
        if !first.more(false, b'}')? {
            types.extend([SeenType::Package]);
            return union.bare();
        }
        tag = tag_here(union, first);
    }
    let (name, plan) = tag?;
    types.extend([SeenType::Named(name.into())]);
    Some(plan)
}

/// The value of a tag, and what it names.
type Tagged = (&'static str, &'static Plan);

/// The alternative, where the member that comes next is the tag.
fn tag_here(union: &'static Union, mut cursor: Cursor<'_>) -> Option<Tagged> {
    cursor.eat(b'"')?;
    if !union.tag.begins(cursor.rest()) {
        return None;
    }
    cursor.at += union.tag.bytes().len();
    cursor.eat(b':')?;
    of_value(union, cursor)
}

/// The alternative that the string which comes next names.
fn of_value(union: &'static Union, mut cursor: Cursor<'_>) -> Option<Tagged> {
    cursor.eat(b'"')?;
    let index = Key::find(&union.alternatives, 0, cursor.rest())?;
    union.alternative(index)
}

/// A cursor at the value of what looks like a member of this name, the last that there is, unless
/// it is far from the end.
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

/// Over one of these strings, spelt without escapes.
#[inline]
fn one_of(cursor: &mut Cursor<'_>, values: &[Key]) -> Option<()> {
    cursor.eat(b'"')?;
    let index = Key::find(values, 0, cursor.rest())?;
    cursor.at += values[index].bytes().len();
    Some(())
}

fn boolean(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.word(b"true").or_else(|| cursor.word(b"false"))
}

/// A number that int64 or a double can hold.
fn number(cursor: &mut Cursor<'_>) -> Option<Number> {
    cursor.peek()?;
    let (number, fits) = cursor.number().ok()?;
    fits.then_some(number)
}

/// Over one value of any kind that is clean in itself.
fn any(cursor: &mut Cursor<'_>, depth: usize) -> Option<()> {
    match cursor.peek()? {
        b'"' => cursor.string(),
        b'{' => {
            let depth = depth.checked_sub(1)?;
            cursor.eat(b'{')?;
            let mut names: Vec<&str> = Vec::new();
            while cursor.more(names.is_empty(), b'}')? {
                let name = cursor.plain_string()?;
                // Each is compared with all: past a few, a proper parser is cheaper.
                if names.len() == 32 || names.contains(&name) {
                    return None;
                }
                names.push(name);
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

/// Over one value, without much of a look at it.
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
