//! The OpenAPI document, as text and as a tree.

use serde::Deserialize;
use serde_json::Value;

/// The OpenAPI document as it was written.
pub const YAML: &str = include_str!("../../openapi/kaizala-actions.yaml");

/// The notes on the document: its rulings, its sources, and what it leaves out.
pub const NOTES: &str = include_str!("../../openapi/README.md");

/// The OpenAPI document as JSON, in the order in which it was written.
pub const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/document.json"));

/// The OpenAPI document, parsed.
#[must_use]
pub fn document() -> Value {
    parse("the document", JSON)
}

/// Deserializes what the build has serialized from this very type.
pub(super) fn parse<T: for<'de> Deserialize<'de>>(name: &str, text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| unreachable!("{name}, embedded: {error}"))
}
