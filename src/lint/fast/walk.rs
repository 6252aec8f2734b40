//! Follows a plan over a document. `None` means: not certain that it is clean.

use super::{key::Key, step::Step, trail::Trail};
use crate::{
    contract::Type,
    json::{Cursor, DEPTH, Number},
    lint::{
        plan::{Declared, Plan, Union, When},
        seen::{SeenType, SeenTypes},
    },
};

/// The state of the pass.
pub(super) struct Pass<'t> {
    pub cursor: Cursor<'t>,
    /// The action types in the document.
    pub types: SeenTypes,
    /// The end of the last value that is certainly clean.
    clean_to: usize,
    /// The location of the last union, and the alternative that was chosen.
    chosen: Option<(usize, &'static Plan)>,
}

impl<'t> Pass<'t> {
    pub fn new(cursor: Cursor<'t>) -> Self {
        Self {
            cursor,
            types: SeenTypes::default(),
            clean_to: 0,
            chosen: None,
        }
    }

    /// How far it got.
    pub fn trail(&self) -> Trail {
        Trail {
            clean_to: self.clean_to,
            fails_at: self.cursor.at,
            chosen: self.chosen,
        }
    }

    /// What the document is, by its tag, if it is certainly clean.
    pub fn document(&mut self, plan: &'static Plan) -> Option<&'static Plan> {
        self.cursor.utf8?;
        let plan = match &plan.union {
            Some(union) => self.alternative(union, DEPTH)?,
            None => plan,
        };
        self.value(plan, DEPTH)?;
        // A type in a plain string is left to the full linter, so there is none here.
        let says_type = |declared: &Declared| declared.plan.schema.action_type.is_some();
        if plan.members.iter().flatten().any(says_type) {
            self.types.extend([SeenType::Missing]);
        }
        self.cursor.peek().is_none().then_some(plan)
    }

    pub fn value(&mut self, plan: &'static Plan, depth: usize) -> Option<()> {
        let cursor = &mut self.cursor;
        match plan.step {
            Step::Unsure => None,
            Step::Union => {
                let plan = self.alternative(plan.union.as_ref()?, depth)?;
                self.value(plan, depth)
            }
            Step::Choice => {
                let kind = match cursor.peek()? {
                    b'"' => Type::String,
                    b'-' | b'0'..=b'9' => Type::Number,
                    b't' | b'f' => Type::Boolean,
                    b'[' => Type::Array,
                    _ => Type::Object,
                };
                self.value(plan.only_choice(kind)?, depth)
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
            Step::Array => self.array(plan, depth.checked_sub(1)?),
            Step::Object => self.object(plan, depth.checked_sub(1)?),
        }
    }

    fn array(&mut self, plan: &'static Plan, depth: usize) -> Option<()> {
        self.cursor.eat(b'[')?;
        let mut count = 0;
        while self.cursor.more(count == 0, b']')? {
            match &plan.items {
                Some(items) => self.value(items, depth)?,
                None => any(&mut self.cursor, depth)?,
            }
            self.clean_to = self.cursor.at;
            count += 1;
        }
        plan.count.contains(&count).then_some(())
    }

    fn object(&mut self, plan: &'static Plan, depth: usize) -> Option<()> {
        let members = plan.members.as_deref()?;
        self.cursor.eat(b'{')?;
        let (mut has, mut guess) = (0_u64, 0);
        let (mut is_one, mut is_filled) = (false, false);
        while self.cursor.more(has == 0, b'}')? {
            let cursor = &mut self.cursor;
            cursor.eat(b'"')?;
            // Most documents have their members in the order of the contract. The fast pass leaves
            // keys with escapes, and undeclared keys, to the full linter.
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
            self.value(&members[index].plan, depth)?;
            let cursor = &self.cursor;
            self.clean_to = cursor.at;
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
                    is_filled = !matches!(text, [b'[', inside @ .., b']'] if inside.trim_ascii().is_empty());
                }
            }
        }
        let is_as_needed = plan.when.as_ref().is_none_or(|when| {
            let has_needed = has >> when.needs & 1 == 1;
            has_needed == is_one && (is_filled || !is_one)
        });
        (plan.required & !has == 0 && plan.may_have(has) && is_as_needed).then_some(())
    }

    /// The alternative of the union for this object, by its tag, which must still be present: it is
    /// the only alternative with that value.
    fn alternative(&mut self, union: &'static Union, depth: usize) -> Option<&'static Plan> {
        self.cursor.peek()?;
        let start = self.cursor.at;
        let Some((seen, plan)) = choose(union, self.cursor, depth == DEPTH) else {
            self.cursor.at += 1;
            return None;
        };
        self.types.extend([seen]);
        self.chosen = Some((start, plan));
        Some(plan)
    }
}

/// The kind of the next object. In a whole document the tag may come last, as many writers put it.
fn choose(
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
    value.eat(b'"')?;
    let index = Key::find(&union.alternatives, 0, value.rest())?;
    let (name, plan) = union.alternative(index)?;
    Some((SeenType::Named(name.into()), plan))
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

/// Skips one of these strings, spelt without escapes.
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

/// Skips a number that int64 or a double can hold.
fn number(cursor: &mut Cursor<'_>) -> Option<Number> {
    cursor.peek()?;
    let (number, fits) = cursor.number().ok()?;
    fits.then_some(number)
}

/// Skips a value of any kind that is clean by itself.
fn any(cursor: &mut Cursor<'_>, depth: usize) -> Option<()> {
    match cursor.peek()? {
        b'"' => cursor.string(),
        b'{' => {
            let depth = depth.checked_sub(1)?;
            cursor.eat(b'{')?;
            let mut names: Vec<&str> = Vec::new();
            while cursor.more(names.is_empty(), b'}')? {
                let name = cursor.plain_string()?;
                // Each key is compared with all others: if there are many, a proper parser is
                // cheaper.
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
