//! Follows a plan over a document. `None` means: not certain that it fits its schema.

use super::{
    choose::choose,
    doubt::{self, About, Child, Doubt, Path},
    key::Key,
    step::Step,
    trail::Trail,
    when::When,
};
use crate::{
    contract::Type,
    json::{Cursor, DEPTH, Number},
    lint::{
        plan::{Declared, Plan, Union},
        seen::{SeenType, SeenTypes},
    },
};

/// The state of the pass.
pub(super) struct Pass<'t> {
    pub cursor: Cursor<'t>,
    /// The action types in the document.
    pub types: SeenTypes,
    /// The values that a rule has to look at.
    pub doubts: Vec<Doubt>,
    /// The maximum number of doubts.
    most: usize,
    /// How far it got until the first doubt.
    certain: Option<Trail>,
    /// The way to the current value.
    path: Path,
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
            doubts: Vec::new(),
            most: doubt::MOST,
            certain: None,
            path: Path::default(),
            clean_to: 0,
            chosen: None,
        }
    }

    /// A pass that ends at the first doubt.
    pub fn without_doubt(cursor: Cursor<'t>) -> Self {
        Self {
            most: 0,
            ..Self::new(cursor)
        }
    }

    /// How far it got without a doubt.
    pub fn trail(&self) -> Trail {
        self.certain.unwrap_or(Trail {
            clean_to: self.clean_to,
            fails_at: self.cursor.at,
            chosen: self.chosen,
        })
    }

    /// What the document is, by its tag, if it is certainly clean except for the doubts.
    pub fn document(&mut self, plan: &'static Plan) -> Option<&'static Plan> {
        self.cursor.utf8?;
        let plan = match &plan.union {
            Some(union) => self.alternative(union, DEPTH)?,
            None => plan,
        };
        self.fit(plan, DEPTH)?;
        // A type in a plain string is left to the full linter, so there is none here.
        let says_type = |declared: &Declared| declared.plan.schema.action_type.is_some();
        if plan.members.iter().flatten().any(says_type) {
            self.types.extend([SeenType::Missing]);
        }
        self.cursor.peek().is_none().then_some(plan)
    }

    pub fn value(&mut self, plan: &'static Plan, depth: usize) -> Option<()> {
        let (start, seen) = (self.cursor.at, self.seen());
        match self.fit(plan, depth) {
            None => self.misfit(plan, start, depth, seen),
            fit => fit,
        }
    }

    /// Skips a value that certainly fits its schema.
    fn fit(&mut self, plan: &'static Plan, depth: usize) -> Option<()> {
        let start = self.cursor.at;
        if self.fits(plan, depth)? && !plan.asks {
            return Some(());
        }
        self.doubt(plan, About::Rules, start, depth)
    }

    /// The number of doubts and of action types.
    fn seen(&self) -> (usize, usize) {
        (self.doubts.len(), self.types.iter().count())
    }

    /// Notes that a value may not fit its schema, and skips it, if it can be judged by itself.
    #[cold]
    fn misfit(
        &mut self,
        plan: &'static Plan,
        start: usize,
        depth: usize,
        (doubts, types): (usize, usize),
    ) -> Option<()> {
        self.certain = Some(self.trail());
        self.doubts.truncate(doubts);
        let (_, now) = self.seen();
        self.cursor.at = start;
        let may_skip = match self.cursor.peek()? {
            // What an optional member is worth depends on the object.
            b'n' | b'[' => false,
            // Members that the schema does not declare may be those of the object around it.
            b'{' => plan.union.is_none() && self.path.is_item(DEPTH - depth),
            // Bodies are recognised by members of the root, and some by those of objects in it.
            _ => plan.members.is_none() && plan.union.is_none() || depth < DEPTH - 1,
        };
        // Action types are counted, and the support matrix decides about them.
        let has_types = now > types || plan.schema.action_type.is_some();
        if !may_skip || has_types {
            return None;
        }
        any(&mut self.cursor, depth)?;
        self.doubt(plan, About::Whole, start, depth)
    }

    /// Notes that there may be something to say about the last value, if it can be explained by
    /// itself.
    #[cold]
    fn doubt(
        &mut self,
        plan: &'static Plan,
        about: About,
        start: usize,
        depth: usize,
    ) -> Option<()> {
        self.certain.get_or_insert(self.trail());
        if self.doubts.len() == self.most {
            return None;
        }
        let doubt = Doubt::new(plan, about, start, self.path, DEPTH - depth)?;
        self.doubts.push(doubt);
        Some(())
    }

    /// Skips a value that certainly fits its schema; returns whether no rule has to look at it.
    fn fits(&mut self, plan: &'static Plan, depth: usize) -> Option<bool> {
        let cursor = &mut self.cursor;
        match plan.step {
            Step::Unsure => return None,
            Step::Union => {
                let plan = self.alternative(plan.union.as_ref()?, depth)?;
                self.fit(plan, depth)?;
            }
            Step::Choice => {
                let kind = match cursor.peek()? {
                    b'"' => Type::String,
                    b'-' | b'0'..=b'9' => Type::Number,
                    b't' | b'f' => Type::Boolean,
                    b'[' => Type::Array,
                    _ => Type::Object,
                };
                self.fit(plan.only_choice(kind)?, depth)?;
            }
            Step::Any => any(cursor, depth)?,
            Step::Boolean => boolean(cursor)?,
            Step::Integer => {
                let number = number(cursor)?;
                let is_integer = matches!(number, Number::Integer(_));
                return (is_integer && plan.is_in_range(number)).then_some(true);
            }
            Step::Number => return plan.is_in_range(number(cursor)?).then_some(true),
            Step::OneOf => return one_of(cursor, plan),
            Step::Text => {
                let text = cursor.plain_string()?;
                let pattern = plan.pattern.as_ref();
                let matches = pattern.is_none_or(|pattern| pattern.surely_matches(text));
                let passes = || plan.text.is_none_or(|passes| passes(text));
                return matches.then(passes);
            }
            Step::String => cursor.string()?,
            Step::Array => return self.array(plan, depth.checked_sub(1)?),
            Step::Object => return self.object(plan, depth.checked_sub(1)?),
        }
        Some(true)
    }

    fn array(&mut self, plan: &'static Plan, depth: usize) -> Option<bool> {
        self.cursor.eat(b'[')?;
        let mut count = 0;
        while self.cursor.more(count == 0, b']')? {
            self.path.set(DEPTH - 1 - depth, Child::Item(count));
            match &plan.items {
                Some(items) => self.value(items, depth)?,
                None => any(&mut self.cursor, depth)?,
            }
            self.clean_to = self.cursor.at;
            count += 1;
        }
        Some(plan.count.contains(&count))
    }

    fn object(&mut self, plan: &'static Plan, depth: usize) -> Option<bool> {
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
            let Declared {
                name,
                plan: declared,
            } = &members[index];
            self.path.set(DEPTH - 1 - depth, Child::Member(name));
            self.value(declared, depth)?;
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
                    // Other members depend on a value that may be meant in another case.
                    let misfit = self.doubts.last().filter(|doubt| doubt.start == start);
                    if misfit.is_some_and(|doubt| doubt.about == About::Whole) {
                        return None;
                    }
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
        (plan.required & !has == 0).then(|| plan.may_have(has) && is_as_needed)
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

/// Skips a value of an enum, spelt without escapes; returns whether no rule has to look at it.
#[inline]
fn one_of(cursor: &mut Cursor<'_>, plan: &Plan) -> Option<bool> {
    cursor.eat(b'"')?;
    let find = |values: &[Key]| {
        let index = Key::find(values, 0, cursor.rest())?;
        Some(values[index].bytes().len())
    };
    let usual = find(&plan.values);
    cursor.at += usual.or_else(|| find(&plan.banned))?;
    Some(usual.is_some())
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
