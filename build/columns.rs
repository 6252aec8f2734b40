//! The enums of ids that are a column of the matrix, such as that of the query parameter
//! `actionType`.

use serde_json::Value;

use super::{Refusal, document, support};

/// A string enum with `x-kaizala-matrix`.
pub struct Column<'d> {
    pub name: &'d str,
    /// The variant of `Method`.
    pub method: &'static str,
    /// The body value of each row, which makes the better name in Rust, and its id.
    pub values: Vec<(&'d str, &'d str)>,
}

/// The columns among the named schemas.
///
/// # Errors
/// As [`support::rows`].
pub fn find(document: &Value) -> Result<Vec<Column<'_>>, Refusal> {
    let rows = support::rows(document)?;
    let mut columns = Vec::new();
    for (name, schema) in document::schemas(document)? {
        let (Some(column), Some(_)) = (schema["x-kaizala-matrix"].as_str(), schema.get("enum"))
        else {
            continue;
        };
        let method = if column == "get" { "Get" } else { "Post" };
        let supported = support::column(&rows, column, &format!("#/components/schemas/{name}"))?;
        columns.push(Column {
            name,
            method,
            values: supported
                .filter_map(|row| Some((row.body_value, row.id?)))
                .collect(),
        });
    }
    Ok(columns)
}
