//! The contract in the form that the linter walks: what each schema says about a value without its
//! parts, ready to be evaluated.

mod nodes;

use std::{
    collections::HashMap,
    ops::RangeInclusive,
    sync::{LazyLock, OnceLock},
};

use serde_json::Value;

#[cfg(target_family = "wasm")]
use super::keywords::Engine;
#[cfg(not(target_family = "wasm"))]
use super::validator::Engine;
use super::{
    check::{Check, Guard},
    fast::{Key, Pattern, Step, When},
    rules,
    violation::own_keywords,
};
use crate::{
    body::BodyKind,
    contract::{self, Contract, Schema, Type},
    json::Number,
};

/// A schema, with what it refers to.
pub(super) struct Plan {
    pub schema: &'static Schema,
    pub union: Option<Union>,
    pub checks: Vec<Check>,
    /// The members in the order of the contract; `None` for a value of any type.
    pub members: Option<Vec<Declared>>,
    /// Their names.
    pub keys: Vec<Key>,
    pub items: Option<Box<Plan>>,
    pub choice: Vec<Plan>,
    /// Which members an object must have.
    pub required: u64,
    /// What the schema says about the value without its parts, for the JSON Schema engine.
    pub keywords: Value,
    engine: OnceLock<Engine>,
    // The rest is for the fast pass: when the schema finds nothing, and when no rule does.
    pub step: Step,
    /// The values of an enum.
    pub values: Vec<Key>,
    pub pattern: Option<Pattern>,
    pub text: Option<fn(&str) -> bool>,
    /// The values of an enum that a rule has to look at.
    pub banned: Vec<Key>,
    /// Whether a rule has to look at each value.
    pub asks: bool,
    /// The number of items of an array.
    pub count: RangeInclusive<usize>,
    /// An object must have exactly the wanted ones of the decisive members: those that are required
    /// and, in what all alternatives of a union share, the tag but no other selector.
    pub wanted: u64,
    pub decisive: u64,
    /// Whether a member is a plain string that holds an action type.
    pub says_type: bool,
    /// Members that the object must not have.
    without: u64,
    /// Sets of members, of each of which the object must have one.
    any: Vec<u64>,
    pub when: Option<When>,
    /// The kind that a clean body of it is recognised as.
    pub recognised: OnceLock<Option<BodyKind>>,
}

/// A member that an object may have.
pub(super) struct Declared {
    pub name: &'static str,
    pub plan: Plan,
}

/// The alternatives of a union, by name.
pub(super) struct Union {
    pub declared: &'static contract::Union,
    pub tag: Key,
    pub alternatives: Vec<Key>,
    plans: Vec<Named>,
    bare: Option<Named>,
    envelope: Named,
}

/// The plan of a schema, looked up by its name when it is first needed.
struct Named(&'static str, OnceLock<Option<&'static Plan>>);

impl Named {
    fn new(name: &'static str) -> Self {
        Self(name, OnceLock::new())
    }

    fn get(&self) -> Option<&'static Plan> {
        *self.1.get_or_init(|| Plan::get(self.0))
    }
}

impl Union {
    fn new(declared: &'static contract::Union) -> Self {
        let alternatives = declared.alternatives.iter();
        Self {
            declared,
            tag: Key::new(&declared.tag),
            plans: alternatives
                .clone()
                .map(|(_, schema)| Named::new(schema))
                .collect(),
            bare: declared.bare.as_ref().map(|bare| Named::new(&bare.schema)),
            envelope: Named::new(&declared.envelope),
            alternatives: alternatives.map(|(value, _)| Key::new(value)).collect(),
        }
    }

    /// The value of the tag of an alternative, and its plan.
    pub fn alternative(&self, index: usize) -> Option<(&'static str, &'static Plan)> {
        let (name, _) = self.declared.alternatives.get_index(index)?;
        Some((name, self.plans.get(index)?.get()?))
    }

