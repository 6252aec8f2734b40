//! The support matrix and the names around it, as Rust tables (`support.rs`).

use serde_json::Value;

#[cfg(feature = "client")]
use super::document::schemas;
use super::{
    document::{items, texts},
    refusal::{Refusal, refuse},
    table::{array, enumeration, pascal},
};

/// A row of `x-kaizala-support`.
pub struct Row<'d> {
    pub label: &'d str,
    /// None where the table prints `n/a`.
    pub id: Option<&'d str>,
    pub body_value: &'d str,
    pub get: bool,
    pub post: bool,
}

/// The matrix, row by row.
///
/// # Errors
/// A [`Refusal`] for a row that is not whole, or a name that stands twice.
pub fn rows(document: &Value) -> Result<Vec<Row<'_>>, Refusal> {
    let place = "#/x-kaizala-support";
    let Some(list) = document["x-kaizala-support"].as_array() else {
        return refuse(
            place,
            "no support matrix",
            "list its rows: label, id, bodyValue, get, post",
        );
    };
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (index, value) in list.iter().enumerate() {
        let place = format!("{place}/{index}");
        let Some(row) = row(value) else {
            return refuse(
                place,
                "a row that is not whole",
                "give it a label, an id (or null), a bodyValue, and get and post as booleans",
            );
        };
        if !is_variant(row.body_value) {
            return refuse(
                format!("{place}/bodyValue"),
                format!("`{}` is no name for a type", row.body_value),
                "write it in PascalCase",
            );
        }
        if row.id.is_none() && (row.get || row.post) {
            return refuse(
                place,
                "supported, but without an id",
                "give it an id, or set get and post to false",
            );
        }
        if let Some(other) = rows.iter().find(|other| {
            other.body_value == row.body_value || (other.id == row.id && row.id.is_some())
        }) {
            return refuse(
                place,
                format!("the same names as the row of `{}`", other.label),
                "give each row its own id and bodyValue",
            );
        }
        rows.push(row);
    }
    Ok(rows)
}

fn row(value: &Value) -> Option<Row<'_>> {
    Some(Row {
        label: value["label"].as_str()?,
        id: match value.get("id")? {
            Value::Null => None,
            id => Some(id.as_str()?),
        },
        body_value: value["bodyValue"].as_str()?,
        get: value["get"].as_bool()?,
        post: value["post"].as_bool()?,
    })
}

/// Whether a name can be a variant of a Rust enum.
fn is_variant(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric())
}

/// The rows of one column, `get` or `post`.
///
/// # Errors
/// A [`Refusal`] for any other name.
pub fn column<'r, 'd>(
    rows: &'r [Row<'d>],
    name: &str,
    place: &str,
) -> Result<impl Iterator<Item = &'r Row<'d>> + use<'r, 'd>, Refusal> {
    let supports: fn(&&Row<'_>) -> bool = match name {
        "get" => |row| row.get,
        "post" => |row| row.post,
        _ => {
            return refuse(
                place,
                format!("`{name}` is no column of the matrix"),
                "write get or post",
            );
        }
    };
    Ok(rows.iter().filter(supports))
}

/// A string enum whose values are the ids of a column of the matrix (`x-kaizala-matrix`), such as
/// that of the query parameter `actionType`.
#[cfg(feature = "client")]
pub struct Column<'d> {
    pub name: &'d str,
    /// The variant of `Method`.
    pub method: String,
    /// The body value of each row, which makes the better name in Rust, and its id.
    pub values: Vec<(&'d str, &'d str)>,
}

/// The columns among the named schemas.
///
/// # Errors
/// As [`rows`].
#[cfg(feature = "client")]
pub fn columns(document: &Value) -> Result<Vec<Column<'_>>, Refusal> {
    let rows = rows(document)?;
    let mut columns = Vec::new();
    for (name, schema) in schemas(document)? {
        if let (Some(matrix), Some(_)) = (schema["x-kaizala-matrix"].as_str(), schema.get("enum")) {
            columns.push(Column {
                name,
                method: pascal(matrix),
                values: column(&rows, matrix, name)?
                    .filter_map(|row| Some((row.body_value, row.id?)))
                    .collect(),
            });
        }
    }
    Ok(columns)
}

/// What machine translation made of ids, as rows of a Rust table.
///
/// # Errors
/// A [`Refusal`] for a translation that is not whole or stands for no id.
pub fn translations(document: &Value, rows: &[Row<'_>]) -> Result<Vec<String>, Refusal> {
    let translation = |(index, value): (usize, &Value)| {
        let type_of = |id| Some(rows.iter().find(|row| row.id == Some(id))?.body_value);
        let types: Option<Vec<_>> = texts(value, "standsFor")
            .map(|id| Some(format!("ActionType::{}", type_of(id)?)))
            .collect();
        match (&value["name"], &value["language"], types) {
            (Value::String(name), Value::String(language), Some(types)) if !types.is_empty() => {
                let seen = value["seen"].as_str().unwrap_or_default();
                Ok(format!(
                    "Translation {{ name: {name:?}, language: {language:?}, seen: {seen:?}, \
                     stands_for: &[{}] }}",
                    types.join(", ")
                ))
            }
            _ => refuse(
                format!("#/x-kaizala-translations/{index}"),
                "a translation that stands for no id",
                "give it a name, a language, and ids of the matrix in standsFor",
            ),
        }
    };
    items(document, "x-kaizala-translations")
        .enumerate()
        .map(translation)
        .collect()
}

/// What other sources say of types, as rows of a Rust table.
///
/// # Errors
/// A [`Refusal`] for a claim that is not whole.
pub fn claims(document: &Value) -> Result<Vec<String>, Refusal> {
    let claim = |(index, value): (usize, &Value)| match (
        &value["bodyValue"],
        &value["note"],
        &value["source"],
        value["method"].as_str(),
    ) {
        (
            Value::String(body_value),
            Value::String(note),
            Value::Array(_),
            Some(method @ ("get" | "post")),
        ) => {
            let sources: Vec<_> = texts(value, "source").collect();
            Ok(format!(
                "Claim {{ body_value: {body_value:?}, method: Method::{}, sources: &{sources:?}, \
                 note: {note:?} }}",
                pascal(method)
            ))
        }
        _ => refuse(
            format!("#/x-kaizala-elsewhere/{index}"),
            "a claim that is not whole",
            "give it bodyValue, method (get or post), source (a list) and note",
        ),
    };
    items(document, "x-kaizala-elsewhere")
        .enumerate()
        .map(claim)
        .collect()
}

/// The tables as Rust text.
///
/// # Errors
/// As [`rows`], [`translations`] and [`claims`].
pub fn render(document: &Value) -> Result<String, Refusal> {
    let rows = rows(document)?;
    let types = rows
        .iter()
        .map(|row| (row.label.to_owned(), row.body_value.to_owned()));
    let about = "An action type: a row of the support matrix.";
    let table = rows.iter().map(|row| {
        let Row {
            label,
            id,
            body_value,
            get,
            post,
        } = row;
        format!(
            "Row {{ action_type: ActionType::{body_value}, label: {label:?}, id: {id:?}, \
             body_value: {body_value:?}, get: {get}, post: {post} }}"
        )
    });
    Ok([
        enumeration(about, "ActionType", types),
        array("ROWS", "Row", table),
        array(
            "TRANSLATIONS",
            "Translation",
            translations(document, &rows)?,
        ),
        array("CLAIMS", "Claim", claims(document)?),
    ]
    .concat())
}
