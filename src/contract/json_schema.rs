//! The contract's bodies as JSON Schemas that any validator can use.

use serde::Deserialize as _;
use serde_json::{Map, Value, json};

use super::{data::Contract, document::document};
use crate::{
    body::BodyKind,
    support::{self, Method},
};

/// A dialect of JSON Schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dialect {
    /// Draft 7, for tools that know no newer one.
    Draft7,
    /// Draft 2020-12.
    #[default]
    Draft202012,
}

impl Dialect {
    /// What `$schema` says of it.
    #[must_use]
    pub fn uri(self) -> &'static str {
        match self {
            Self::Draft7 => "http://json-schema.org/draft-07/schema#",
            Self::Draft202012 => "https://json-schema.org/draft/2020-12/schema",
        }
    }

    /// The keyword below which named schemas lie.
    #[must_use]
    pub fn definitions(self) -> &'static str {
        match self {
            Self::Draft7 => "definitions",
            Self::Draft202012 => "$defs",
        }
    }

    fn reference(self, name: &str) -> Value {
        json!({"$ref": format!("#/{}/{name}", self.definitions())})
    }
}

/// The JSON Schema of a body in draft 2020-12: one self-contained document.
///
/// It accepts what the linter has no error about, but for the rules that a schema cannot express;
/// which those are is said in `openapi/README.md`.
///
/// ```
/// use kaizala_actions::{body::BodyKind, contract};
///
/// let schema = contract::json_schema(BodyKind::PostActionRequest);
/// assert_eq!(schema["$ref"], "#/$defs/ActionRequest");
/// ```
#[must_use]
pub fn json_schema(body: BodyKind) -> Value {
    json_schema_in(Dialect::default(), body)
}

/// The JSON Schema of a body in a dialect; all of them accept the same bodies.
///
/// ```
/// use kaizala_actions::{body::BodyKind, contract::{self, Dialect}};
///
/// let schema = contract::json_schema_in(Dialect::Draft7, BodyKind::ErrorResponse);
/// assert!(schema["definitions"]["ServiceError"].is_object());
/// ```
#[must_use]
pub fn json_schema_in(dialect: Dialect, body: BodyKind) -> Value {
    let document = document();
    let schemas = &document["components"]["schemas"];
    let mut printer = Printer {
        dialect,
        schemas,
        definitions: Map::new(),
    };
    printer.define(body.schema());
    // As the document orders them, and not as they were met.
    let definitions: Map<_, _> = members(schemas)
        .filter_map(|(name, _)| printer.definitions.remove_entry(name))
        .collect();
    let api = document["info"]["title"].as_str().unwrap_or_default();
    let mut published = json!({"$schema": dialect.uri(), "title": format!("{body} of {api}")});
    let root = dialect.reference(body.schema());
    match dialect {
        Dialect::Draft202012 => published["$ref"] = root["$ref"].clone(),
        // Until 2019-09 a `$ref` hides the keywords beside it.
        Dialect::Draft7 => published["allOf"] = json!([root]),
    }
    published[dialect.definitions()] = definitions.into();
    published
}

struct Printer<'d> {
    dialect: Dialect,
    schemas: &'d Value,
    definitions: Map<String, Value>,
}

impl Printer<'_> {
    fn define(&mut self, name: &str) {
        if self.definitions.contains_key(name) {
            return;
        }
        // Before its parts, for those that refer to it.
        self.definitions.insert(name.to_owned(), Value::Null);
        let mut schema = self.schema(&self.schemas[name]);
        if let Some(open) = self.open_alternative(name)
            && let Some(alternatives) = schema["oneOf"].as_array_mut()
        {
            alternatives.push(open);
        }
        self.definitions.insert(name.to_owned(), schema);
    }

    fn schema(&mut self, schema: &Value) -> Value {
        let reference = schema["$ref"].as_str();
        if let Some(name) = reference.and_then(|reference| reference.rsplit('/').next()) {
            self.define(name);
            return self.dialect.reference(name);
        }
        let mut printed = Map::new();
        for (keyword, value) in members(schema) {
            let (keyword, value) = match keyword.as_str() {
                "properties" => {
                    let members: Map<_, _> = members(value)
                        .map(|(name, member)| (name.clone(), self.schema(member)))
                        .collect();
                    ("properties", members.into())
                }
                "items" => ("items", self.schema(value)),
                "oneOf" => {
                    let alternatives = value.as_array().into_iter().flatten();
                    let alternatives = alternatives.map(|alternative| self.schema(alternative));
                    ("oneOf", alternatives.collect())
                }
                "example" => ("examples", json!([value])),
                // An action type in a plain string: those that the matrix refuses are refused here
                // too (D-21).
                "x-kaizala-action-type" => {
                    let Ok(method) = Method::deserialize(value) else {
                        continue;
                    };
                    ("not", json!({"pattern": refused(method)}))
                }
                // Validators treat formats differently, so a pattern decides (D-32). The rest is
                // OpenAPI's.
                "format" | "discriminator" => continue,
                extension if extension.starts_with("x-") => continue,
                keyword => (keyword, value.clone()),
            };
            printed.insert(keyword.to_owned(), value);
        }
        printed.into()
    }

    /// For an open union, the alternative for types that the contract does not know (D-30).
    fn open_alternative(&mut self, name: &str) -> Option<Value> {
        let union = Contract::get().union(name).filter(|union| union.open)?;
        let mut envelope: Value =
            serde_json::from_str(Contract::get().text(&union.envelope)?).ok()?;
        let method = union.column.unwrap_or(Method::Get);
        let known: Vec<_> = union.alternatives.keys().collect();
        envelope["properties"][&union.tag] = json!({
            "type": "string",
            "not": {"anyOf": [{"enum": known}, {"pattern": refused(method)}]},
        });
        let mut open = self.schema(&envelope);
        open["description"] = "An action of a type that this contract does not know.".into();
        Some(open)
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// A pattern of the types that the matrix has and does not support a method for, in any case, as
/// the linter compares them (D-02).
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
