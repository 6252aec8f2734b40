//! The kinds of body as a Rust table (`bodies.rs`).

use serde_json::Value;

use super::{
    Refusal, document,
    table::{array, enumeration},
};

/// The table as Rust text.
///
/// # Errors
/// As [`document::bodies`].
pub fn render(document: &Value) -> Result<String, Refusal> {
    let bodies = document::bodies(document)?;
    let mut text = String::new();
    enumeration(
        &mut text,
        "A body of the contract: an operation and a direction.",
        "BodyKind",
        bodies
            .iter()
            .map(|body| (format!("`{}`.", body.kind), pascal(&body.kind))),
    );
    let table = bodies.iter().map(|body| {
        let method = match body.method {
            Some("get") => "Some(Method::Get)",
            Some(_) => "Some(Method::Post)",
            None => "None",
        };
        let (variant, kind, schema, request) = (pascal(&body.kind), &body.kind, body.schema, body.request);
        let (operation, path) = (body.operation, body.path);
        format!(
            "BodyRow {{ kind: BodyKind::{variant}, name: {kind:?}, operation_id: {operation:?}, method: {method}, path: {path:?}, request: {request}, schema: {schema:?} }}"
        )
    });
    array(&mut text, "static BODIES", "BodyRow", table);
    Ok(text)
}

/// `post-action.request` as `PostActionRequest`.
fn pascal(kind: &str) -> String {
    let words = kind
        .split(['-', '.'])
        .filter_map(|word| word.split_at_checked(1));
    words
        .map(|(first, rest)| first.to_ascii_uppercase() + rest)
        .collect()
}
