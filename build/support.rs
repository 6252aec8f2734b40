//! The support matrix and the names around it, as Rust tables (`support.rs`).

use serde_json::Value;

use super::{
    Refusal,
    table::{array, enumeration},
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
    let list = document["x-kaizala-support"].as_array().ok_or_else(|| {
        Refusal::new(
            place,
            "no support matrix",
            "list its rows: label, id, bodyValue, get, post",
        )
    })?;
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (index, value) in list.iter().enumerate() {
        let place = format!("{place}/{index}");
        let row = row(value).ok_or_else(|| {
            Refusal::new(
                &place,
                "a row that is not whole",
                "give it a label, an id (or null), a bodyValue, and get and post as booleans",
            )
        })?;
        if !is_variant(row.body_value) {
            return Err(Refusal::new(
                format!("{place}/bodyValue"),
                format!("`{}` is no name for a type", row.body_value),
                "write it in PascalCase",
            ));
        }
        if row.id.is_none() && (row.get || row.post) {
            return Err(Refusal::new(
                place,
                "supported, but without an id",
                "give it an id, or set get and post to false",
            ));
        }
        if let Some(other) = rows.iter().find(|other| {
            other.body_value == row.body_value || (other.id == row.id && row.id.is_some())
        }) {
            return Err(Refusal::new(
                place,
                format!("the same names as the row of `{}`", other.label),
                "give each row its own id and bodyValue",
            ));
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
    let holds: fn(&Row<'_>) -> bool = match name {
        "get" => |row| row.get,
        "post" => |row| row.post,
        _ => {
            return Err(Refusal::new(
                place,
                format!("`{name}` is no column of the matrix"),
                "write get or post",
            ));
        }
    };
    Ok(rows.iter().filter(move |row| holds(row)))
}

/// The other names that the document knows: translations stand for ids, and foreign claims name a
/// method.
///
/// # Errors
/// A [`Refusal`] for a row that is not whole or refers to no id.
pub fn names(document: &Value, rows: &[Row<'_>]) -> Result<(), Refusal> {
    for (index, translation) in list(document, "x-kaizala-translations").enumerate() {
        let ids: Vec<_> = translation["standsFor"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let known = |id: &&str| rows.iter().any(|row| row.id == Some(id));
        if ids.is_empty()
            || !ids.iter().all(known)
            || !translation["name"].is_string()
            || !translation["language"].is_string()
        {
            let place = format!("#/x-kaizala-translations/{index}");
            return Err(Refusal::new(
                place,
                "a translation that stands for no id",
                "give it a name, a language, and ids of the matrix in standsFor",
            ));
        }
    }
    for (index, claim) in list(document, "x-kaizala-elsewhere").enumerate() {
        let whole = ["bodyValue", "note"]
            .iter()
            .all(|member| claim[member].is_string())
            && claim["source"].is_array();
        if !whole || !matches!(claim["method"].as_str(), Some("get" | "post")) {
            let place = format!("#/x-kaizala-elsewhere/{index}");
            return Err(Refusal::new(
                place,
                "a claim that is not whole",
                "give it bodyValue, method (get or post), source (a list) and note",
            ));
        }
    }
    Ok(())
}

fn list<'d>(document: &'d Value, name: &str) -> impl Iterator<Item = &'d Value> {
    document[name].as_array().into_iter().flatten()
}

/// The tables as Rust text.
///
/// # Errors
/// As [`rows`].
pub fn render(document: &Value) -> Result<String, Refusal> {
    let rows = rows(document)?;
    let mut text = String::new();
    enumeration(
        &mut text,
        "An action type: a row of the support matrix.",
        "ActionType",
        rows.iter()
            .map(|row| (row.label.to_owned(), row.body_value.to_owned())),
    );
    let table = rows.iter().map(|Row { label, id, body_value, get, post }| {
        format!("Row {{ action_type: ActionType::{body_value}, label: {label:?}, id: {id:?}, body_value: {body_value:?}, get: {get}, post: {post} }}")
    });
    array(&mut text, "static ROWS", "Row", table);

    let translations = list(document, "x-kaizala-translations").map(|translation| {
        let stands_for = translation["standsFor"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let types: Vec<_> = stands_for
            .filter_map(|id| rows.iter().find(|row| row.id == Some(id)))
            .map(|row| format!("ActionType::{}", row.body_value))
            .collect();
        let [name, language, seen] = ["name", "language", "seen"].map(|member| translation[member].as_str().unwrap_or_default());
        format!("Translation {{ name: {name:?}, language: {language:?}, seen: {seen:?}, stands_for: &[{}] }}", types.join(", "))
    });
    array(
        &mut text,
        "static TRANSLATIONS",
        "Translation",
        translations,
    );

    let claims = list(document, "x-kaizala-elsewhere").map(|claim| {
        let [body_value, note] = ["bodyValue", "note"].map(|member| claim[member].as_str().unwrap_or_default());
        let sources: Vec<_> = claim["source"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let method = if claim["method"] == "get" { "Get" } else { "Post" };
        format!("Claim {{ body_value: {body_value:?}, method: Method::{method}, sources: &{sources:?}, note: {note:?} }}")
    });
    array(&mut text, "static CLAIMS", "Claim", claims);

    Ok(text)
}
