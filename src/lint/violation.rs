//! What a schema says about a value without its parts, and how a value violates it.

use serde_json::{Value, json};

/// The keywords that do not look into the value.
const OWN: &[&str] = &["type", "enum", "minimum", "maximum", "pattern", "required"];

/// A violation of one keyword.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Violation {
    /// The value has another JSON type.
    Type,
    /// It is not a listed value.
    Enum,
    /// The number is below the minimum, or above the maximum.
    Range { limit: Value, is_above: bool },
    /// The string does not match the pattern.
    Pattern,
    /// The object lacks this member.
    Required(String),
    /// The value is not of exactly one of the types of a choice.
    Choice,
}

/// What a schema says about a value without its parts; for a choice, the possible JSON types.
pub(super) fn own_keywords(schema: &Value) -> Value {
    let own = OWN.iter().filter_map(|keyword| {
        let value = schema.get(keyword)?;
        Some(((*keyword).to_owned(), value.clone()))
    });
    match schema["oneOf"].as_array() {
        None => own.collect(),
        Some(choice) => {
            let types = choice.iter().map(|one| json!({"type": one["type"]}));
            json!({"oneOf": types.collect::<Vec<_>>()})
        }
    }
}
