//! Walks a program over a document. `None` means: not sure that it is clean.

use super::{
    lexer::{First, Lexer, Next},
    program::{Alternatives, Choice, Id, MemberSchema, Members, Node, Object, Program},
};
use crate::json::DEPTH;

/// How many levels are left inside the object that is the document.
const OUTERMOST: usize = DEPTH - 1;

impl Program {
    pub fn clean(&self, lexer: &mut Lexer<'_>) -> Option<()> {
        self.value(self.root, lexer, DEPTH)
    }

    fn value(&self, id: Id, lexer: &mut Lexer<'_>, depth: usize) -> Option<()> {
        match self.nodes.get(id)? {
            Node::Unsure => None,
            Node::Any => lexer.any(depth),
            Node::Boolean => lexer.boolean(),
            Node::Integer { min, max } => (*min..=*max).contains(&lexer.integer()?).then_some(()),
            Node::Number { min, max } => (*min..=*max).contains(&lexer.number()?).then_some(()),
            Node::String => lexer.string().map(drop),
            Node::OneOf(values) => lexer.one_of(values).map(drop),
            Node::Text(text) => text.fits(lexer.text()?).then_some(()),
            Node::Array { min, max, items } => {
                let depth = depth.checked_sub(1)?;
                lexer.open_array()?;
                let mut count = 0;
                while lexer.item(count == 0)? {
                    self.value(*items, lexer, depth)?;
                    count += 1;
                }
                (*min..=*max).contains(&count).then_some(())
            }
            Node::Object(object) => self.object(object, lexer, depth.checked_sub(1)?),
            Node::Choice(Choice {
                text,
                number,
                boolean,
                array,
                object,
            }) => {
                let id = match lexer.first()? {
                    First::Text => text,
                    First::Number => number,
                    First::Boolean => boolean,
                    First::Array => array,
                    First::Object => object,
                };
                self.value((*id)?, lexer, depth)
            }
        }
    }

    fn object(&self, object: &Object, lexer: &mut Lexer<'_>, depth: usize) -> Option<()> {
        lexer.open_object()?;
        let (mut live, mut seen, mut late, mut guess) = (object.all, 0, Vec::new(), 0);
        // What is due once the object is over, for what was taken for granted.
        let mut due = 0;
        while let Next::Member(index) = lexer.member(seen == 0, object, guess)? {
            guess = index + 1;
            if seen >> index & 1 == 1 {
                return None;
            }
            seen |= 1 << index;
            match &object.members[index].schema {
                MemberSchema::Same(alternatives, id) => {
                    live &= alternatives;
                    self.value(*id, lexer, depth)?;
                }
                MemberSchema::Tag(values, alternatives) => {
                    live &= alternatives.get(lexer.one_of(values)?)?
                }
                MemberSchema::Differs(ids) => {
                    if !live.is_power_of_two()
                        && depth == OUTERMOST
                        && let Some((tag, alternatives)) = object.peek_tag(lexer)
                    {
                        live &= alternatives;
                        due |= tag;
                    }
                    if live.is_power_of_two() {
                        self.value((*ids.get(live.trailing_zeros() as usize)?)?, lexer, depth)?;
                    } else {
                        let start = lexer.mark();
                        lexer.skip()?;
                        late.push((ids, start, lexer.mark()));
                    }
                }
            }
        }
        if due & !seen != 0 {
            return None;
        }
        let chosen = object.remaining(live, seen)?;
        let end = lexer.mark();
        for (ids, from, to) in late {
            lexer.restore(from);
            self.value((*ids.get(chosen)?)?, lexer, depth)?;
            // Skipping is laxer than reading: `truefalse` ends elsewhere.
            if lexer.mark() != to {
                return None;
            }
        }
        lexer.restore(end);
        Some(())
    }
}

impl Object {
    /// The tag as a set of members, and the alternatives that its value further on leaves, by a
    /// look from the end: many a writer puts it last. It may be wrong, and the tag of an object
    /// inside; then the walk comes to know when it is there.
    fn peek_tag(&self, lexer: &Lexer<'_>) -> Option<(Members, Alternatives)> {
        let (index, member) = self
            .members
            .iter()
            .enumerate()
            .find(|(_, member)| matches!(member.schema, MemberSchema::Tag(..)))?;
        let MemberSchema::Tag(values, alternatives) = &member.schema else {
            return None;
        };
        let value = lexer.peek_tag(&member.key)?.one_of(values)?;
        Some((1 << index, *alternatives.get(value)?))
    }
}
