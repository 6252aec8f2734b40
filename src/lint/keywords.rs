//! Evaluates the keywords of a schema in WebAssembly, where the JSON Schema engine would be four
//! fifths of what is downloaded. A test compares the two about every schema of the contract.

use serde_json::Value;

use super::{fast::Pattern, violation::Violation};
use crate::json::{Data, Node, Number};

/// The keywords of a schema, ready to be evaluated.
pub(super) struct Engine {
    keywords: Value,
    pattern: Option<Pattern>,
}

impl Engine {
    /// `pattern` is that of the keywords.
    pub fn new(keywords: &Value, pattern: Option<&'static str>) -> Self {
        Self {
            keywords: keywords.clone(),
            pattern: pattern.map(Pattern::new),
        }
    }

    /// How a value violates the schema, in the order of the keywords.
    pub fn violations(&self, node: Node<'_>) -> Vec<Violation> {
        let mut found = Vec::new();
        let schema = &self.keywords;
        let items = |keyword: &str| schema[keyword].as_array();
        if let Some(choice) = items("oneOf")
            && choice
                .iter()
                .filter(|one| is_of(&one["type"], node))
                .count()
                != 1
        {
            found.push(Violation::Choice);
        }
        if !is_of(&schema["type"], node) {
            found.push(Violation::Type);
        }
        if let Some(values) = items("enum")
            && !values.iter().any(|value| equals(value, node))
        {
            found.push(Violation::Enum);
        }
        if let Some(number) = finite(node) {
            for (keyword, is_above) in [("minimum", false), ("maximum", true)] {
                let limit = &schema[keyword];
                if limit.as_f64().is_some_and(|limit| {
                    let number = number.to_f64();
                    if is_above {
                        number > limit
                    } else {
                        number < limit
                    }
                }) {
                    let limit = limit.clone();
                    found.push(Violation::Range { limit, is_above });
                }
            }
        }
        if let (Some(pattern), Some(text)) = (&self.pattern, node.as_str())
            && !pattern.surely_matches(text)
        {
            found.push(Violation::Pattern);
        }
        if node.is_object() {
            let required = items("required").into_iter().flatten();
            let missing = required
                .filter_map(Value::as_str)
                .filter(|name| node.member(name).is_none());
            found.extend(missing.map(|name| Violation::Required(name.to_owned())));
        }
        found
    }
}

/// A number that JSON has.
fn finite(node: Node<'_>) -> Option<Number> {
    match node.data() {
        Data::Number(number) if number.to_f64().is_finite() => Some(number),
        _ => None,
    }
}

/// Whether a value has the type of this name; any value has, if there is none.
fn is_of(name: &Value, node: Node<'_>) -> bool {
    let Some(name) = name.as_str() else {
        return true;
    };
    match node.data() {
        Data::Null => name == "null",
        Data::Bool(_) => name == "boolean",
        Data::String(_) => name == "string",
        Data::Array => name == "array",
        Data::Object => name == "object",
        Data::Number(_) => finite(node).map_or(name == "null", |number| {
            name == "number" || name == "integer" && number.is_integer()
        }),
    }
}

/// Whether a value is this one; enums have only strings, numbers, booleans and null.
fn equals(value: &Value, node: Node<'_>) -> bool {
    match node.data() {
        Data::String(text) => value == text,
        Data::Bool(boolean) => *value == boolean,
        Data::Number(number) => value.as_f64() == Some(number.to_f64()),
        Data::Null => value.is_null(),
        Data::Array | Data::Object => false,
    }
}

#[cfg(test)]
mod tests;
