//! The contract and the rules as data.

use kaizala_actions::{
    body::BodyKind,
    contract::{self as document, Dialect, Form},
    inert,
    lint::{Rule, printable},
    support,
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::report::json;

/// The rules, as `rules --format json` prints them.
#[wasm_bindgen]
#[must_use]
pub fn rules() -> String {
    json(&Rule::all())
}

/// What a rule is about, in words.
///
/// # Errors
/// There is no rule of this id or name.
#[wasm_bindgen]
pub fn explain(rule: &str) -> Result<String, String> {
    let found = Rule::find(rule).ok_or_else(|| format!("no rule `{rule}`"))?;
    Ok(found.explanation())
}

/// The rows of the support matrix.
#[wasm_bindgen]
#[must_use]
pub fn matrix() -> String {
    json(&support::rows())
}

/// The JSON Schema of a body.
///
/// # Errors
/// There is no such body or dialect.
#[wasm_bindgen]
pub fn schema(kind: &str, draft: &str) -> Result<String, String> {
    let kind: BodyKind = kind
        .parse()
        .map_err(|error: kaizala_actions::body::UnknownBodyKind| error.to_string())?;
    let dialect = named(draft, Dialect::ALL, Dialect::name)?;
    Ok(json(&document::json_schema_in(dialect, kind)))
}

/// The OpenAPI document.
///
/// # Errors
/// There is no such form.
#[wasm_bindgen]
pub fn contract(form: &str) -> Result<String, String> {
    let form = named(form, Form::ALL, Form::name)?;
    Ok(json(&document::document_in(form)))
}

/// The kinds of bodies, in the order of their indexes.
#[wasm_bindgen]
#[must_use]
pub fn kinds() -> String {
    json(&BodyKind::ALL)
}

/// JSON as it can be shown on a terminal and in the log of a job.
#[wasm_bindgen]
#[must_use]
pub fn safe_json(text: &str) -> String {
    inert::safe_json(text).into_owned()
}

/// A line as it can be shown on a terminal and in the log of a job.
#[wasm_bindgen]
#[must_use]
pub fn safe_line(text: &str) -> String {
    inert::inert(&printable(text)).into_owned()
}

fn named<T: Copy>(name: &str, all: &[T], name_of: fn(T) -> &'static str) -> Result<T, String> {
    let found = all.iter().copied().find(|one| name_of(*one) == name);
    found.ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|one| name_of(*one)).collect();
        format!("`{name}` is none of {}", names.join(", "))
    })
}
