//! Compiles the contract into a program.

use super::{
    program::{
        Alternatives, ChoiceMatcher, Id, Key, Matcher, MemberMatcher, MemberValue, Members,
        ObjectMatcher, Program, TextMatcher, Wants,
    },
    shape::{Declared, Shape, guards, is_recognised, shapes},
};
use crate::{
    body::BodyKind,
    contract::{Contract, Schema, Type},
    lint::check::Guard,
};

/// The program of a kind of body.
pub(super) fn compile(contract: &Contract, kind: BodyKind) -> Option<Program> {
    let mut compiler = Compiler {
        contract,
        matchers: Vec::new(),
    };
    let schema = contract.schema(kind.schema())?;
    let root = compiler.schema(schema);
    let mut shapes = compiler.shapes(schema).into_iter();
    Some(Program {
        matchers: compiler.matchers,
        root,
        recognises: shapes.all(|shape| is_recognised(contract, kind, &shape)),
    })
}

struct Compiler<'c> {
    contract: &'c Contract,
    matchers: Vec<Matcher>,
}

impl<'c> Compiler<'c> {
    fn intern(&mut self, matcher: Matcher) -> Id {
        if let Some(id) = self.matchers.iter().position(|other| *other == matcher) {
            return id;
        }
        self.matchers.push(matcher);
        self.matchers.len() - 1
    }

    fn schema(&mut self, schema: &'c Schema) -> Id {
        self.declared(&Declared::of("", schema))
    }

    fn declared(&mut self, member: &Declared<'c>) -> Id {
        let schema = member.schema;
        let matcher = if schema.union.is_some() {
            self.object(&self.shapes(schema))
        } else if !schema.choice.is_empty() {
            self.choice(schema)
        } else {
            match schema.kind {
                // An action type in a plain string is the matrix's business.
                _ if schema.action_type.is_some()
                    || guards(schema).any(|guard| matches!(guard, Guard::Never)) =>
                {
                    Matcher::Unsure
                }
                None => Matcher::Any,
                Some(Type::Boolean) => Matcher::Boolean,
                Some(Type::Integer) => integer(schema),
                Some(Type::Number) => Matcher::Number {
                    min: schema.minimum.unwrap_or(f64::MIN),
                    max: schema.maximum.unwrap_or(f64::MAX),
                },
                Some(Type::String) => string(member),
                Some(Type::Array) => self.array(member),
                Some(Type::Object) if schema.properties.is_none() => Matcher::Unsure,
                Some(Type::Object) => self.object(&self.shapes(schema)),
            }
        };
        self.intern(matcher)
    }

    fn array(&mut self, member: &Declared<'c>) -> Matcher {
        let items = match &member.schema.items {
            Some(items) => self.schema(items),
            None => self.intern(Matcher::Any),
        };
        let (mut min, mut max) = (usize::from(member.filled), usize::MAX);
        for guard in guards(member.schema) {
            if let Guard::Items(least, most) = guard {
                (min, max) = (min.max(least), max.min(most));
            }
        }
        Matcher::Array { min, max, items }
    }

    fn choice(&mut self, schema: &'c Schema) -> Matcher {
        let mut choice = ChoiceMatcher::default();
        for alternative in &schema.choice {
            let place = match alternative.kind {
                Some(Type::String) => &mut choice.text,
                Some(Type::Integer | Type::Number) => &mut choice.number,
                Some(Type::Boolean) => &mut choice.boolean,
                Some(Type::Array) => &mut choice.array,
                Some(Type::Object) => &mut choice.object,
                None => return Matcher::Unsure,
            };
            if place.replace(self.schema(alternative)).is_some() {
                return Matcher::Unsure;
            }
        }
        Matcher::Choice(choice)
    }

