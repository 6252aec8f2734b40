//! What the document may say of where a member of an answer comes from (`x-kaizala-from`, read by
//! the sandbox).

use serde_json::Value;

use super::{
    document::members,
    refusal::{Refusal, refuse},
    support,
};

/// Where a value can come from: exactly one of these in each source.
const ORIGINS: &[&str] = &["posted", "item", "responses", "kept"];

/// What a source may say beside its origin.
const REFINEMENTS: &[&str] = &["as", "of", "default", "for", "when"];

/// What a server keeps of an action or of a response to one.
const KEPT: &[&str] = &[
    "referenceId",
    "actionId",
    "actionType",
    "responseId",
    "sender",
    "creatorId",
    "sentAt",
    "creationTime",
    "actions",
    "hasMore",
];

/// What can be made of a value.
const FORMS: &[&str] = &[
    "count",
    "count-true",
    "all-true",
    "hours-later",
    "media-url",
];

/// Checks the sources of one member.
///
/// # Errors
/// A [`Refusal`] for a source that the sandbox would not understand.
pub fn sources(document: &Value, schema: &Value, place: &str) -> Result<(), Refusal> {
    let Some(stated) = schema.get("x-kaizala-from") else {
        return Ok(());
    };
    let place = format!("{place}/x-kaizala-from");
    let sources = match stated {
        Value::Array(several) => several.as_slice(),
        single => std::slice::from_ref(single),
    };
    for source in sources {
        if !source.is_object() {
            return refuse(
                place,
                "a source that is no object",
                "write it as in `{ posted: /actionBody/title }`",
            );
        }
        origin(source, &place)?;
        known(source, "as", FORMS, &place)?;
        known(source, "kept", KEPT, &place)?;
        types(document, &source["for"], &place)?;
    }
    Ok(())
}

fn origin(source: &Value, place: &str) -> Result<(), Refusal> {
    let (origins, others): (Vec<_>, Vec<_>) = members(source)
        .map(|(name, _)| name.as_str())
        .partition(|name| ORIGINS.contains(name));
    if let Some(name) = others.iter().find(|name| !REFINEMENTS.contains(name)) {
        return refuse(
            place,
            format!("a source with an unknown `{name}`"),
            format!("use {} and {}", ORIGINS.join(", "), REFINEMENTS.join(", ")),
        );
    }
    if origins.len() != 1 {
        return refuse(
            place,
            "a source without exactly one origin",
            format!("name one of {}", ORIGINS.join(", ")),
        );
    }
    let texts = ["posted", "item", "responses", "of", "when"];
    match texts
        .iter()
        .find(|name| source.get(name).is_some_and(|value| !value.is_string()))
    {
        Some(name) => refuse(
            place,
            format!("`{name}` is no text"),
            "write a JSON Pointer, or a parameter's name after `when`",
        ),
        None => Ok(()),
    }
}

fn known(source: &Value, name: &str, values: &[&str], place: &str) -> Result<(), Refusal> {
    match source.get(name) {
        Some(value) if !value.as_str().is_some_and(|value| values.contains(&value)) => refuse(
            place,
            format!("`{name}: {value}` is unknown"),
            format!("write one of {}", values.join(", ")),
        ),
        _ => Ok(()),
    }
}

/// The types that a source is for are types of the matrix.
fn types(document: &Value, names: &Value, place: &str) -> Result<(), Refusal> {
    if names.is_null() {
        return Ok(());
    }
    let rows = support::rows(document)?;
    let Some(names) = names.as_array() else {
        return refuse(place, "`for` is no list", "write `for: [Type]`");
    };
    match names
        .iter()
        .find(|name| rows.iter().all(|row| **name != row.body_value))
    {
        Some(name) => refuse(
            place,
            format!("`for: {name}` is in no row of the matrix"),
            "write body values of x-kaizala-support",
        ),
        None => Ok(()),
    }
}
