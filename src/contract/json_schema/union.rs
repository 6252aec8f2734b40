//! Unions as JSON Schemas.
//!
//! With OpenAPI's `oneOf`, a validator reports an error for each alternative, none of which is the
//! cause. The tag, or the JSON type, determines the alternative that was meant; so the schema uses
//! `if` and `then` to validate that one, and reports its errors.

use serde_json::{Map, Value, json};

use super::keywords::extend;
use crate::contract::data::Union;

/// The alternatives of a union, as references if they are schemas.
pub(super) struct Parts<'u> {
    pub union: &'u Union,
    /// Alternatives that are the schema of this name.
    pub reference: &'u dyn Fn(&str) -> Value,
    /// The schema of an action of an unknown type, if the union is open (D-30).
    pub unknown: Option<Value>,
}

impl Parts<'_> {
    /// The keywords that select the alternative, for an object with a tag or a selector.
    pub fn keywords(&self) -> Value {
        let tag = self.union.tag.as_str();
        let mut keywords = Map::from_iter([("type".to_owned(), "object".into())]);
        if let Some(bare) = &self.union.bare {
            let otherwise = (self.reference)(&bare.schema);
            let found =
                json!({"if": has(tag, &json!({})), "then": self.tagged(), "else": otherwise});
            extend(&mut keywords, found);
        } else {
            keywords.insert("required".to_owned(), json!([tag]));
            extend(&mut keywords, self.tagged());
        }
        keywords.into()
    }

    /// The schema of an object with a tag.
    fn tagged(&self) -> Value {
        let tag = self.union.tag.as_str();
        let known: Vec<_> = self.union.alternatives.keys().collect();
        let alternatives = self.union.alternatives.iter();
        let alternatives: Value = alternatives
            .map(|(value, schema)| {
                json!({"if": has(tag, &json!({"const": value})), "then": (self.reference)(schema)})
            })
            .collect();
        match &self.unknown {
            Some(unknown) => json!({
                "if": has(tag, &json!({"enum": known})),
                "then": {"allOf": alternatives},
                "else": unknown,
            }),
            None => json!({"properties": {tag: {"enum": known}}, "allOf": alternatives}),
        }
    }
}

/// The schema of an object with a member that has this schema.
fn has(member: &str, schema: &Value) -> Value {
    json!({"required": [member], "properties": {member: schema}})
}

/// The keywords that select the alternative by the JSON type of the value; `None` if two of them
/// have the same type. `types` has the type of each.
pub(super) fn by_type(alternatives: &[Value], types: &[&str]) -> Option<Value> {
    let overlap = |(at, one): (usize, &&str)| {
        let others = types.iter().skip(at + 1);
        others.into_iter().any(|other| {
            one == other
                || matches!(
                    (*one, *other),
                    ("number", "integer") | ("integer", "number")
                )
        })
    };
    if types.iter().enumerate().any(overlap) {
        return None;
    }
    let is_one: Vec<_> = types.iter().map(|name| json!({"type": name})).collect();
    let pairs = is_one.iter().zip(alternatives);
    let chosen: Vec<_> = pairs
        .map(|(is_one, schema)| json!({"if": is_one, "then": schema}))
        .collect();
    Some(json!({"anyOf": is_one, "allOf": chosen}))
}
