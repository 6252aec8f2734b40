//! The contract as the linter walks it: what a schema says of a value by itself, apart from its
//! parts, each ready to be asked.

use std::{
    collections::HashMap,
    sync::{LazyLock, OnceLock},
};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::{
    check::Check,
    rules,
    validator::{self, Representation},
};
use crate::{
    contract::{Contract, Schema, Type, Union},
    json::{Data, Node},
};

/// A schema, with what it refers to.
pub(super) struct Plan {
    pub schema: &'static Schema,
    pub union: Option<&'static Union>,
    pub checks: Vec<Check>,
    /// By name, in the order of the contract; none for a value that may hold anything.
    pub members: Option<Vec<(&'static str, Plan)>>,
    pub items: Option<Box<Plan>>,
    pub choice: Vec<Plan>,
    /// Which members an object must have.
    pub required: u128,
    /// What it says of the value by itself, for the JSON Schema engine.
    keywords: Value,
    engine: OnceLock<Validator<Representation>>,
}

/// The keywords that look at a value without looking into it.
const OWN: &[&str] = &["type", "enum", "minimum", "maximum", "pattern", "required"];

impl Plan {
    /// The plan of the schema of this name. It is made when it is first asked for: most runs need
    /// few.
    pub fn get(name: &str) -> Option<&'static Self> {
        static PLANS: LazyLock<HashMap<&str, OnceLock<Plan>>> = LazyLock::new(|| {
            let names = Contract::get().schema_names();
            names.map(|name| (name, OnceLock::new())).collect()
        });
        let contract = Contract::get();
        let schema = contract.schema(name)?;
        let plan = PLANS.get(name)?.get_or_init(|| {
            // Which was read as a `Schema` already.
            let text = contract.text(name).unwrap_or_default();
            Self::new(schema, &serde_json::from_str(text).unwrap_or_default())
        });
        Some(plan)
    }

    fn new(schema: &'static Schema, text: &Value) -> Self {
        let members = schema.properties.as_ref().map(|members| {
            let plan = |(name, schema): (&'static String, _)| {
                let plan = Self::new(schema, &text["properties"][name]);
                (name.as_str(), plan)
            };
            members.iter().map(plan).collect::<Vec<_>>()
        });
        let choice = schema.choice.iter().enumerate();
        let choice: Vec<_> = choice
            .map(|(index, schema)| Self::new(schema, &text["oneOf"][index]))
            .collect();
        let own = OWN
            .iter()
            .filter_map(|keyword| Some((*keyword, text.get(keyword)?)));
        let keywords = if choice.is_empty() {
            own.map(|(keyword, value)| (keyword.to_owned(), value.clone()))
                .collect()
        } else {
            let types: Vec<_> = choice
                .iter()
                .map(|it| json!({"type": it.keywords["type"]}))
                .collect();
            json!({ "oneOf": types })
        };
        let required = members.iter().flatten().enumerate();
        let required = required.filter(|(_, (name, _))| schema.requires(name));
        Self {
            schema,
            union: schema
                .union
                .as_deref()
                .and_then(|name| Contract::get().union(name)),
            checks: rules::checks(schema).collect(),
            required: required.fold(0, |all, (index, _)| all | 1 << index),
            items: schema
                .items
                .as_deref()
                .map(|items| Self::new(items, &text["items"]).into()),
            members,
            choice,
            keywords,
            engine: OnceLock::new(),
        }
    }

    /// The declared member of this name, in any case. `guess` is tried first.
    pub fn member(&self, name: &str, guess: usize) -> Option<usize> {
        let members = self.members.as_ref()?;
        if members
            .get(guess)
            .is_some_and(|(declared, _)| *declared == name)
        {
            return Some(guess);
        }
        let exact = members.iter().position(|(declared, _)| *declared == name);
        exact.or_else(|| {
            let mut members = members.iter();
            members.position(|(declared, _)| declared.eq_ignore_ascii_case(name))
        })
    }

    /// The alternative of a choice that takes values of this JSON type.
    pub fn chosen(&self, node: Node<'_>) -> Option<&Self> {
        let kind = node.kind();
        let takes = |plan: &&Self| match plan.schema.kind {
            Some(Type::Number) if kind == "integer" => true,
            wanted => wanted.is_some_and(|wanted| wanted.name() == kind),
        };
        self.choice.iter().find(takes)
    }

    /// Whether a value surely fits what the schema says of it by itself, `has` being the declared
    /// members that it has. Where that is not sure, the engine decides.
    pub fn surely_fits(&self, node: Node<'_>, has: u128) -> bool {
        let Schema {
            kind,
            values,
            minimum,
            maximum,
            pattern,
            ..
        } = self.schema;
        let is_listed = |text: &str| values.is_empty() || values.iter().any(|value| value == text);
        match (kind, node.data()) {
            (None, _) => self.choice.is_empty() && values.is_empty(),
            (Some(Type::Object), Data::Object) => self.required & !has == 0,
            (Some(Type::Array), Data::Array) | (Some(Type::Boolean), Data::Bool(_)) => true,
            (Some(Type::String), Data::String(text)) => pattern.is_none() && is_listed(text),
            (Some(Type::Integer | Type::Number), Data::Number(number)) => {
                let double = number.to_f64();
                (*kind == Some(Type::Number) || number.is_integer())
                    && values.is_empty()
                    && minimum.is_none_or(|minimum| minimum <= double)
                    && maximum.is_none_or(|maximum| double <= maximum)
            }
            _ => false,
        }
    }

    /// The JSON Schema engine with what the schema says of a value by itself.
    pub fn engine(&self) -> &Validator<Representation> {
        // A test compiles all of them.
        self.engine.get_or_init(|| {
            validator::compile(&self.keywords)
                .unwrap_or_else(|error| unreachable!("a schema of the contract: {error}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(plan: &Plan) -> usize {
        let _ = plan.engine();
        let declared = |name: &String| plan.member(name, 0).is_some();
        assert!(plan.schema.required.iter().all(declared));
        let members = plan.members.iter().flatten().map(|(_, plan)| plan);
        assert!(members.clone().count() <= u128::BITS as usize);
        let items = plan.items.as_deref();
        1 + members
            .chain(items)
            .chain(&plan.choice)
            .map(all)
            .sum::<usize>()
    }

    #[test]
    fn every_schema_of_the_contract_compiles() {
        let names = Contract::get().schema_names();
        let count: usize = names.map(|name| Plan::get(name).map_or(0, all)).sum();
        assert!(count > 100);
    }
}
