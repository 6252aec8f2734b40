//! Walks a program over a document. `None` means: not sure that it is clean.

use super::program::{
    Alternatives, ChoiceMatcher, Id, Key, Matcher, MemberMatcher, MemberValue, Members,
    ObjectMatcher, Program,
};
use crate::json::{Cursor, DEPTH, Number};

/// How many levels are left inside the object that is the document.
const OUTERMOST: usize = DEPTH - 1;

impl Program {
    /// Whether the document is surely clean.
    pub fn clean(&self, mut cursor: Cursor<'_>) -> bool {
        cursor.utf8.is_some()
            && self.value(self.root, &mut cursor, DEPTH).is_some()
            && cursor.peek().is_none()
    }

    fn value(&self, id: Id, cursor: &mut Cursor<'_>, depth: usize) -> Option<()> {
        match self.matchers.get(id)? {
            Matcher::Unsure => None,
            Matcher::Any => any(cursor, depth),
            Matcher::Boolean => boolean(cursor),
            Matcher::Integer { min, max } => match number(cursor)? {
                Number::Integer(number) => (*min..=*max).contains(&number).then_some(()),
                Number::Double(_) => None,
            },
            Matcher::Number { min, max } => (*min..=*max)
                .contains(&number(cursor)?.to_f64())
                .then_some(()),
            Matcher::String => cursor.string(),
            Matcher::OneOf(values) => one_of(cursor, values).map(drop),
            Matcher::Text(text) => text.fits(cursor.plain_string()?).then_some(()),
            Matcher::Array { min, max, items } => {
                let depth = depth.checked_sub(1)?;
                cursor.eat(b'[')?;
                let mut count = 0;
                while cursor.more(count == 0, b']')? {
                    self.value(*items, cursor, depth)?;
                    count += 1;
                }
                (*min..=*max).contains(&count).then_some(())
            }
            Matcher::Object(object) => self.object(object, cursor, depth.checked_sub(1)?),
            Matcher::Choice(ChoiceMatcher {
                text,
                number,
                boolean,
                array,
                object,
            }) => {
                let id = match cursor.peek()? {
                    b'"' => text,
                    b'-' | b'0'..=b'9' => number,
                    b't' | b'f' => boolean,
                    b'[' => array,
                    b'{' => object,
                    _ => return None,
                };
                self.value((*id)?, cursor, depth)
            }
        }
    }

    fn object(&self, object: &ObjectMatcher, cursor: &mut Cursor<'_>, depth: usize) -> Option<()> {
        cursor.eat(b'{')?;
        let (mut live, mut seen, mut late, mut guess) = (object.all, 0, Vec::new(), 0);
        // What is due once the object is over, for what was taken for granted.
        let mut due = 0;
        while cursor.more(seen == 0, b'}')? {
            let index = object.member(cursor, guess)?;
            guess = index + 1;
            if seen >> index & 1 == 1 {
                return None;
            }
            seen |= 1 << index;
            match &object.members[index].value {
                MemberValue::Same(alternatives, id) => {
                    live &= alternatives;
                    self.value(*id, cursor, depth)?;
                }
                MemberValue::Tag(values, alternatives) => {
                    live &= alternatives.get(one_of(cursor, values)?)?;
                }
                MemberValue::Differs(ids) => {
                    if !live.is_power_of_two()
                        && depth == OUTERMOST
                        && let Some((tag, alternatives)) = object.peek_tag(cursor)
                    {
                        live &= alternatives;
                        due |= tag;
                    }
                    if live.is_power_of_two() {
                        self.value((*ids.get(live.trailing_zeros() as usize)?)?, cursor, depth)?;
                    } else {
                        let start = cursor.at;
                        skip(cursor)?;
                        late.push((ids, start, cursor.at));
                    }
                }
            }
        }
        if due & !seen != 0 {
            return None;
        }
        let chosen = object.remaining(live, seen)?;
        let end = cursor.at;
        for (ids, from, to) in late {
            cursor.at = from;
            self.value((*ids.get(chosen)?)?, cursor, depth)?;
            // Skipping is laxer than reading: `truefalse` ends elsewhere.
            if cursor.at != to {
                return None;
            }
        }
        cursor.at = end;
        Some(())
    }
}

impl ObjectMatcher {
    /// Over the key of a declared member and its colon; the index of the member. A key with an
    /// escape, and one that is not declared, are not for the fast pass. The member of index `guess`
    /// is tried first: most documents have them in the order of the contract.
    #[inline]
    fn member(&self, cursor: &mut Cursor<'_>, guess: usize) -> Option<usize> {
        cursor.eat(b'"')?;
        let rest = cursor.rest();
        let begins = |member: &MemberMatcher| member.key.begins(rest);
        let index = match self.members.get(guess) {
            Some(member) if begins(member) => guess,
            _ => self.members.iter().position(begins)?,
        };
        cursor.at += self.members[index].key.bytes().len();
        cursor.eat(b':')?;
        Some(index)
    }

    /// The tag as a set of members, and the alternatives that its value further on leaves, by a
    /// look from the end: many a writer puts it last. It may be wrong, and the tag of an object
    /// inside; then the walk comes to know when it is there.
    fn peek_tag(&self, cursor: &Cursor<'_>) -> Option<(Members, Alternatives)> {
        let (index, member) = self
            .members
            .iter()
            .enumerate()
            .find(|(_, member)| matches!(member.value, MemberValue::Tag(..)))?;
        let MemberValue::Tag(values, alternatives) = &member.value else {
            return None;
        };
        let value = one_of(&mut last_member(cursor, &member.key)?, values)?;
        Some((1 << index, *alternatives.get(value)?))
    }
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

/// Which of these strings comes next, spelt without escapes.
#[inline]
fn one_of(cursor: &mut Cursor<'_>, values: &[Key]) -> Option<usize> {
    cursor.eat(b'"')?;
    let rest = cursor.rest();
    let index = values.iter().position(|value| value.begins(rest))?;
    cursor.at += values[index].bytes().len();
    Some(index)
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
