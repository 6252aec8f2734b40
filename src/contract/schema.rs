//! A schema of the contract, as far as the linter follows it itself. What it says about values is
//! the business of the JSON Schema engine.

use std::fmt;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::Column;

#[derive(Debug, Deserialize)]
pub struct Schema {
    #[serde(rename = "type")]
    pub kind: Option<Type>,
    /// None for an object that may hold anything.
    pub properties: Option<IndexMap<String, Schema>>,
    #[serde(default)]
    pub required: Vec<String>,
    pub items: Option<Box<Schema>>,
    /// A choice of JSON types; unions of action types are `union`.
    #[serde(default, rename = "oneOf")]
    pub choice: Vec<Schema>,
    #[serde(default, rename = "enum")]
    pub values: Vec<Value>,
    pub default: Option<Value>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub pattern: Option<String>,
    pub format: Option<String>,
    pub description: Option<String>,
    pub example: Option<Value>,
    #[serde(rename = "x-kaizala-union")]
    pub union: Option<String>,
    /// The value is an action type of this column.
    #[serde(rename = "x-kaizala-action-type")]
    pub action_type: Option<Column>,
    /// Its values are the ids of this column.
    #[serde(rename = "x-kaizala-matrix")]
    pub ids: Option<Column>,
    #[serde(rename = "x-kaizala-unit")]
    pub unit: Option<String>,
    /// The rules of meaning that look at a value of this schema.
    #[serde(default, rename = "x-kaizala-checks")]
    pub checks: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
}

impl Type {
    pub fn name(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Array => "array",
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Schema {
    /// The member of this name, and the name as the contract spells it.
    pub fn member(&self, name: &str) -> Option<(&str, &Schema)> {
        let properties = self.properties.as_ref()?;
        // There are a few: to hash the name would cost more.
        let exact = properties.iter().find(|(declared, _)| *declared == name);
        exact
            .or_else(|| {
                properties
                    .iter()
                    .find(|(declared, _)| declared.eq_ignore_ascii_case(name))
            })
            .map(|(name, schema)| (name.as_str(), schema))
    }

    pub fn requires(&self, name: &str) -> bool {
        self.required.iter().any(|required| required == name)
    }

    /// Whether every value fits.
    pub fn is_any(&self) -> bool {
        self.kind.is_none()
            && self.choice.is_empty()
            && self.union.is_none()
            && self.values.is_empty()
    }

    /// What it wants, in words: `integer (hours from now)`, `array of string`.
    pub fn wants(&self) -> String {
        let kind = match (self.kind, &self.items) {
            (Some(Type::Array), Some(items))
                if !items.is_any() && items.union.is_none() && items.choice.is_empty() =>
            {
                format!("array of {}", items.wants())
            }
            (Some(kind), _) => kind.to_string(),
            (None, _) if !self.choice.is_empty() => self
                .choice
                .iter()
                .map(Schema::wants)
                .collect::<Vec<_>>()
                .join(" or "),
            (None, _) => "object".to_owned(),
        };
        match &self.unit {
            Some(unit) => format!("{kind} ({unit})"),
            None => kind,
        }
    }
}
