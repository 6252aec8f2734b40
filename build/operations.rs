//! The operations of the contract, and their ids as a Rust table (`operations.rs`).

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    document::{members, operation_place},
    refusal::{Refusal, refuse},
    table::{array, enumeration, pascal},
};

/// One operation of the contract.
pub struct Operation<'d> {
    /// The `operationId`.
    pub id: &'d str,
    pub method: &'static str,
    pub path: &'d str,
    /// Its object in the document.
    pub value: &'d Value,
    /// The JSON Pointer of that object.
    pub place: String,
}

/// All operations, in the order of the paths.
///
/// # Errors
/// A [`Refusal`] for an operation without an id, or with that of another.
pub fn find(document: &Value) -> Result<Vec<Operation<'_>>, Refusal> {
    let mut operations = Vec::new();
    let mut ids = BTreeSet::new();
    for (path, item) in members(&document["paths"]) {
        for method in ["get", "post"] {
            let Some(value) = item.get(method) else {
                continue;
            };
            let place = operation_place(path, method);
            let Some(id) = value["operationId"].as_str() else {
                return refuse(place, "no operationId", "name it, as in `listActions`");
            };
            if !ids.insert(id) {
                return refuse(
                    place,
                    format!("a second operation `{id}`"),
                    "give each operation its own id",
                );
            }
            operations.push(Operation {
                id,
                method,
                path,
                value,
                place,
            });
        }
    }
    Ok(operations)
}

/// The table as Rust text.
///
/// # Errors
/// As for [`find`].
pub fn render(document: &Value) -> Result<String, Refusal> {
    let operations = find(document)?;
    let ids = operations.iter().map(|operation| {
        let Operation {
            id, method, path, ..
        } = operation;
        let about = format!("`{id}`: {} of `{path}`.", method.to_ascii_uppercase());
        (about, pascal(id))
    });
    let rows = operations.iter().map(|operation| {
        let Operation {
            id, method, path, ..
        } = operation;
        let method = pascal(method);
        format!("OperationRow {{ id: {id:?}, method: Method::{method}, path: {path:?} }}")
    });
    let about = "An operation of the contract, by its `operationId`.";
    Ok(enumeration(about, "OperationId", ids) + &array("OPERATIONS", "OperationRow", rows))
}
