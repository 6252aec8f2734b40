//! The document as a JSON tree, and access to its parts.

use serde_json::{Map, Value};

use super::refusal::{Refusal, refuse};

/// Parses YAML. Duplicate keys, and whatever JSON cannot hold, are refused.
///
/// # Errors
/// A [`Refusal`] with the line and column of the YAML error.
pub fn parse(yaml: &str) -> Result<Value, Refusal> {
    // By way of a YAML tree: parsed straight into JSON, duplicate keys would silently replace each
    // other.
    let tree: serde_yaml_ng::Value = serde_yaml_ng::from_str(yaml).map_err(|error| {
        let place = error.location().map_or_else(
            || "the end".to_owned(),
            |at| format!("line {}, column {}", at.line(), at.column()),
        );
        let help = "write plain YAML 1.2: unique string keys, no tags";
        Refusal {
            line: error.location().map(|at| at.line()),
            ..Refusal::new(place, error.to_string(), help)
        }
    })?;
    serde_json::to_value(tree).map_err(|error| {
        Refusal::new(
            "#",
            error.to_string(),
            "use only what JSON has: string keys, finite numbers",
        )
    })
}

/// The named schemas.
///
/// # Errors
/// A [`Refusal`] if there are none.
pub fn schemas(document: &Value) -> Result<&Map<String, Value>, Refusal> {
    match document["components"]["schemas"].as_object() {
        Some(schemas) => Ok(schemas),
        None => refuse(
            "#/components/schemas",
            "there are no schemas",
            "describe the bodies there",
        ),
    }
}

/// The schema of this name; null if there is none.
pub fn schema<'d>(document: &'d Value, name: &str) -> &'d Value {
    &document["components"]["schemas"][name]
}

/// The JSON Pointer of the schema of this name.
pub fn schema_place(name: &str) -> String {
    format!("#/components/schemas/{name}")
}

/// The JSON Pointer of an operation.
pub fn operation_place(path: &str, method: &str) -> String {
    format!("#/paths/{}/{method}", escape(path))
}

/// A name as a token of a JSON Pointer.
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The name at the end of a reference to a component.
pub fn name_of(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// The members of an object; none for other values.
pub fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The items of a member that is a list; none otherwise.
pub fn items<'d>(value: &'d Value, name: &str) -> impl Iterator<Item = &'d Value> {
    value[name].as_array().into_iter().flatten()
}

/// The strings of a member that is a list.
pub fn texts<'d>(value: &'d Value, name: &str) -> impl Iterator<Item = &'d str> {
    items(value, name).filter_map(Value::as_str)
}

/// The target of a `$ref`, or the value itself if it is not a reference.
///
/// # Errors
/// A [`Refusal`] for a reference that leads nowhere.
pub fn resolve<'d>(
    document: &'d Value,
    value: &'d Value,
    place: &str,
) -> Result<&'d Value, Refusal> {
    let Some(reference) = value["$ref"].as_str() else {
        return Ok(value);
    };
    let target = reference
        .strip_prefix('#')
        .and_then(|pointer| document.pointer(pointer));
    target.ok_or_else(|| {
        Refusal::new(
            place,
            format!("`{reference}` is not there"),
            "name a component of this document",
        )
    })
}

/// Whether a value of a schema can have a member at this JSON Pointer.
pub fn reaches(document: &Value, schema: &Value, pointer: &str) -> bool {
    let Ok(schema) = resolve(document, schema, "") else {
        return false;
    };
    let Some(rest) = pointer.strip_prefix('/') else {
        return pointer.is_empty();
    };
    let (name, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let declared = schema["properties"].get(name);
    declared.is_some_and(|member| reaches(document, member, rest))
        || items(schema, "oneOf").any(|alternative| reaches(document, alternative, pointer))
}

/// The schemas that a schema consists of, each with its location.
pub fn parts(schema: &Value) -> impl Iterator<Item = (String, &Value)> {
    let properties = members(&schema["properties"])
        .map(|(name, member)| (format!("properties/{}", escape(name)), member));
    let alternatives = items(schema, "oneOf")
        .enumerate()
        .map(|(index, alternative)| (format!("oneOf/{index}"), alternative));
    let inner = ["items", "not", "additionalProperties"]
        .into_iter()
        .filter_map(|keyword| Some((keyword.to_owned(), schema.get(keyword)?)))
        // A boolean `additionalProperties` is not a schema.
        .filter(|(keyword, inner)| keyword != "additionalProperties" || !inner.is_boolean());
    properties.chain(alternatives).chain(inner)
}

/// The same, mutable.
pub fn change_parts(schema: &mut Value, mut change: impl FnMut(&mut Value)) {
    let places: Vec<_> = parts(schema).map(|(place, _)| place).collect();
    for place in places {
        if let Some(part) = schema.pointer_mut(&format!("/{place}")) {
            change(part);
        }
    }
}
