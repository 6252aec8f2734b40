//! The document as a JSON tree, and ways to look into it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Refusal;

/// Reads YAML. Duplicate keys and whatever JSON cannot hold are refused.
///
/// # Errors
/// A [`Refusal`] with the line and column that YAML complains of.
pub fn parse(yaml: &str) -> Result<Value, Refusal> {
    // By way of a YAML tree: read straight into JSON, a duplicate key would silently win.
    let tree: serde_yaml_ng::Value = serde_yaml_ng::from_str(yaml).map_err(|error| {
        let place = error.location().map_or_else(
            || "the end".to_owned(),
            |at| format!("line {}, column {}", at.line(), at.column()),
        );
        Refusal::new(
            place,
            error.to_string(),
            "write plain YAML 1.2: unique string keys, no tags",
        )
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
/// A [`Refusal`] when there are none.
pub fn schemas(document: &Value) -> Result<&serde_json::Map<String, Value>, Refusal> {
    document["components"]["schemas"]
        .as_object()
        .ok_or_else(|| {
            Refusal::new(
                "#/components/schemas",
                "there are no schemas",
                "describe the bodies there",
            )
        })
}

/// The name that a reference to a component ends in.
pub fn name_of(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// What a `$ref` points to, or the value itself when it is none.
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

/// One body of the contract: a request's, a success's or the shared error's.
pub struct Body<'d> {
    /// `post-action.request`.
    pub kind: String,
    /// `postAction`; none for the error, which all operations share.
    pub operation: Option<&'d str>,
    pub method: Option<&'d str>,
    /// `/groups/{groupId}/actions`.
    pub path: Option<&'d str>,
    pub request: bool,
    /// The name of its schema.
    pub schema: &'d str,
}

/// All bodies in the order of the paths, the error last.
///
/// # Errors
/// A [`Refusal`] for an operation without an id of its own, a body that is not one named schema, or
/// a second schema where all share one.
pub fn bodies(document: &Value) -> Result<Vec<Body<'_>>, Refusal> {
    let mut bodies = Vec::new();
    let mut ids = BTreeSet::new();
    let mut error = None;
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for method in ["get", "post"] {
            let Some(operation) = item.get(method) else {
                continue;
            };
            let place = format!("#/paths/{}/{method}", path.replace('/', "~1"));
            let id = operation["operationId"].as_str().ok_or_else(|| {
                Refusal::new(&place, "no operationId", "name it, as in `listActions`")
            })?;
            if !ids.insert(id) {
                return Err(Refusal::new(
                    place,
                    format!("a second operation `{id}`"),
                    "give each operation its own id",
                ));
            }
            let body = |direction: &str, schema| {
                let kind = format!("{}.{direction}", kebab(id));
                Body {
                    kind,
                    operation: Some(id),
                    method: Some(method),
                    path: Some(path),
                    request: direction == "request",
                    schema,
                }
            };
            if let Some(request) = operation.get("requestBody") {
                bodies.push(body(
                    "request",
                    body_schema(request, &format!("{place}/requestBody"))?,
                ));
            }
            let mut success = None;
            for (status, response) in operation["responses"].as_object().into_iter().flatten() {
                let place = format!("{place}/responses/{status}");
                let response = resolve(document, response, &place)?;
                if response.get("content").is_none() {
                    continue;
                }
                let schema = body_schema(response, &place)?;
                let (shared, of) = if status.starts_with('2') {
                    (&mut success, "success")
                } else {
                    (&mut error, "error")
                };
                if *shared.get_or_insert(schema) != schema {
                    let problem = format!("`{schema}` is a second {of} schema");
                    return Err(Refusal::new(
                        place,
                        problem,
                        "let them share one schema: progenitor has one type for them",
                    ));
                }
            }
            bodies.extend(success.map(|schema| body("response", schema)));
        }
    }
    let shared = |schema| Body {
        kind: "error.response".to_owned(),
        operation: None,
        method: None,
        path: None,
        request: false,
        schema,
    };
    bodies.extend(error.map(shared));
    Ok(bodies)
}

fn body_schema<'d>(content: &'d Value, place: &str) -> Result<&'d str, Refusal> {
    content["content"]["application/json"]["schema"]["$ref"]
        .as_str()
        .map(name_of)
        .ok_or_else(|| {
            Refusal::new(
                place,
                "the body is not one named schema",
                "use `application/json` with a `$ref` into components/schemas",
            )
        })
}

/// `postAction` as `post-action`.
fn kebab(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}
