//! The bodies of the contract, and their kinds as a Rust table (`bodies.rs`).

use serde_json::Value;

use super::{
    document::{members, name_of, resolve},
    operations::{self, Operation},
    refusal::{Refusal, refuse},
    table::{array, enumeration, pascal},
};

/// A body of the contract: that of a request, of a success, or of the shared error.
pub struct Body<'d> {
    /// `post-action.request`.
    pub kind: String,
    /// The `operationId`; `None` for the error, which all operations share.
    operation: Option<&'d str>,
    pub request: bool,
    /// The name of its schema.
    pub schema: &'d str,
}

/// All bodies, in the order of the paths; the error is the last.
///
/// # Errors
/// A [`Refusal`] for an operation without an id, a body that is not a named schema, or a second
/// schema where all must share one.
pub fn find(document: &Value) -> Result<Vec<Body<'_>>, Refusal> {
    let mut bodies = Vec::new();
    let mut error = None;
    for Operation {
        id, value, place, ..
    } in operations::find(document)?
    {
        let body = |direction, schema| Body {
            kind: format!("{}.{direction}", kebab(id)),
            operation: Some(id),
            request: direction == "request",
            schema,
        };
        if let Some(request) = value.get("requestBody") {
            let schema = schema_of(request, &format!("{place}/requestBody"))?;
            bodies.push(body("request", schema));
        }
        let mut success = None;
        for (status, response) in members(&value["responses"]) {
            let place = format!("{place}/responses/{status}");
            let response = resolve(document, response, &place)?;
            if response.get("content").is_none() {
                continue;
            }
            let schema = schema_of(response, &place)?;
            let (shared, of) = if status.starts_with('2') {
                (&mut success, "success")
            } else {
                (&mut error, "error")
            };
            if *shared.get_or_insert(schema) != schema {
                return refuse(
                    place,
                    format!("`{schema}` is a second {of} schema"),
                    "let them share one schema: progenitor has one type for them",
                );
            }
        }
        bodies.extend(success.map(|schema| body("response", schema)));
    }
    bodies.extend(error.map(|schema| Body {
        kind: "error.response".to_owned(),
        operation: None,
        request: false,
        schema,
    }));
    Ok(bodies)
}

fn schema_of<'d>(content: &'d Value, place: &str) -> Result<&'d str, Refusal> {
    match content["content"]["application/json"]["schema"]["$ref"].as_str() {
        Some(reference) => Ok(name_of(reference)),
        None => refuse(
            place,
            "the body is not one named schema",
            "use `application/json` with a `$ref` into components/schemas",
        ),
    }
}

/// `groupId` as `group_id`, as progenitor and typify spell it in Rust.
#[cfg(feature = "client")]
pub fn snake(name: &str) -> String {
    kebab(name).replace('-', "_")
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

/// The table as Rust text.
///
/// # Errors
/// As [`find`].
pub fn render(document: &Value) -> Result<String, Refusal> {
    let bodies = find(document)?;
    let kinds = bodies
        .iter()
        .map(|body| (format!("`{}`.", body.kind), pascal(&body.kind)));
    let rows = bodies.iter().map(|body| {
        let operation = body.operation.map_or_else(
            || "None".to_owned(),
            |id| format!("Some(OperationId::{})", pascal(id)),
        );
        let (name, request, schema) = (&body.kind, body.request, body.schema);
        format!(
            "BodyRow {{ name: {name:?}, operation: {operation}, request: {request}, \
             schema: {schema:?} }}"
        )
    });
    let about = "A body of the contract: an operation and a direction.";
    Ok(enumeration(about, "BodyKind", kinds) + &array("BODIES", "BodyRow", rows))
}