    /// The alternatives of an object or a union.
    fn shapes(&self, schema: &'c Schema) -> Vec<Shape<'c>> {
        let Some(union) = schema
            .union
            .as_deref()
            .and_then(|name| self.contract.union(name))
        else {
            return shapes(schema);
        };
        let names = union
            .alternatives
            .values()
            .chain(union.bare.iter().map(|bare| &bare.schema));
        names
            .filter_map(|name| self.contract.schema(name))
            .flat_map(shapes)
            .collect()
    }

    /// One of these shapes. There may be more of them, or of their members, than a set can hold.
    fn object(&mut self, shapes: &[Shape<'c>]) -> Matcher {
        let mut names: Vec<&str> = Vec::new();
        for member in shapes.iter().flat_map(|shape| &shape.members) {
            if !names.contains(&member.name) {
                names.push(member.name);
            }
        }
        if names.len() > Members::BITS as usize || shapes.len() > Alternatives::BITS as usize {
            return Matcher::Unsure;
        }
        let position = |name: &&str| names.iter().position(|other| other == name);
        let set = |wanted: &[&str]| {
            let bits = wanted.iter().filter_map(position);
            bits.fold(0, |all, bit| all | 1 << bit)
        };
        let wants = shapes.iter().map(|shape| Wants {
            all: set(&shape.required),
            any: shape.any.iter().map(|any| set(any)).collect(),
        });
        let members = names.iter().map(|name| MemberMatcher {
            key: Key::new(name),
            value: self.member(name, shapes),
        });
        Matcher::Object(ObjectMatcher {
            members: members.collect(),
            all: (0..shapes.len()).fold(0, |all, bit| all | 1 << bit),
            wants: wants.collect(),
        })
    }

    fn member(&mut self, name: &str, shapes: &[Shape<'c>]) -> MemberValue {
        let ids = shapes.iter().map(|shape| {
            let member = shape.members.iter().find(|member| member.name == name)?;
            Some(self.declared(member))
        });
        let ids: Vec<_> = ids.collect();
        let mut different = ids.iter().flatten();
        match different.next() {
            Some(id) if different.all(|other| other == id) => {
                let declaring = ids.iter().enumerate().filter(|(_, id)| id.is_some());
                MemberValue::Same(declaring.fold(0, |set, (bit, _)| set | 1 << bit), *id)
            }
            _ => self.tag(&ids).unwrap_or(MemberValue::Differs(ids)),
        }
    }

    /// A member that is one of some strings, other ones in each alternative.
    fn tag(&self, ids: &[Option<Id>]) -> Option<MemberValue> {
        let (mut keys, mut sets): (Vec<Key>, Vec<Alternatives>) = Default::default();
        for (bit, id) in ids.iter().enumerate() {
            let Some(id) = id else { continue };
            let Matcher::OneOf(values) = self.matchers.get(*id)? else {
                return None;
            };
            for value in values {
                let index = keys.iter().position(|key| key == value).unwrap_or_else(|| {
                    keys.push(value.clone());
                    sets.push(0);
                    keys.len() - 1
                });
                sets[index] |= 1 << bit;
            }
        }
        Some(MemberValue::Tag(keys, sets))
    }
}

fn integer(schema: &Schema) -> Matcher {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "bounds in the contract are small; a cast saturates"
    )]
    let bound = |bound: Option<f64>, otherwise: i64| bound.map_or(otherwise, |bound| bound as i64);
    Matcher::Integer {
        min: bound(schema.minimum.map(f64::ceil), i64::MIN),
        max: bound(schema.maximum.map(f64::floor), i64::MAX),
    }
}

fn string(member: &Declared<'_>) -> Matcher {
    let guard = guards(member.schema).find_map(|guard| match guard {
        Guard::Text(passes) => Some(passes),
        _ => None,
    });
    let text = TextMatcher::new(member.schema.pattern.as_deref(), guard);
    let Some(values) = &member.values else {
        return if text.is_any() {
            Matcher::String
        } else {
            Matcher::Text(text)
        };
    };
    let banned = |value: &str| {
        guards(member.schema).any(|guard| matches!(guard, Guard::Not(other) if other == value))
    };
    let left = values
        .iter()
        .filter(|value| !banned(value) && text.fits(value));
    Matcher::OneOf(left.map(|value| Key::new(value)).collect())
}
