//! Compiles the contract into a program.

use std::collections::BTreeSet;

use super::{
    program::{
        Alternatives, ChoiceMatcher, Id, Key, Matcher, MemberMatcher, MemberValue, Members,
        ObjectMatcher, Pattern, Program, TextGuard, TextMatcher, Wants,
    },
    shape::{Declared, Shape, guards, is_recognised, shapes},
};
use crate::{
    body::BodyKind,
    contract::{Contract, Schema, Type},
    lint::check::Guard,
};

/// The program of a kind of body, and whether a body that it finds clean is recognised as of this
/// kind. None where the contract has more members or alternatives than a set of bits can hold.
pub(super) fn compile(contract: &Contract, kind: BodyKind) -> Option<(Program, bool)> {
    let mut compiler = Compiler {
        contract,
        matchers: Vec::new(),
    };
    let schema = contract.schema(kind.schema())?;
    let root = compiler.schema(schema)?;
    let tells = compiler
        .shapes(schema)
        .iter()
        .all(|shape| is_recognised(contract.recognition(), kind, shape));
    Some((
        Program {
            matchers: compiler.matchers,
            root,
        },
        tells,
    ))
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

    fn schema(&mut self, schema: &'c Schema) -> Option<Id> {
        self.declared(&Declared {
            name: "",
            schema,
            values: None,
            filled: false,
        })
    }

    fn declared(&mut self, member: &Declared<'c>) -> Option<Id> {
        let schema = member.schema;
        let matcher = if schema.union.is_some() {
            Matcher::Object(self.object(&self.shapes(schema))?)
        } else if !schema.choice.is_empty() {
            self.choice(schema)?
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
                Some(Type::Array) => self.array(member)?,
                Some(Type::Object) if schema.properties.is_none() => Matcher::Unsure,
                Some(Type::Object) => Matcher::Object(self.object(&self.shapes(schema))?),
            }
        };
        Some(self.intern(matcher))
    }

    fn array(&mut self, member: &Declared<'c>) -> Option<Matcher> {
        let items = match &member.schema.items {
            Some(items) => self.schema(items)?,
            None => self.intern(Matcher::Any),
        };
        let (mut min, mut max) = (usize::from(member.filled), usize::MAX);
        for guard in guards(member.schema) {
            if let Guard::Items(least, most) = guard {
                (min, max) = (min.max(least), max.min(most));
            }
        }
        Some(Matcher::Array { min, max, items })
    }

    fn choice(&mut self, schema: &'c Schema) -> Option<Matcher> {
        let mut choice = ChoiceMatcher::default();
        for alternative in &schema.choice {
            let id = self.schema(alternative)?;
            let place = match alternative.kind? {
                Type::String => &mut choice.text,
                Type::Integer | Type::Number => &mut choice.number,
                Type::Boolean => &mut choice.boolean,
                Type::Array => &mut choice.array,
                Type::Object => &mut choice.object,
            };
            if place.replace(id).is_some() {
                return None;
            }
        }
        Some(Matcher::Choice(choice))
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

    fn object(&mut self, shapes: &[Shape<'c>]) -> Option<ObjectMatcher> {
        let mut names: Vec<&str> = Vec::new();
        for member in shapes.iter().flat_map(|shape| &shape.members) {
            if !names.contains(&member.name) {
                names.push(member.name);
            }
        }
        if names.len() > Members::BITS as usize || shapes.len() > Alternatives::BITS as usize {
            return None;
        }
        let set = |wanted: &[&str]| {
            wanted
                .iter()
                .filter_map(|name| names.iter().position(|other| other == name))
                .fold(0, |all, bit| all | 1 << bit)
        };
        let wants = shapes
            .iter()
            .map(|shape| Wants {
                all: set(&shape.required),
                any: shape.any.iter().map(|any| set(any)).collect(),
            })
            .collect();
        let members = names.iter().map(|name| {
            Some(MemberMatcher {
                key: Key::new(name),
                value: self.member(name, shapes)?,
            })
        });
        let all = (0..shapes.len()).fold(0, |all, bit| all | 1 << bit);
        Some(ObjectMatcher {
            members: members.collect::<Option<_>>()?,
            all,
            wants,
        })
    }

    fn member(&mut self, name: &str, shapes: &[Shape<'c>]) -> Option<MemberValue> {
        let declared: Vec<_> = shapes
            .iter()
            .map(|shape| shape.members.iter().find(|member| member.name == name))
            .collect();
        let ids = declared
            .iter()
            .map(|member| member.map(|member| self.declared(member)));
        let ids: Vec<Option<Id>> = ids
            .map(|id| id.map_or(Some(None), |id| id.map(Some)))
            .collect::<Option<_>>()?;
        if let [id] = ids
            .iter()
            .flatten()
            .copied()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()[..]
        {
            let set = ids
                .iter()
                .enumerate()
                .filter(|(_, id)| id.is_some())
                .fold(0, |set, (bit, _)| set | 1 << bit);
            return Some(MemberValue::Same(set, id));
        }
        Some(tag(&declared).unwrap_or(MemberValue::Differs(ids)))
    }
}

/// The values of a member that has other values in each alternative.
fn tag(declared: &[Option<&Declared<'_>>]) -> Option<MemberValue> {
    let mut values: Vec<(String, Alternatives)> = Vec::new();
    for (bit, member) in declared
        .iter()
        .enumerate()
        .filter_map(|(bit, member)| Some((bit, (*member)?)))
    {
        let TextMatcher {
            allowed,
            pattern: None,
            guard: None,
        } = text(member)
        else {
            return None;
        };
        for value in allowed? {
            match values.iter_mut().find(|(other, _)| *other == value) {
                Some((_, set)) => *set |= 1 << bit,
                None => values.push((value, 1 << bit)),
            }
        }
    }
    let keys = values.iter().map(|(value, _)| Key::new(value)).collect();
    Some(MemberValue::Tag(
        keys,
        values.into_iter().map(|(_, set)| set).collect(),
    ))
}

fn string(member: &Declared<'_>) -> Matcher {
    match text(member) {
        TextMatcher {
            allowed: None,
            pattern: None,
            guard: None,
        } => Matcher::String,
        TextMatcher {
            allowed: Some(values),
            pattern: None,
            guard: None,
        } => Matcher::OneOf(values.iter().map(|value| Key::new(value)).collect()),
        text => Matcher::Text(text),
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

fn text(member: &Declared<'_>) -> TextMatcher {
    let declared = || {
        member
            .schema
            .values
            .iter()
            .filter_map(|value| value.as_str())
            .collect::<Vec<_>>()
    };
    let mut text = TextMatcher::default();
    if member.values.is_some() || !member.schema.values.is_empty() {
        let values = member.values.clone().unwrap_or_else(declared);
        let banned = |value: &&str| {
            guards(member.schema).any(|guard| matches!(guard, Guard::Not(other) if other == *value))
        };
        text.allowed = Some(
            values
                .into_iter()
                .filter(|value| !banned(value))
                .map(str::to_owned)
                .collect(),
        );
    }
    text.pattern = member.schema.pattern.as_deref().map(Pattern::new);
    text.guard = guards(member.schema).find_map(|guard| {
        if let Guard::Text(passes) = guard {
            Some(TextGuard(passes))
        } else {
            None
        }
    });
    text
}
