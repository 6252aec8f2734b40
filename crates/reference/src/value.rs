//! Ways to look into the document.

use serde_json::Value;

/// The members of an object, and none of anything else.
pub(super) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The items of the list that a member is.
pub(super) fn items<'v>(value: &'v Value, keyword: &str) -> impl Iterator<Item = &'v Value> {
    value[keyword].as_array().into_iter().flatten()
}

/// The text that a member is.
pub(super) fn text<'v>(value: &'v Value, keyword: &str) -> &'v str {
    value[keyword].as_str().unwrap_or_default()
}

/// The texts of the list that a member is.
pub(super) fn strings<'v>(value: &'v Value, keyword: &str) -> Vec<&'v str> {
    items(value, keyword).filter_map(Value::as_str).collect()
}

/// The name of the schema that is referred to.
pub(super) fn named(schema: &Value) -> Option<&str> {
    schema["$ref"]
        .as_str()?
        .strip_prefix("#/components/schemas/")
}

/// Whether a schema has members, and so a table.
pub(super) fn is_object(schema: &Value) -> bool {
    schema["properties"].is_object()
}
