//! The schemas of the document, keyword by keyword, in a dialect of JSON Schema.

use serde::Deserialize as _;
use serde_json::{Map, Value, json};

use super::{
    keywords::extend,
    union::{Parts, by_type},
};
use crate::{
    contract::{
        data::{Contract, Union},
        dialect::Dialect,
    },
    support::{self, Method},
};

/// Prints schemas, and collects the definitions that they refer to.
pub(super) struct Printer<'d> {
    dialect: Dialect,
    schemas: &'d Value,
    /// The root schema.
    root: &'d str,
    definitions: Map<String, Value>,
}

impl<'d> Printer<'d> {
    pub fn new(dialect: Dialect, schemas: &'d Value, root: &'d str) -> Self {
        Self {
            dialect,
            schemas,
            root,
            definitions: Map::new(),
        }
    }

    /// The root schema and its definitions, in the order of the document.
    pub fn print(mut self) -> (Value, Map<String, Value>) {
        let root = self.named(self.root);
        let mut definitions = Map::new();
        for name in members(self.schemas).map(|(name, _)| name) {
            for name in [name.clone(), unknown(name)] {
                definitions.extend(self.definitions.remove_entry(&name));
            }
        }
        (root, definitions)
    }

    /// A reference to a schema, which is printed if it was not yet.
    fn reference(&mut self, name: &str) -> Value {
        if name == self.root {
            return json!({"$ref": "#"});
        }
        if !self.definitions.contains_key(name) {
            // Reserve the name before the parts that may refer to it.
            self.definitions.insert(name.to_owned(), Value::Null);
            let schema = self.named(name);
            self.definitions.insert(name.to_owned(), schema);
        }
        self.dialect.reference(name)
    }

    /// The schema of this name, with the name as its title, which code generators use for the type.
    fn named(&mut self, name: &str) -> Value {
        let schema = &self.schemas[name];
        let mut printed = Map::from_iter([("title".to_owned(), name.into())]);
        match Contract::get().union(name) {
            Some(union) => {
                let mut said = schema.clone();
                said.as_object_mut().map(|said| said.remove("oneOf"));
                extend(&mut printed, self.schema(&said));
                extend(&mut printed, self.union(name, union));
            }
            None => extend(&mut printed, self.schema(schema)),
        }
        printed.into()
    }

    fn union(&mut self, name: &str, union: &Union) -> Value {
        let bare = union.bare.iter().map(|bare| &bare.schema);
        for schema in union.alternatives.values().chain(bare) {
            self.reference(schema);
        }
        let unknown = union.open.then(|| self.unknown(name, union)).flatten();
        let dialect = self.dialect;
        let reference = &|name: &str| dialect.reference(name);
        Parts {
            union,
            reference,
            unknown,
        }
        .keywords()
    }

    /// For an open union, the schema of an action whose type the contract does not know: any type
    /// except those that the matrix refuses (D-30).
    fn unknown(&mut self, name: &str, union: &Union) -> Option<Value> {
        let contract = Contract::get();
        let mut envelope: Value = serde_json::from_str(contract.text(&union.envelope)?).ok()?;
        let method = union.column.unwrap_or(Method::Get);
        envelope["properties"][&union.tag] =
            json!({"type": "string", "not": {"pattern": refused(method)}});
        envelope["description"] = "An action of a type that this contract does not know.".into();
        let name = unknown(name);
        let mut printed = Map::from_iter([("title".to_owned(), name.as_str().into())]);
        extend(&mut printed, self.schema(&envelope));
        self.definitions.insert(name.clone(), printed.into());
        Some(self.dialect.reference(&name))
    }

    fn schema(&mut self, schema: &Value) -> Value {
        if let Some(name) = referred(schema) {
            return self.reference(name);
        }
        let mut printed = Map::new();
        for (keyword, value) in members(schema) {
            let (keyword, value) = match keyword.as_str() {
                "properties" => ("properties", self.properties(value)),
                "items" => ("items", self.schema(value)),
                "oneOf" => {
                    extend(&mut printed, self.one_of(value));
                    continue;
                }
                "example" => ("examples", json!([value])),
                // An action type in a plain string: types that the matrix refuses are refused here,
                // too (D-21).
                "x-kaizala-action-type" => {
                    let Ok(method) = Method::deserialize(value) else {
                        continue;
                    };
                    ("not", json!({"pattern": refused(method)}))
                }
                // Added to the member itself, below.
                "not" if absent(schema).is_some() => continue,
                // Validators treat formats differently, so a pattern decides (D-32). The other
                // keywords are specific to OpenAPI.
                "format" | "discriminator" => continue,
                extension if extension.starts_with("x-") => continue,
                keyword => (keyword, value.clone()),
            };
            printed.insert(keyword.to_owned(), value);
        }
        if let Some(name) = absent(schema) {
            let properties = printed.entry("properties").or_insert_with(|| json!({}));
            properties[name] = false.into();
        }
        printed.into()
    }

    fn properties(&mut self, properties: &Value) -> Value {
        let properties = members(properties);
        let printed = properties.map(|(name, member)| (name.clone(), self.schema(member)));
        Value::Object(printed.collect())
    }

    /// A union without a tag.
    fn one_of(&mut self, alternatives: &Value) -> Value {
        let alternatives = alternatives.as_array().map_or(&[][..], Vec::as_slice);
        let printed: Vec<_> = alternatives
            .iter()
            .map(|alternative| self.schema(alternative))
            .collect();
        let types = alternatives.iter().map(|alternative| {
            let named = referred(alternative).map(|name| &self.schemas[name]);
            named.unwrap_or(alternative)["type"].as_str()
        });
        let types: Option<Vec<_>> = types.collect();
        let chosen = types.and_then(|types| by_type(&printed, &types));
        chosen.unwrap_or_else(|| json!({"oneOf": printed}))
    }
}

/// The name of the definition for what an open union does not know.
fn unknown(union: &str) -> String {
    format!("Unknown{union}")
}

/// The schema that a schema refers to.
fn referred(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

/// The forbidden member, if a schema uses `not` with `required`: a schema for that member means the
/// same, with an error at the member.
fn absent(schema: &Value) -> Option<&str> {
    let not = &schema["not"];
    let says_only = |keyword: &String| {
        ["required", "properties", "title", "description"].contains(&keyword.as_str())
    };
    let is_free = |member: (&String, &Value)| member.1.as_object().is_some_and(Map::is_empty);
    let says_nothing_more = members(not).all(|(keyword, _)| says_only(keyword))
        && members(&not["properties"]).all(is_free);
    match not["required"].as_array()?.as_slice() {
        [name] if schema["type"] == "object" && says_nothing_more => name.as_str(),
        _ => None,
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// A pattern of the types for which the matrix does not support a method, in any case, as the
/// linter compares them (D-02).
fn refused(method: Method) -> String {
    let in_any_case = |letter: char| {
        let (upper, lower) = (letter.to_ascii_uppercase(), letter.to_ascii_lowercase());
        format!("[{upper}{lower}]")
    };
    let names: Vec<String> = support::rows()
        .iter()
        .filter(|row| !row.action_type.supports(method))
        .map(|row| row.body_value.chars().map(in_any_case).collect())
        .collect();
    format!("^({})$", names.join("|"))
}
