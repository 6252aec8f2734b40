//! What the contract and its rules leave of an object: the shapes that are clean.

use crate::{
    body::BodyKind,
    contract::{Contract, Schema},
    lint::{
        check::{Check, Guard},
        recognition::recognise_by,
        rules,
    },
};

/// One alternative of an object: what is left of its schema where no rule finds anything.
#[derive(Clone)]
pub(super) struct Shape<'c> {
    pub members: Vec<Declared<'c>>,
    pub required: Vec<&'c str>,
    /// Of each list, one at least.
    pub any: Vec<Vec<&'c str>>,
}

/// A member, or another value, with what is left of its schema.
#[derive(Clone)]
pub(super) struct Declared<'c> {
    pub name: &'c str,
    pub schema: &'c Schema,
    /// The values that are left of its enum, if it has one.
    pub values: Option<Vec<&'c str>>,
    /// Whether an array must have an item.
    pub filled: bool,
}

impl<'c> Declared<'c> {
    pub fn of(name: &'c str, schema: &'c Schema) -> Self {
        let values = schema.values.iter().filter_map(|value| value.as_str());
        Self {
            name,
            schema,
            values: (!schema.values.is_empty()).then(|| values.collect()),
            filled: false,
        }
    }
}

/// What is left of an object's schema, in one alternative or, where a rule joins two members,
/// several.
pub(super) fn shapes(schema: &Schema) -> Vec<Shape<'_>> {
    let members = schema.properties.iter().flatten();
    let mut shape = Shape {
        members: members
            .map(|(name, schema)| Declared::of(name, schema))
            .collect(),
        required: schema.required.iter().map(String::as_str).collect(),
        any: Vec::new(),
    };
    let mut when = None;
    for guard in guards(schema) {
        match guard {
            Guard::Without(name) => shape.members.retain(|member| member.name != name),
            Guard::Any(names) => shape.any.push(names.to_vec()),
            Guard::NotEmpty => {
                let names = shape.members.iter().map(|member| member.name);
                shape.any.push(names.collect());
            }
            Guard::When {
                member,
                values,
                needs,
            } => when = Some((member, values, needs)),
            _ => {}
        }
    }
    let Some((name, values, needs)) = when else {
        return vec![shape];
    };
    [true, false]
        .map(|with| {
            let mut shape = shape.clone();
            for member in &mut shape.members {
                if member.name == name {
                    let left = member.values.get_or_insert_default();
                    left.retain(|value| values.contains(value) == with);
                }
                member.filled = with && member.name == needs;
            }
            if with {
                shape.required.push(needs);
            } else {
                shape.members.retain(|member| member.name != needs);
            }
            shape
        })
        .into()
}

/// When the rules that look at values of a schema surely find nothing.
pub(super) fn guards(schema: &Schema) -> impl Iterator<Item = Guard> {
    rules::checks(schema).filter_map(|check| match check {
        Check::PostSchema(guard, _) => Some(guard),
        _ => None,
    })
}

/// Whether each body of a shape is recognised as of this kind, both with no more than what it must
/// have and with all that it may have. Only what lies at the root is looked at: a pointer deeper
/// down counts as there where that is against the kind.
pub(super) fn is_recognised(contract: &Contract, kind: BodyKind, shape: &Shape<'_>) -> bool {
    let find = |name: &str| {
        let mut members = shape.members.iter();
        members.find(|member| member.name.eq_ignore_ascii_case(name))
    };
    let surely = |pointer: &str| {
        let mut names = pointer.split('/').skip(1);
        names.next().is_some_and(|name| {
            shape.required.contains(&name)
                && names.all(|inner| find(name).is_some_and(|member| member.schema.requires(inner)))
        })
    };
    let perhaps = |pointer: &str| {
        let mut names = pointer.split('/').skip(1);
        names
            .next()
            .and_then(find)
            .is_some_and(|Declared { schema, .. }| {
                names.next().is_none_or(|inner| {
                    schema.properties.is_none() || schema.member(inner).is_some()
                })
            })
    };
    recognise_by(contract, surely) == Some(kind) && recognise_by(contract, perhaps) == Some(kind)
}
