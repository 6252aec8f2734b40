//! Everything that the contract declares, as one list, and the schemas with their places in it.

use std::{
    collections::{HashMap, VecDeque},
    sync::LazyLock,
};

use serde_json::Value;

use super::aspect::Aspect;
use crate::{
    body::BodyKind,
    contract::{Contract, Operation, Schema, Union},
    lint::{Rule, Severity},
    support::{self, Method},
};

/// Something that the contract declares. Its index in [`Declared::items`] identifies it.
#[derive(Debug, PartialEq, Eq, Hash, Clone)]
pub(super) struct Item {
    pub aspect: Aspect,
    /// What it belongs to: a method, an operation, a schema or a member of one.
    pub of: String,
    pub name: String,
}

/// A schema, or a part of one.
#[derive(Debug)]
pub(super) struct Place {
    pub schema: &'static Schema,
    /// The name of the schema that it is a part of.
    pub of: &'static str,
    /// The pointer in that schema.
    pub pointer: String,
    /// The members that an object may have, each with its item.
    pub members: Vec<(&'static str, usize, Place)>,
    /// The schema of the items of a list.
    pub inner: Option<Box<Place>>,
    /// The values of an enum.
    pub values: Vec<(&'static Value, usize)>,
    /// The JSON types that a value may have.
    pub choice: Vec<(usize, Place)>,
}

/// The alternatives of a union.
#[derive(Debug)]
pub(super) struct Alternatives {
    pub union: &'static Union,
    /// The items of the alternatives, in the order of the union.
    pub tagged: Vec<usize>,
    pub bare: Option<usize>,
}

/// What the contract declares.
#[derive(Debug, Default)]
pub(super) struct Declared {
    pub items: Vec<Item>,
    indexes: HashMap<Item, usize>,
    places: HashMap<&'static str, Place>,
    unions: HashMap<&'static str, Alternatives>,
}

impl Declared {
    pub fn get() -> &'static Self {
        static DECLARED: LazyLock<Declared> = LazyLock::new(Declared::new);
        &DECLARED
    }

    fn new() -> Self {
        let mut declared = Self::default();
        for method in [Method::Get, Method::Post] {
            for row in support::rows() {
                declared.add(Aspect::Matrix, &method.to_string(), row.body_value);
            }
        }
        for operation in &Contract::get().operations {
            declared.operation(operation);
        }
        declared.schemas();
        for severity in Severity::ALL.into_iter().rev() {
            let rules = Rule::all().iter();
            for rule in rules.filter(|rule| rule.severity == severity) {
                declared.add(Aspect::Rules, severity.name(), rule.id);
            }
        }
        declared
    }

    fn add(&mut self, aspect: Aspect, of: &str, name: &str) -> usize {
        let item = Item {
            aspect,
            of: of.to_owned(),
            name: name.to_owned(),
        };
        let next = self.items.len();
        let index = *self.indexes.entry(item.clone()).or_insert(next);
        if index == next {
            self.items.push(item);
        }
        index
    }

    fn operation(&mut self, operation: &Operation) {
        let id = operation.id().as_str();
        self.add(Aspect::Operations, &operation.method, id);
        for status in operation.statuses() {
            self.add(Aspect::Statuses, id, status);
        }
        for parameter in &operation.parameters {
            self.add(Aspect::Parameters, id, &parameter.name);
            let of = of_parameter(operation, &parameter.name);
            for value in parameter.listed() {
                self.add(Aspect::Values, &of, value);
            }
        }
    }

    /// The schemas of all bodies, and of the alternatives of their unions.
    fn schemas(&mut self) {
        let contract = Contract::get();
        let mut names: VecDeque<&'static str> =
            BodyKind::ALL.iter().map(|kind| kind.schema()).collect();
        while let Some(name) = names.pop_front() {
            if self.places.contains_key(name) {
                continue;
            }
            if let Some(schema) = contract.schema(name) {
                let place = self.place(schema, name, String::new(), &mut names);
                self.places.insert(name, place);
            }
        }
    }

    fn place(
        &mut self,
        schema: &'static Schema,
        of: &'static str,
        pointer: String,
        names: &mut VecDeque<&'static str>,
    ) -> Place {
        if let Some(name) = schema.union.as_deref() {
            self.union(name, names);
        }
        let here = format!("{of} {pointer}");
        let here = here.trim_end();
        let values = schema.values.iter();
        let values = values.map(|value| {
            let name = value.as_str().map_or(value.to_string(), str::to_owned);
            (value, self.add(Aspect::Values, here, &name))
        });
        let values = values.collect();
        let mut members = Vec::new();
        for (name, schema) in schema.properties.iter().flatten() {
            let pointer = format!("{pointer}/{name}");
            let item = self.add(Aspect::Members, of, &pointer);
            members.push((name.as_str(), item, self.place(schema, of, pointer, names)));
        }
        let mut choice = Vec::new();
        for schema in &schema.choice {
            let kind = schema.kind.map_or("any", |kind| kind.name());
            let item = self.add(Aspect::Alternatives, here, kind);
            choice.push((item, self.place(schema, of, pointer.clone(), names)));
        }
        let inner = schema.items.as_deref();
        let inner =
            inner.map(|inner| Box::new(self.place(inner, of, format!("{pointer}/*"), names)));
        Place {
            schema,
            of,
            pointer,
            members,
            inner,
            values,
            choice,
        }
    }

    fn union(&mut self, name: &'static str, names: &mut VecDeque<&'static str>) {
        let Some(union) = Contract::get().union(name) else {
            return;
        };
        let mut alternative = |schema: &'static String| {
            names.push_back(schema);
            self.add(Aspect::Alternatives, name, schema)
        };
        let tagged = union.alternatives.values().map(&mut alternative).collect();
        let bare = union.bare.as_ref().map(|bare| alternative(&bare.schema));
        let alternatives = Alternatives {
            union,
            tagged,
            bare,
        };
        self.unions.insert(name, alternatives);
    }

    /// The index of an item, by its names.
    pub fn index(&self, aspect: Aspect, of: &str, name: &str) -> Option<usize> {
        let item = Item {
            aspect,
            of: of.to_owned(),
            name: name.to_owned(),
        };
        self.indexes.get(&item).copied()
    }

    /// The schema of this name.
    pub fn schema(&self, name: &str) -> Option<&Place> {
        self.places.get(name)
    }

    /// The union of this name.
    pub fn alternatives(&self, name: &str) -> Option<&Alternatives> {
        self.unions.get(name)
    }
}

/// How the values of a parameter are listed.
pub(super) fn of_parameter(operation: &Operation, name: &str) -> String {
    format!("{} {name}", operation.id())
}
