//! A schema of the contract, as far as the linter follows it itself. The JSON Schema engine
//! evaluates what it says about values.

use std::{fmt, str::FromStr};

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    name::{self, UnknownName},
    support::Method,
};

/// A schema as a whole: references are resolved, and unions of action types are left as names.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct Schema {
    /// The JSON type; `None` for a choice, a union or any value.
    #[serde(rename = "type")]
    pub kind: Option<Type>,
    /// The declared members; `None` for an object with arbitrary members.
    pub properties: Option<IndexMap<String, Schema>>,
    /// The members that an object must have.
    #[serde(default)]
    pub required: Vec<String>,
    /// The schema of the items of a list.
    pub items: Option<Box<Schema>>,
    /// A choice of JSON types; unions of action types are `union`.
    #[serde(default, rename = "oneOf")]
    pub choice: Vec<Schema>,
    /// The allowed values, if they are listed.
    #[serde(default, rename = "enum")]
    pub values: Vec<Value>,
    /// The default of a parameter.
    pub default: Option<Value>,
    /// The least number.
    pub minimum: Option<f64>,
    /// The greatest number.
    pub maximum: Option<f64>,
    /// The regular expression that a text has to match.
    pub pattern: Option<String>,
    /// A format beyond the type, as in `date-time`.
    pub format: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// An example of a value.
    pub example: Option<Value>,
    /// The name of the union of action types, if it is one.
    #[serde(rename = "x-kaizala-union")]
    pub union: Option<String>,
    /// The value is an action type of this column.
    #[serde(rename = "x-kaizala-action-type")]
    pub action_type: Option<Method>,
    /// Its values are the ids of this column.
    #[serde(rename = "x-kaizala-matrix")]
    pub ids: Option<Method>,
    /// The unit of a number, in words.
    #[serde(rename = "x-kaizala-unit")]
    pub unit: Option<String>,
    /// The semantic rules that look at a value of this schema.
    #[serde(default, rename = "x-kaizala-checks")]
    pub checks: Vec<String>,
    /// The members that the sandbox adds to those of the service.
    #[serde(default, rename = "x-kaizala-sandbox")]
    pub sandbox: Vec<String>,
    /// The sources of the value of a member in an answer of a server: one or a list.
    #[serde(rename = "x-kaizala-from")]
    pub from: Option<Value>,
}

/// A JSON type.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// An object.
    Object,
    /// A list.
    Array,
    /// A text.
    String,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
}

impl Type {
    /// All JSON types.
    pub const ALL: [Self; 6] = [
        Self::Object,
        Self::Array,
        Self::String,
        Self::Integer,
        Self::Number,
        Self::Boolean,
    ];

    /// Its name in JSON Schema.
    #[must_use]
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

impl FromStr for Type {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        name::find("a type", Self::ALL, Self::name, name)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Schema {
    /// The declared member of this name, in any case, and the contract's spelling of the name.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<(&str, &Schema)> {
        let properties = self.properties.as_ref()?;
        // There are only a few: hashing the name would cost more.
        let exact = properties.iter().find(|(declared, _)| *declared == name);
        exact
            .or_else(|| {
                properties
                    .iter()
                    .find(|(declared, _)| declared.eq_ignore_ascii_case(name))
            })
            .map(|(name, schema)| (name.as_str(), schema))
    }

    /// Whether an object must have this member.
    #[must_use]
    pub fn requires(&self, name: &str) -> bool {
        self.required.iter().any(|required| required == name)
    }

    /// Whether it allows every value.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.kind.is_none()
            && self.choice.is_empty()
            && self.union.is_none()
            && self.values.is_empty()
    }

    /// What it expects, in words: `integer (hours from now)`, `array of string`.
    #[must_use]
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
