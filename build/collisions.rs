//! Names that code generators for other languages would use twice. Most of them put the components
//! of all folders into one namespace, together with the types that they name after operations.

use serde_json::Value;

use super::{
    document::{escape, members},
    operations,
    refusal::{Refusal, refuse},
};

/// The suffixes of types that are named after operations: orval, ogen and others add one of these.
const SUFFIXES: &[&str] = &[
    "", "Body", "Error", "Params", "Request", "Response", "Result",
];

/// Checks the names of components and operations.
///
/// # Errors
/// A [`Refusal`] for a name that a generator would use twice.
pub fn check(document: &Value) -> Result<(), Refusal> {
    let operations = operations::find(document)?;
    let made = |name: &str| {
        let ids = operations.iter().map(|operation| operation.id);
        let mut names =
            ids.flat_map(|id| SUFFIXES.iter().map(move |end| (id, format!("{id}{end}"))));
        names.find(|(id, made)| *id != name && made.eq_ignore_ascii_case(name))
    };
    for operation in &operations {
        if let Some((id, name)) = made(operation.id) {
            let place = format!("{}/operationId", operation.place);
            return clash(
                place,
                operation.id,
                &format!("what generators make for `{id}`"),
                &name,
            );
        }
    }
    let mut before: Vec<(&str, &str)> = Vec::new();
    for (folder, components) in members(&document["components"]) {
        for (name, _) in members(components) {
            let place = format!("#/components/{folder}/{}", escape(name));
            if let Some((id, made)) = made(name) {
                return clash(
                    place,
                    name,
                    &format!("what generators make for `{id}`"),
                    &made,
                );
            }
            let is_same = |(_, other): &&(&str, &str)| other.eq_ignore_ascii_case(name);
            if let Some((other, same)) = before.iter().find(is_same) {
                return clash(place, name, &format!("a component of {other}"), same);
            }
            before.push((folder, name));
        }
    }
    Ok(())
}

fn clash(place: String, name: &str, what: &str, other: &str) -> Result<(), Refusal> {
    refuse(
        place,
        format!("`{name}` is also the name of {what}, `{other}`"),
        "rename one: generators make types of one namespace of both",
    )
}
