//! Follows a plan over a document. `None` means: not certain that it fits its schema.

use std::ptr;

use super::{
    choose::{Chosen, choose},
    doubt::{self, About, Child, Doubt, Path},
    key::Key,
    skip::{any, boolean, number, one_of},
    step::Step,
    trail::Trail,
    when::Both,
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
    /// The union, and the offset of the value that was taken for its tag.
    tag: Option<(&'static Union, usize)>,
    /// Whether a member by which a body is recognised is not what its plan says.
    pub hides_members: bool,
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
            tag: None,
            hides_members: false,
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

    /// Skips a document that is certainly clean except for the doubts; `is_worth` is asked about
    /// what it is by its tag.
    pub fn document(
        &mut self,
        plan: &'static Plan,
        is_worth: impl FnOnce(&'static Plan) -> bool,
    ) -> Option<()> {
        self.cursor.utf8?;
        let plan = match &plan.union {
            Some(union) => self.alternative(union, DEPTH)?,
            None => plan,
        };
        is_worth(plan).then_some(())?;
        self.fit(plan, DEPTH)?;
        // A type in a plain string is left to the full linter, so there is none here.
        if plan.says_type {
            self.types.extend([SeenType::Missing]);
        }
        self.cursor.peek().is_none().then_some(())
    }

    pub fn value(&mut self, plan: &'static Plan, depth: usize) -> Option<()> {
        let start = self.cursor.at;
        match self.fit(plan, depth) {
            None => self.misfit(plan, start, depth),
            fit => fit,
        }
    }

    /// Skips a value that certainly fits its schema.
    fn fit(&mut self, plan: &'static Plan, depth: usize) -> Option<()> {
        let start = self.cursor.at;
        if self.fits(plan, depth)? && !plan.asks {
            return Some(());
        }
        // The rules want parts in the spelling of the contract.
        let mut inner = self.doubts.iter().filter(|doubt| doubt.start >= start);
        if inner.any(Doubt::is_misfit) {
            return None;
        }
        self.doubt(plan, About::Rules, start, depth)
    }

    /// Notes that a value may not fit its schema, and skips it, if it can be judged by itself.
    #[cold]
    fn misfit(&mut self, plan: &'static Plan, start: usize, depth: usize) -> Option<()> {
        self.certain = Some(self.trail());
        self.doubts.retain(|doubt| doubt.start < start);
        self.cursor.at = start;
        let next = self.cursor.peek()?;
        let is_other_tag = self.tag.is_some_and(|(union, tag)| {
            let name = &union.declared.tag;
            self.path.is_member(DEPTH - depth, name) && tag != self.cursor.at
        });
        let may_have_members =
            plan.members.is_some() || plan.union.is_some() || !plan.choice.is_empty();
        let is_item = self.path.is_item(DEPTH - depth);
        let is_alone = match next {
            // What a null means depends on the object.
            b'n' => is_item,
            // Members that the schema does not declare may be those of the object around it.
            b'{' => is_item || !may_have_members,
            _ => true,
        };
        // Action types are counted, and the support matrix decides about them.
        let items = plan.items.as_ref();
        let has_types = self.chosen.is_some_and(|(union, _)| union >= start)
            || plan.schema.action_type.is_some()
            || plan.union.is_some() && next == b'{'
            || items.is_some_and(|items| items.union.is_some()) && next == b'[';
        if depth == DEPTH || !is_alone || has_types || is_other_tag {
            return None;
        }
        // Some bodies are recognised by members of a member.
        self.hides_members |= depth == DEPTH - 1 && may_have_members;
        any(&mut self.cursor, depth)?;
        self.doubt(plan, About::Whole, start, depth)
    }

    /// Skips a member that is null although the object must have it.
    #[cold]
    fn null(
        &mut self,
        plan: &'static Plan,
        index: usize,
        start: usize,
        depth: usize,
    ) -> Option<()> {
        // Which alternative of a union it is may depend on what is null.
        if self.chosen.is_some_and(|(_, chosen)| ptr::eq(chosen, plan)) {
            return None;
        }
        let declared = &plan.members.as_deref()?[index].plan;
        self.cursor.at = start;
        self.cursor.word(b"null")?;
        if plan.required >> index & 1 == 0 || declared.schema.action_type.is_some() {
            return None;
        }
        self.hides_members |= depth == DEPTH - 1;
        self.doubt(declared, About::Whole, start, depth)
    }

    /// Skips a tag that names no alternative; `None` if it is not a string.
    #[cold]
    fn foreign_tag(&mut self, plan: &'static Plan, depth: usize) -> Option<bool> {
        self.cursor.peek()?;
        let start = self.cursor.at;
        let (union, _) = self.tag.filter(|(_, tag)| *tag == start)?;
        self.cursor.plain_string()?;
        self.doubt(plan, About::Tag(union), start, depth)?;
        Some(true)
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
            Step::Tag => return self.foreign_tag(plan, depth),
            Step::Any => any(cursor, depth)?,
            Step::Free => {
                (cursor.peek()? == b'{').then_some(())?;
                any(cursor, depth)?;
            }
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
        let (mut has, mut guess, mut both) = (0_u64, 0, Both::default());
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
            if self.value(declared, depth).is_none() {
                self.null(plan, index, start, depth)?;
            }
            self.clean_to = self.cursor.at;
            if let Some(when) = &plan.when {
                // Other members depend on a value that may be meant in another case.
                if index == when.member && self.has_misfit_at(start) {
                    return None;
                }
                when.note(index, &self.cursor.text[start..self.cursor.at], &mut both);
            }
        }
        let is_as_needed = plan.when.as_ref().is_none_or(|when| when.holds(has, &both));
        (has & plan.decisive == plan.wanted).then(|| plan.may_have(has) && is_as_needed)
    }

    fn has_misfit_at(&self, start: usize) -> bool {
        let last = self.doubts.last().filter(|doubt| doubt.start == start);
        last.is_some_and(Doubt::is_misfit)
    }

    /// The alternative of the union for this object, by its tag, which must still be present: it is
    /// the only alternative with that value. If the tag names none, what all of them share.
    fn alternative(&mut self, union: &'static Union, depth: usize) -> Option<&'static Plan> {
        self.cursor.peek()?;
        let start = self.cursor.at;
        let Some(Chosen { seen, plan, tag }) = choose(union, self.cursor, depth == DEPTH) else {
            self.cursor.at += 1;
            return None;
        };
        self.types.extend([seen]);
        self.chosen = Some((start, plan));
        self.tag = tag.map(|tag| (union, tag));
        Some(plan)
    }
}
