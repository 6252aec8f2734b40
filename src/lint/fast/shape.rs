//! What the contract and its rules leave of an object: the shapes that are clean.

use crate::{
    body::BodyKind,
    contract::{Recognition, Schema},
    lint::{
        check::{Check, Guard},
        rules,
    },
};

/// One alternative of an object: what is left of its schema where no rule finds anything.
pub(super) struct Shape<'c> {
    pub members: Vec<Declared<'c>>,
    pub required: Vec<&'c str>,
    /// Of each list, one at least.
    pub any: Vec<Vec<&'c str>>,
}

pub(super) struct Declared<'c> {
    pub name: &'c str,
    pub schema: &'c Schema,
    /// The values that are left of its enum, if only some are.
    pub values: Option<Vec<&'c str>>,
    /// Whether an array must have an item.
    pub filled: bool,
}

/// What is left of an object's schema, in one alternative or, where a rule joins two members,
/// several.
pub(super) fn shapes(schema: &Schema) -> Vec<Shape<'_>> {
    let without: Vec<_> = guards(schema)
        .filter_map(|guard| {
            if let Guard::Without(name) = guard {
                Some(name)
            } else {
                None
            }
        })
        .collect();
    let declared = || {
        let members = schema
            .properties
            .iter()
            .flatten()
            .filter(|(name, _)| !without.contains(&name.as_str()));
        members
            .map(|(name, schema)| Declared {
                name,
                schema,
                values: None,
                filled: false,
            })
            .collect::<Vec<_>>()
    };
    let mut any: Vec<Vec<&str>> = Vec::new();
    let mut when = None;
    for guard in guards(schema) {
        match guard {
            Guard::Any(names) => any.push(names.to_vec()),
            Guard::NotEmpty => any.push(declared().iter().map(|member| member.name).collect()),
            Guard::When {
                member,
                values,
                needs,
            } => when = Some((member, values, needs)),
            _ => {}
        }
    }
    let required: Vec<_> = schema.required.iter().map(String::as_str).collect();
    let Some((name, values, needs)) = when else {
        return vec![Shape {
            members: declared(),
            required,
            any,
        }];
    };
    [true, false]
        .map(|with| {
            let mut members = declared();
            for member in &mut members {
                if member.name == name {
                    let chosen = member
                        .schema
                        .values
                        .iter()
                        .filter_map(|value| value.as_str())
                        .filter(|value| values.contains(value) == with);
                    member.values = Some(chosen.collect());
                }
                member.filled = with && member.name == needs;
            }
            members.retain(|member| with || member.name != needs);
            let required = required
                .iter()
                .copied()
                .chain(with.then_some(needs))
                .collect();
            Shape {
                members,
                required,
                any: any.clone(),
            }
        })
        .into()
}

/// When the rules that look at values of a schema surely find nothing.
pub(super) fn guards(schema: &Schema) -> impl Iterator<Item = Guard> {
    rules::checks(schema).filter_map(|check| match check {
        Check::PostSchema(_, guard) => Some(guard),
        _ => None,
    })
}

/// Whether each body of a shape has all that makes it of this kind, and nothing that makes it of an
/// earlier one. Only what lies at the root is looked at: a pointer deeper down counts as there
/// where that is against the kind.
pub(super) fn is_recognised(rows: &[Recognition], kind: BodyKind, shape: &Shape<'_>) -> bool {
    let surely = |pointer: &String| {
        let mut names = pointer.split('/').skip(1);
        let Some(member) = names.next().filter(|name| shape.required.contains(name)) else {
            return false;
        };
        let inner = shape
            .members
            .iter()
            .find(|declared| declared.name == member);
        names.all(|name| inner.is_some_and(|inner| inner.schema.requires(name)))
    };
    let perhaps = |pointer: &String| {
        let mut names = pointer.split('/').skip(1);
        let member = names.next().and_then(|name| {
            shape
                .members
                .iter()
                .find(|declared| declared.name.eq_ignore_ascii_case(name))
        });
        member.is_some_and(|member| {
            names.next().is_none_or(|name| {
                member.schema.properties.is_none() || member.schema.member(name).is_some()
            })
        })
    };
    let mut earlier = rows.iter().take_while(|row| row.body() != Some(kind));
    let own = rows.iter().find(|row| row.body() == Some(kind));
    own.is_some_and(|row| {
        row.any_of
            .iter()
            .any(|pointers| pointers.iter().all(surely))
    }) && !earlier.any(|row| {
        row.any_of
            .iter()
            .any(|pointers| pointers.iter().all(perhaps))
    })
}
