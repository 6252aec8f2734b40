//! What the document may say of where a member of an answer comes from (`x-kaizala-from`, read by
//! `src/sandbox/answers`).

use serde_json::{Map, Value};

use super::{Refusal, support};

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
        let Some(members) = source.as_object() else {
            return Err(Refusal::new(
                place,
                "a source that is no object",
                "write it as in `{ posted: /actionBody/title }`",
            ));
        };
        origin(members, &place)?;
        known(members, "as", FORMS, &place)?;
        known(members, "kept", KEPT, &place)?;
        types(document, &source["for"], &place)?;
    }
    Ok(())
}

fn origin(members: &Map<String, Value>, place: &str) -> Result<(), Refusal> {
    let count = members
        .keys()
        .filter(|name| ORIGINS.contains(&name.as_str()))
        .count();
    let foreign = members
        .keys()
        .find(|name| !ORIGINS.contains(&name.as_str()) && !REFINEMENTS.contains(&name.as_str()));
    if let Some(name) = foreign {
        let cure = format!("use {} and {}", ORIGINS.join(", "), REFINEMENTS.join(", "));
        return Err(Refusal::new(
            place,
            format!("a source with an unknown `{name}`"),
            cure,
        ));
    }
    if count != 1 {
        return Err(Refusal::new(
            place,
            "a source without exactly one origin",
            format!("name one of {}", ORIGINS.join(", ")),
        ));
    }
    let texts = ["posted", "item", "responses", "of", "when"];
    match texts
        .iter()
        .find(|name| members.get(**name).is_some_and(|value| !value.is_string()))
    {
        Some(name) => Err(Refusal::new(
            place,
            format!("`{name}` is no text"),
            "write a JSON Pointer, or a parameter's name after `when`",
        )),
        None => Ok(()),
    }
}

fn known(
    members: &Map<String, Value>,
    name: &str,
    values: &[&str],
    place: &str,
) -> Result<(), Refusal> {
    match members.get(name) {
        Some(value) if !value.as_str().is_some_and(|value| values.contains(&value)) => {
            Err(Refusal::new(
                place,
                format!("`{name}: {value}` is unknown"),
                format!("write one of {}", values.join(", ")),
            ))
        }
        _ => Ok(()),
    }
}

/// The types that a source is for are types of the matrix.
fn types(document: &Value, names: &Value, place: &str) -> Result<(), Refusal> {
    if names.is_null() {
        return Ok(());
    }
    let rows = support::rows(document)?;
    let names = names
        .as_array()
        .ok_or_else(|| Refusal::new(place, "`for` is no list", "write `for: [Type]`"))?;
    match names
        .iter()
        .find(|name| rows.iter().all(|row| **name != row.body_value))
    {
        Some(name) => Err(Refusal::new(
            place,
            format!("`for: {name}` is in no row of the matrix"),
            "write body values of x-kaizala-support",
        )),
        None => Ok(()),
    }
}
