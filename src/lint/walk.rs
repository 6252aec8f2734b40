//! Follows the contract through a document: brings names and values into their canonical spelling,
//! picks the alternative that a tag names, and has each part judged by the one schema it claims to
//! be of.

use std::borrow::Cow;

use super::{
    check::Check,
    finding::{Draft, Sink},
    instance::{Instance, Outer},
    pointer::Pointer,
    rules::{
        self, integer_spelling, member_casing, misplaced_member, null_member, repeated_member,
        unknown_listed_type, unknown_member, unsupported_method, value_casing,
    },
    schema,
    settings::{Decision, Settings},
    survey::Survey,
    text::part,
};
use crate::json::{Data, Member, Node};
use crate::{
    body::BodyKind,
    contract::{Contract, Schema, Type, Union},
};

pub(super) struct Walk<'s> {
    pub contract: &'static Contract,
    pub settings: &'s Settings,
    pub sink: &'s mut Sink,
    /// The document, from which fixes copy.
    pub text: &'s [u8],
    /// What the document is a response to, if that is known.
    pub survey: Option<&'s Survey>,
}

impl Walk<'_> {
    /// Judges a whole body.
    pub fn body(&mut self, kind: BodyKind, node: &mut Node<'_>) {
        self.named(kind.schema(), node, &Pointer::default());
    }

    /// Judges a value by a schema that stands on its own.
    pub fn named(&mut self, name: &str, node: &mut Node<'_>, at: &Pointer<'_>) {
        let Some(schema) = self.contract.schema(name) else {
            return;
        };
        if let Some(union) = self.union_of(schema) {
            return self.union(union, node, at);
        }
        if let Some(draft) = claim(schema, node, at) {
            return self.sink.push(draft);
        }
        self.value(schema, node, at, None);
        schema::validate(name, schema, node, at, self.sink);
    }

    fn union_of(&self, schema: &Schema) -> Option<&'static Union> {
        self.contract.union(schema.union.as_deref()?)
    }

    fn value(
        &mut self,
        schema: &'static Schema,
        node: &mut Node<'_>,
        at: &Pointer<'_>,
        outer: Option<Outer<'_>>,
    ) {
        if let Some(union) = self.union_of(schema) {
            return self.union(union, node, at);
        }
        if !schema.choice.is_empty() {
            // With none that fits, the schema's own error says so.
            if let Some(chosen) = schema::chosen(schema, node) {
                self.value(&schema.choice[chosen], node, at, outer);
            }
            return;
        }
        match &mut node.data {
            Data::Object(members) if schema.properties.is_some() => {
                self.canonical_names(schema, members, at);
                // Only what is moved out of an object into this one asks for them.
                let asks = members
                    .iter()
                    .any(|member| matches!(member.value.data, Data::Object(_)));
                let names = if asks {
                    members.iter().map(|member| member.name.clone()).collect()
                } else {
                    Vec::new()
                };
                self.nulls(schema, members, at);
                self.undeclared_members(schema, members, at, outer);
                self.members(schema, node, &names, at);
            }
            Data::Array(items) => {
                if let Some(schema) = &schema.items {
                    for (index, item) in items.iter_mut().enumerate() {
                        self.value(schema, item, &at.item(index), None);
                    }
                }
            }
            Data::String(_) if !schema.values.is_empty() => {
                value_casing::canonical(&schema.values, node, at, self.sink);
            }
            Data::String(_) if schema.action_type.is_some() => self.action_type(schema, node, at),
            Data::Number(_) if schema.kind == Some(Type::Integer) => {
                integer_spelling::check(node, self.text, at, self.sink);
            }
            _ => {}
        }
        let place = Instance {
            node,
            pointer: at,
            schema,
        };
        for check in rules::checks(schema) {
            match (check, self.survey) {
                (Check::PostSchema(guard, find), _) if !guard.holds(&place) => {
                    self.sink.extend(find(&place));
                }
                (Check::WithSurvey(check), Some(survey)) => check(&place, survey, self.sink),
                _ => {}
            }
        }
    }

    fn members(
        &mut self,
        schema: &Schema,
        node: &mut Node<'_>,
        names: &[Cow<'_, str>],
        at: &Pointer<'_>,
    ) {
        let Data::Object(members) = &mut node.data else {
            return;
        };
        let end = members
            .last()
            .map_or(node.span.start + 1, |member| member.value.span.end);
        let outer = Outer {
            schema,
            names,
            end,
            separator: separator(self.text, members),
        };
        for member in members {
            if let Some(schema) = member.schema {
                self.value(
                    schema,
                    &mut member.value,
                    &at.member(&member.written),
                    Some(outer),
                );
            }
        }
    }

    /// Gives members their declared spelling; of two spellings of one, the last is judged further
    /// (D-11).
    fn canonical_names(
        &mut self,
        schema: &'static Schema,
        members: &mut Vec<Member<'_>>,
        at: &Pointer<'_>,
    ) {
        let mut names = Vec::with_capacity(members.len());
        for member in &mut *members {
            let declared = schema.member(&member.name);
            member.schema = declared.map(|(_, schema)| schema);
            names.push(declared.map(|(name, _)| name));
        }
        // As they mostly are; and the same name twice is dealt with already.
        if members
            .iter()
            .zip(&names)
            .all(|(member, name)| name.is_none_or(|name| name == member.name))
        {
            return;
        }
        let is_last =
            |index: usize| names[index].is_none() || !names[index + 1..].contains(&names[index]);
        for (index, member) in members.iter_mut().enumerate() {
            let Some(name) = names[index] else { continue };
            if names[..index].contains(&names[index]) {
                member.repeats = true;
                self.sink.push(repeated_member::finding(member, name, at));
            } else if is_last(index) && member.name != name {
                self.sink.push(member_casing::finding(member, name, at));
            }
            if member.name != name {
                member.name = name.into();
            }
        }
        let mut indices = 0..;
        members.retain(|_| indices.next().is_some_and(is_last));
    }

    /// Drops members that are null and need not be there (D-35).
    fn nulls(&mut self, schema: &Schema, members: &mut Vec<Member<'_>>, at: &Pointer<'_>) {
        let is_absent = |member: &Member<'_>| {
            member.value.is_null()
                && member.schema.is_some_and(|schema| !schema.is_any())
                && !schema.requires(&member.name)
        };
        for member in members.iter().filter(|member| is_absent(member)) {
            self.sink.push(null_member::finding(member, at));
        }
        members.retain(|member| !is_absent(member));
    }

    /// Members that the schema does not declare.
    fn undeclared_members(
        &mut self,
        schema: &Schema,
        members: &[Member<'_>],
        at: &Pointer<'_>,
        outer: Option<Outer<'_>>,
    ) {
        let undeclared = members.iter().filter(|member| {
            member.schema.is_none() && !schema.sandbox.iter().any(|name| *name == member.name)
        });
        for member in undeclared {
            let belongs_outside = outer.filter(|outer| outer.schema.member(&member.name).is_some());
            self.sink.push(match belongs_outside {
                Some(outer) => misplaced_member::finding(member, outer, self.text, at),
                None => unknown_member::finding(schema, member, at),
            });
        }
    }

    /// A plain string that is an action type all the same (D-21).
    fn action_type(&mut self, schema: &Schema, node: &mut Node<'_>, at: &Pointer<'_>) {
        let (Some(name), Some(method)) = (node.as_str(), schema.action_type) else {
            return;
        };
        match self.settings.decide(name, method) {
            Decision::Supported(known) => {
                value_casing::spell(known.row().body_value, node, at, self.sink);
            }
            Decision::Allowed => {}
            Decision::Unsupported(refused) => {
                self.sink
                    .push(unsupported_method::finding(refused, node, at));
            }
            Decision::Unknown => self.sink.push(unknown_listed_type::finding(node, at)),
        }
    }
}

/// What stands between the last two members, if that is a comma and white space and nothing else.
fn separator<'t>(text: &'t [u8], members: &[Member<'_>]) -> &'t str {
    let [.., before, last] = members else {
        return ", ";
    };
    part(text, &(before.value.span.end..last.key.start))
        .filter(|between| between.trim_ascii() == ",")
        .unwrap_or(", ")
}

/// A finding that makes the rest of a value not worth judging.
fn claim(schema: &Schema, node: &Node<'_>, pointer: &Pointer<'_>) -> Option<Draft> {
    let place = Instance {
        node,
        pointer,
        schema,
    };
    rules::checks(schema).find_map(|check| {
        let Check::PreSchema(claim) = check else {
            return None;
        };
        claim(&place)
    })
}
