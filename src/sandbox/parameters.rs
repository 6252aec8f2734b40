//! Query parameters, as the contract declares them.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use super::{
    refusal::{Cause, Refusal},
    routes::resolved,
};
use crate::{
    contract::Type,
    support::{self, ActionType, Method},
};

/// One parameter.
pub(super) struct Parameter {
    name: String,
    required: bool,
    kind: Option<Type>,
    minimum: i64,
    /// Whether the contract bounds an integer to 64 bits.
    bounded: bool,
    default: Option<Value>,
    /// What it may be, if that is a column of ids.
    ids: Vec<String>,
}

/// The parameters of a request: those that were given, and the defaults of the others.
#[derive(Debug, Default)]
pub(super) struct Query(HashMap<String, Value>);

impl Query {
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(Value::as_i64)
    }

    pub fn is_true(&self, name: &str) -> bool {
        self.0.get(name) == Some(&Value::Bool(true))
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// Reads a query by its declarations; what is not declared is ignored, as bodies ignore members (D-31).
    ///
    /// # Errors
    /// 400 for a parameter that is missing, given twice, or not what the contract wants.
    pub fn read(parameters: &[Parameter], query: &str) -> Result<Self, Box<Refusal>> {
        let mut values = HashMap::new();
        for (name, text) in form_urlencoded::parse(query.as_bytes()) {
            let Some(parameter) = parameters.iter().find(|parameter| parameter.name == name) else { continue };
            let value = parameter.value(&text).map_err(|problem| parameter.refusal(&problem))?;
            if values.insert(parameter.name.clone(), value).is_some() {
                return Err(parameter.refusal("it is given twice"));
            }
        }
        for parameter in parameters {
            if values.contains_key(&parameter.name) {
                continue;
            }
            match &parameter.default {
                Some(default) => {
                    values.insert(parameter.name.clone(), default.clone());
                }
                None if parameter.required => {
                    let ids = if parameter.ids.is_empty() { String::new() } else { format!(": one of {}", parameter.ids.join(", ")) };
                    return Err(parameter.refusal(&format!("it is missing{ids}")));
                }
                None => {}
            }
        }
        Ok(Self(values))
    }
}

impl Parameter {
    /// The declaration of a parameter of the query; none for one of the path.
    pub fn read(document: &Value, declared: &Value) -> Option<Self> {
        let name = declared["name"].as_str().filter(|_| declared["in"] == "query")?;
        let schema = resolved(document, &declared["schema"]);
        let ids = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        Some(Self {
            name: name.to_owned(),
            required: declared["required"] == true,
            kind: schema.get("type").and_then(|kind| Type::deserialize(kind).ok()),
            minimum: schema["minimum"].as_i64().unwrap_or(i64::MIN),
            bounded: schema["format"] == "int64",
            default: schema.get("default").cloned(),
            ids: ids.map(str::to_owned).collect(),
        })
    }

    fn refusal(&self, problem: &str) -> Box<Refusal> {
        Box::new(Refusal::new(Cause::Parameters, format!("query parameter {}: {problem}", self.name)))
    }

    fn value(&self, text: &str) -> Result<Value, String> {
        match self.kind {
            Some(Type::Integer) => self.integer(text).map(Value::from),
            Some(Type::Boolean) => match text {
                "true" => Ok(true.into()),
                "false" => Ok(false.into()),
                _ => Err(format!("{text:?} is neither true nor false")),
            },
            _ if self.ids.is_empty() => Ok(text.into()),
            _ => self.id(text),
        }
    }

    fn integer(&self, text: &str) -> Result<i64, String> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(format!("{text:?} is no integer"));
        }
        match text.parse::<i64>() {
            Ok(number) if number < self.minimum => Err(format!("{number} is less than {}", self.minimum)),
            Ok(number) => Ok(number),
            // A bound that is greater than all there can be.
            Err(_) if !self.bounded && !text.starts_with('-') => Ok(i64::MAX),
            Err(_) => Err(format!("{text} does not fit into 64 bits")),
        }
    }

    /// An id of the column, in any case (D-02); for any other name, why not.
    fn id(&self, text: &str) -> Result<Value, String> {
        if let Some(id) = self.ids.iter().find(|id| id.eq_ignore_ascii_case(text)) {
            return Ok(id.as_str().into());
        }
        let ids = self.ids.join(", ");
        Err(match text.parse::<ActionType>() {
            Ok(known) => match support::check(known, Method::Get) {
                Err(refused) => format!("KZ201 unsupported-method: {refused}; ask for one of {ids}"),
                Ok(()) => format!("{text:?} is how bodies call it; the id is {:?}", known.row().id.unwrap_or_default()),
            },
            Err(unknown) => format!("KZ202 unknown-action-type: {unknown}; ask for one of {ids}"),
        })
    }
}