    /// The alternative that has no tag.
    pub fn bare(&self) -> Option<&'static Plan> {
        self.bare.as_ref()?.get()
    }

    /// What all tagged alternatives have in common.
    pub fn envelope(&self) -> Option<&'static Plan> {
        self.envelope.get()
    }
}

impl Plan {
    /// The plan of the schema of a body.
    pub fn of(kind: BodyKind) -> Option<&'static Self> {
        static PLANS: LazyLock<Vec<Named>> = LazyLock::new(|| {
            let kinds = BodyKind::ALL.iter();
            kinds.map(|kind| Named::new(kind.schema())).collect()
        });
        PLANS.get(kind as usize)?.get()
    }

    /// The plan of the schema of this name. It is made when it is first needed: most runs need few.
    pub fn get(name: &str) -> Option<&'static Self> {
        static PLANS: LazyLock<HashMap<&str, OnceLock<Plan>>> = LazyLock::new(|| {
            let names = Contract::get().schema_names();
            names.map(|name| (name, OnceLock::new())).collect()
        });
        let place = PLANS.get(name)?;
        if let Some(plan) = place.get() {
            return Some(plan);
        }
        let contract = Contract::get();
        let (schema, text) = (contract.schema(name)?, contract.text(name)?);
        // It was parsed as a `Schema` before.
        let text = serde_json::from_str(text).unwrap_or_default();
        let mut plan = Self::new(schema, &text);
        if let Some(union) = contract.union_of(name) {
            plan.leave_selectors(union);
        }
        Some(place.get_or_init(|| plan))
    }

    /// Prepares what all alternatives of a union share for objects whose tag names none of them.
    fn leave_selectors(&mut self, union: &contract::Union) {
        let tag = self.set([&*union.tag]);
        self.wanted |= tag;
        self.decisive |= tag | self.set(union.bare.iter().map(|bare| &*bare.selector));
        let mut members = self.members.iter_mut().flatten();
        if let Some(tag) = members.find(|declared| declared.name == union.tag) {
            tag.plan.step = Step::Tag;
        }
    }

    fn new(schema: &'static Schema, text: &Value) -> Self {
        let members = schema.properties.as_ref().map(|members| {
            let declared = |(name, schema): (&'static String, _)| Declared {
                name,
                plan: Self::new(schema, &text["properties"][name]),
            };
            members.iter().map(declared).collect::<Vec<_>>()
        });
        let choice = schema.choice.iter().enumerate();
        let choice: Vec<_> = choice
            .map(|(index, schema)| Self::new(schema, &text["oneOf"][index]))
            .collect();
        let values = schema.values.iter().filter_map(Value::as_str);
        let mut plan = Self {
            schema,
            union: schema
                .union
                .as_deref()
                .and_then(|name| Contract::get().union(name))
                .map(Union::new),
            checks: rules::checks(schema).collect(),
            required: 0,
            wanted: 0,
            decisive: 0,
            says_type: false,
            items: schema
                .items
                .as_deref()
                .map(|items| Self::new(items, &text["items"]).into()),
            keys: members
                .iter()
                .flatten()
                .map(|declared| Key::new(declared.name))
                .collect(),
            members,
            choice,
            keywords: own_keywords(text),
            engine: OnceLock::new(),
            step: Step::Any,
            values: values.clone().map(Key::new).collect(),
            pattern: schema.pattern.as_deref().map(Pattern::new),
            text: None,
            banned: Vec::new(),
            asks: false,
            count: 0..=usize::MAX,
            without: 0,
            any: Vec::new(),
            when: None,
            recognised: OnceLock::new(),
        };
        plan.required = plan.set(schema.required.iter().map(String::as_str));
        (plan.wanted, plan.decisive) = (plan.required, plan.required);
        let says_type = |declared: &Declared| declared.plan.schema.action_type.is_some();
        plan.says_type = plan.members.iter().flatten().any(says_type);
        for check in plan.checks.clone() {
            let Check::PostSchema(guard, _) = check else {
                continue;
            };
            match guard {
                // The fast pass supports nothing else.
                Guard::Undeclared(_) => {}
                Guard::Never => plan.asks = true,
                Guard::Items(least, most) => plan.count = least..=most,
                Guard::Text(passes) => plan.text = Some(passes),
                Guard::Without(name) => plan.without |= plan.set([name]),
                Guard::Any(names) => plan.any.push(plan.set(names.iter().copied())),
                Guard::NotEmpty => plan.any.push(u64::MAX),
                Guard::Not(banned) => {
                    let banned = Key::new(banned);
                    let is_it = |value: &Key| value.bytes() == banned.bytes();
                    // A value that the enum lacks stays one that the schema refuses.
                    if let Some(index) = plan.values.iter().position(is_it) {
                        plan.banned.push(plan.values.remove(index));
                    }
                }
                Guard::When {
                    member,
                    values,
                    needs,
                } => {
                    let both = plan.member(member, 0).zip(plan.member(needs, 0));
                    plan.when = both.map(|(member, needs)| When::new(member, values, needs));
                }
            }
        }
        plan.step = plan.step();
        plan
    }

    fn step(&self) -> Step {
        match self.schema.kind {
            // The support matrix decides about an action type in a plain string.
            _ if self.schema.action_type.is_some() => Step::Unsure,
            _ if self.union.is_some() => Step::Union,
            _ if !self.choice.is_empty() => Step::Choice,
            None => Step::Any,
            Some(Type::Boolean) => Step::Boolean,
            Some(Type::Integer) => Step::Integer,
            Some(Type::Number) => Step::Number,
            Some(Type::String) if !self.values.is_empty() => Step::OneOf,
            Some(Type::String) if self.pattern.is_some() || self.text.is_some() => Step::Text,
            Some(Type::String) => Step::String,
            Some(Type::Array) => Step::Array,
            Some(Type::Object) if self.members.is_none() && self.checks.is_empty() => Step::Free,
            Some(Type::Object) if self.members.is_none() => Step::Unsure,
            Some(Type::Object) => Step::Object,
        }
    }

    /// Some of the declared members, by their indexes.
    fn set<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> u64 {
        let indexes = names.into_iter().filter_map(|name| self.member(name, 0));
        indexes.fold(0, |all, index| all | 1 << index)
    }

    /// Whether a rule cannot find anything in an object with these members.
    pub fn may_have(&self, has: u64) -> bool {
        self.without & has == 0 && self.any.iter().all(|some| some & has != 0)
    }

    pub fn is_in_range(&self, number: Number) -> bool {
        let double = number.to_f64();
        self.schema.minimum.is_none_or(|minimum| minimum <= double)
            && self.schema.maximum.is_none_or(|maximum| double <= maximum)
    }

    /// The alternative of a choice for a JSON type, if there is only one.
    pub fn only_choice(&self, kind: Type) -> Option<&Self> {
        let is_of = |plan: &&Self| match plan.schema.kind {
            Some(Type::Integer) => kind == Type::Number,
            other => other == Some(kind),
        };
        let mut found = self.choice.iter().filter(is_of);
        found.next().filter(|_| found.next().is_none())
    }

    /// The declared member of this name, in any case. `guess` is tried first.
    pub fn member(&self, name: &str, guess: usize) -> Option<usize> {
        let members = self.members.as_ref()?;
        let is_it = |declared: &Declared| declared.name == name;
        if members.get(guess).is_some_and(is_it) {
            return Some(guess);
        }
        let is_nearly = |declared: &Declared| declared.name.eq_ignore_ascii_case(name);
        let exact = members.iter().position(is_it);
        exact.or_else(|| members.iter().position(is_nearly))
    }

    /// What the schema says about a value without its parts, ready to be evaluated.
    pub fn engine(&self) -> &Engine {
        let pattern = self.schema.pattern.as_deref();
        self.engine
            .get_or_init(|| Engine::new(&self.keywords, pattern))
    }
}

#[cfg(test)]
mod tests;
