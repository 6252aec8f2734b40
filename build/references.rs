//! References: each leads to a component, each component is referred to, and no schema is
//! recursive.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    document::{escape, members, name_of, parts, resolve, schemas},
    refusal::{Refusal, refuse},
};

/// The components that must be referred to.
const FOLDERS: &[&str] = &["parameters", "responses", "schemas"];

/// Checks where references lead.
///
/// # Errors
/// A [`Refusal`] for one that leads nowhere, or in a circle.
pub fn check(document: &Value) -> Result<(), Refusal> {
    follow(document, document, "#", &mut BTreeSet::new())?;
    for name in schemas(document)?.keys() {
        circle(document, name, &mut vec![name])?;
    }
    Ok(())
}

/// Checks that each component is referred to.
///
/// # Errors
/// A [`Refusal`] for the first unused one.
pub fn used(document: &Value) -> Result<(), Refusal> {
    let mut found = BTreeSet::new();
    follow(document, document, "#", &mut found)?;
    for folder in FOLDERS {
        for (name, _) in members(&document["components"][folder]) {
            let place = format!("#/components/{folder}/{}", escape(name));
            if !found.contains(place.as_str()) {
                return refuse(
                    place,
                    format!("nothing refers to `{name}`"),
                    "refer to it, or remove it",
                );
            }
        }
    }
    Ok(())
}

/// Collects the references below a value.
fn follow<'d>(
    document: &'d Value,
    value: &'d Value,
    place: &str,
    found: &mut BTreeSet<&'d str>,
) -> Result<(), Refusal> {
    if let Some(reference) = value["$ref"].as_str() {
        resolve(document, value, place)?;
        found.insert(reference);
    }
    let items = value.as_array().into_iter().flatten().enumerate();
    for (index, item) in items {
        follow(document, item, &format!("{place}/{index}"), found)?;
    }
    // The content of an example is data.
    let inner = members(value).filter(|(name, it)| {
        !matches!(name.as_str(), "example" | "examples")
            || place.ends_with("/properties") && it.is_object()
    });
    for (name, inner) in inner {
        follow(document, inner, &format!("{place}/{}", escape(name)), found)?;
    }
    Ok(())
}

/// Refuses a schema that occurs again below itself.
fn circle<'d>(
    document: &'d Value,
    name: &'d str,
    around: &mut Vec<&'d str>,
) -> Result<(), Refusal> {
    let mut next = Vec::new();
    let Some(schema) = schemas(document)?.get(name) else {
        return Ok(());
    };
    named(schema, &mut next);
    for inner in next {
        if around.contains(&inner) {
            return refuse(
                format!("#/components/schemas/{inner}"),
                "a schema that contains itself",
                "the linter requires bodies of bounded depth",
            );
        }
        around.push(inner);
        circle(document, inner, around)?;
        around.pop();
    }
    Ok(())
}

/// The names of the schemas that a schema refers to.
pub fn named<'d>(schema: &'d Value, found: &mut Vec<&'d str>) {
    found.extend(schema["$ref"].as_str().map(name_of));
    parts(schema).for_each(|(_, part)| named(part, found));
}
