//! Compiles the contract into a program.

use std::collections::BTreeSet;

use super::program::{
    Alternatives, Choice, Id, Key, Member, MemberSchema, Members, Node, Object, Pattern, Program,
    Text, TextGuard, Wants,
};
use crate::{
    body::BodyKind,
    contract::{Contract, Recognition, Schema, Type},
    lint::{
        check::{Check, Guard},
        rules,
    },
};

/// The program of a kind of body, and whether a body that it finds clean is recognised as of this
/// kind. None where the contract has more members or alternatives than a set of bits can hold.
pub(super) fn compile(contract: &Contract, kind: BodyKind) -> Option<(Program, bool)> {
    let mut compiler = Compiler {
        contract,
        nodes: Vec::new(),
    };
    let schema = contract.schema(kind.schema())?;
    let root = compiler.schema(schema)?;
    let tells = compiler
        .shapes(schema)
        .iter()
        .all(|shape| is_recognised(contract.recognition(), kind, shape));
    Some((
        Program {
            nodes: compiler.nodes,
            root,
        },
        tells,
    ))
}

/// One alternative of an object: what is left of its schema where no rule finds anything.
struct Shape<'c> {
    members: Vec<Declared<'c>>,
    required: Vec<&'c str>,
    /// Of each list, one at least.
    any: Vec<Vec<&'c str>>,
}

struct Declared<'c> {
    name: &'c str,
    schema: &'c Schema,
    /// The values that are left of its enum, if only some are.
    values: Option<Vec<&'c str>>,
    /// Whether an array must have an item.
    filled: bool,
}

struct Compiler<'c> {
    contract: &'c Contract,
    nodes: Vec<Node>,
}

impl<'c> Compiler<'c> {
    fn intern(&mut self, node: Node) -> Id {
        if let Some(id) = self.nodes.iter().position(|other| *other == node) {
            return id;
        }
        self.nodes.push(node);
        self.nodes.len() - 1
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
        let node = if schema.union.is_some() {
            Node::Object(self.object(&self.shapes(schema))?)
        } else if !schema.choice.is_empty() {
            self.choice(schema)?
        } else {
            match schema.kind {
                // An action type in a plain string is the matrix's business.
                _ if schema.action_type.is_some()
                    || guards(schema).any(|guard| matches!(guard, Guard::Never)) =>
                {
                    Node::Unsure
                }
                None => Node::Any,
                Some(Type::Boolean) => Node::Boolean,
                Some(Type::Integer) => integer(schema),
                Some(Type::Number) => Node::Number {
                    min: schema.minimum.unwrap_or(f64::MIN),
                    max: schema.maximum.unwrap_or(f64::MAX),
                },
                Some(Type::String) => string(member),
                Some(Type::Array) => self.array(member)?,
                Some(Type::Object) if schema.properties.is_none() => Node::Unsure,
                Some(Type::Object) => Node::Object(self.object(&self.shapes(schema))?),
            }
        };
        Some(self.intern(node))
    }

    fn array(&mut self, member: &Declared<'c>) -> Option<Node> {
        let items = match &member.schema.items {
            Some(items) => self.schema(items)?,
            None => self.intern(Node::Any),
        };
        let (mut min, mut max) = (usize::from(member.filled), usize::MAX);
        for guard in guards(member.schema) {
            if let Guard::Items(least, most) = guard {
                (min, max) = (min.max(least), max.min(most));
            }
        }
        Some(Node::Array { min, max, items })
    }

    fn choice(&mut self, schema: &'c Schema) -> Option<Node> {
        let mut choice = Choice::default();
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
        Some(Node::Choice(choice))
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

    fn object(&mut self, shapes: &[Shape<'c>]) -> Option<Object> {
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
            Some(Member {
                key: Key::new(name),
                schema: self.member(name, shapes)?,
            })
        });
        let all = (0..shapes.len()).fold(0, |all, bit| all | 1 << bit);
        Some(Object {
            members: members.collect::<Option<_>>()?,
            all,
            wants,
        })
    }

    fn member(&mut self, name: &str, shapes: &[Shape<'c>]) -> Option<MemberSchema> {
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
            return Some(MemberSchema::Same(set, id));
        }
        Some(tag(&declared).unwrap_or(MemberSchema::Differs(ids)))
    }
}

/// The values of a member that has other values in each alternative.
fn tag(declared: &[Option<&Declared<'_>>]) -> Option<MemberSchema> {
    let mut values: Vec<(String, Alternatives)> = Vec::new();
    for (bit, member) in declared
        .iter()
        .enumerate()
        .filter_map(|(bit, member)| Some((bit, (*member)?)))
    {
        let Text {
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
    Some(MemberSchema::Tag(
        keys,
        values.into_iter().map(|(_, set)| set).collect(),
    ))
}

fn string(member: &Declared<'_>) -> Node {
    match text(member) {
        Text {
            allowed: None,
            pattern: None,
            guard: None,
        } => Node::String,
        Text {
            allowed: Some(values),
            pattern: None,
            guard: None,
        } => Node::OneOf(values.iter().map(|value| Key::new(value)).collect()),
        text => Node::Text(text),
    }
}

fn integer(schema: &Schema) -> Node {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "bounds in the contract are small; a cast saturates"
    )]
    let bound = |bound: Option<f64>, otherwise: i64| bound.map_or(otherwise, |bound| bound as i64);
    Node::Integer {
        min: bound(schema.minimum.map(f64::ceil), i64::MIN),
        max: bound(schema.maximum.map(f64::floor), i64::MAX),
    }
}

fn text(member: &Declared<'_>) -> Text {
    let declared = || {
        member
            .schema
            .values
            .iter()
            .filter_map(|value| value.as_str())
            .collect::<Vec<_>>()
    };
    let mut text = Text::default();
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

/// What is left of an object's schema, in one alternative or, where a rule joins two members,
/// several.
fn shapes(schema: &Schema) -> Vec<Shape<'_>> {
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
fn guards(schema: &Schema) -> impl Iterator<Item = Guard> {
    rules::checks(schema).filter_map(|check| match check {
        Check::PostSchema(_, guard) => Some(guard),
        _ => None,
    })
}

/// Whether each body of a shape has all that makes it of this kind, and nothing that makes it of an
/// earlier one. Only what lies at the root is looked at: a pointer deeper down counts as there
/// where that is against the kind.
fn is_recognised(rows: &[Recognition], kind: BodyKind, shape: &Shape<'_>) -> bool {
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
