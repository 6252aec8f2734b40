//! The examples of bodies and parameters: if types differ, each has its own example with the name
//! of the type, so that readers can choose one, and examples that belong together have the same
//! name.

use serde_json::Value;

use super::{
    document::{items, members, name_of, resolve, schema},
    operations, parameters,
    refusal::{Refusal, refuse},
    support::Row,
    unions::Union,
};

/// A location with examples, and the object that has them.
type Owner<'d> = (String, &'d Value);

/// Checks the examples of all operations.
///
/// # Errors
/// A [`Refusal`] for a missing example, or one that does not belong to the others of its name.
pub fn check(document: &Value, unions: &[Union<'_>], rows: &[Row<'_>]) -> Result<(), Refusal> {
    for operation in operations::find(document)? {
        let mut together: Vec<Owner<'_>> = Vec::new();
        for (place, parameter) in parameters::of(document, &operation)? {
            has_one(parameter, &place)?;
            for (name, example) in members(&parameter["examples"]) {
                let row = rows.iter().find(|row| row.body_value == name);
                if row.and_then(|row| row.id) != example["value"].as_str() {
                    let help = "name it by the value in bodies of the row that has this id";
                    return refuse(format!("{place}/examples/{name}"), "not of this type", help);
                }
            }
            together.push((place, parameter));
        }
        if let Some(content) = content(&operation.value["requestBody"]) {
            let place = format!("{}/requestBody/{CONTENT}", operation.place);
            has_one(content, &place)?;
            alternatives(document, content, unions, &place)?;
            together.push((place, content));
        }
        for (status, response) in members(&operation.value["responses"]) {
            let stated = format!("{}/responses/{status}", operation.place);
            let resolved = resolve(document, response, &stated)?;
            let place = response["$ref"].as_str().unwrap_or(&stated);
            if let Some(content) = content(resolved) {
                let place = format!("{place}/{CONTENT}");
                has_one(content, &place)?;
                if status.starts_with('2') {
                    together.push((place, content));
                }
            }
        }
        belong_together(
            together
                .iter()
                .filter(|(_, it)| it.get("examples").is_some()),
            unions,
        )?;
    }
    Ok(())
}

const CONTENT: &str = "content/application~1json";

fn content(owner: &Value) -> Option<&Value> {
    owner["content"].get("application/json")
}

fn has_one(owner: &Value, place: &str) -> Result<(), Refusal> {
    if owner.get("example").is_some() == owner.get("examples").is_some() {
        let help = "write `example`, or `examples` by the names of the types";
        return refuse(place, "not one of `example` and `examples`", help);
    }
    Ok(())
}

/// Checks that the examples of a union are those of its alternatives.
fn alternatives(
    document: &Value,
    content: &Value,
    unions: &[Union<'_>],
    place: &str,
) -> Result<(), Refusal> {
    let name = content["schema"]["$ref"].as_str().map(name_of);
    let Some(union) = unions.iter().find(|union| Some(union.name) == name) else {
        return Ok(());
    };
    let stated = &content["examples"];
    let place = format!("{place}/examples");
    let tagged = union.alternatives.iter().map(|it| (it.value, it.schema));
    for (name, alternative) in tagged {
        if stated[name]["value"] != schema(document, alternative)["example"] {
            return refuse(
                place,
                format!("`{name}` is not the example of `{alternative}`"),
                format!("write `{name}: {{ value: … }}` with the example that the schema has"),
            );
        }
    }
    let known: Vec<_> = union
        .schemas()
        .map(|it| &schema(document, it)["example"])
        .collect();
    let mut others = members(stated);
    match others.find(|(_, example)| !known.contains(&&example["value"])) {
        Some((name, _)) => refuse(
            place,
            format!("`{name}` is the example of no alternative"),
            "write the example that its schema has",
        ),
        None if members(stated).count() < known.len() => refuse(
            place,
            "fewer examples than alternatives",
            "write one of each alternative, by the name of its type",
        ),
        None => Ok(()),
    }
}

/// Checks that the request and the answer of an operation have examples of the same names.
fn belong_together<'o, 'd: 'o>(
    owners: impl Iterator<Item = &'o Owner<'d>>,
    unions: &[Union<'_>],
) -> Result<(), Refusal> {
    let mut first: Option<(String, Vec<&String>)> = None;
    for (place, owner) in owners {
        let place = format!("{place}/examples");
        let own: Vec<_> = members(&owner["examples"]).map(|(name, _)| name).collect();
        let (other, expected) = first.get_or_insert_with(|| (place.clone(), own.clone()));
        if own != *expected {
            return refuse(
                place,
                format!("examples of other names than at {other}"),
                "give what belongs together the same name, in the same order",
            );
        }
        for (name, example) in members(&owner["examples"]) {
            let value = &example["value"];
            let listed = members(value).flat_map(|(member, _)| items(value, member));
            for item in listed {
                let tags = unions.iter().filter_map(|union| item[union.tag].as_str());
                if tags.into_iter().any(|tag| tag != name) {
                    let help = "list actions of the type that the example is named by";
                    return refuse(format!("{place}/{name}"), "an action of another type", help);
                }
            }
        }
    }
    Ok(())
}
