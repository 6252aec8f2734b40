//! What the document repeats must be the same each time. In OpenAPI 3.0 a reference has no description
//! next to it, and a schema with a name is one more type in generated clients, so the members that
//! several alternatives of a union have are written in each.

use serde_json::Value;

use super::{
    document::{escape, members, parts, schema, schema_place, schemas},
    refusal::{Refusal, refuse},
    unions::Union,
};

/// What differs from one alternative to another: the example, and what the sandbox answers from.
const OWN: &[&str] = &["example", "x-kaizala-from"];

/// Checks the members of unions and the patterns of formats.
///
/// # Errors
/// A [`Refusal`] for the first that differs from an earlier one.
pub fn check(document: &Value, unions: &[Union<'_>]) -> Result<(), Refusal> {
    for union in unions {
        alternatives(document, union)?;
    }
    let mut dates = None;
    for (name, schema) in schemas(document)? {
        patterns(schema, &schema_place(name), &mut dates)?;
    }
    Ok(())
}

fn alternatives(document: &Value, union: &Union<'_>) -> Result<(), Refusal> {
    let mut seen: Vec<(&str, &str, &Value)> = Vec::new();
    for name in union.schemas() {
        for (member, value) in members(&schema(document, name)["properties"]) {
            // The tag, and a body of its own.
            if member == union.tag || value.get("$ref").is_some() {
                continue;
            }
            match seen.iter().find(|(_, other, _)| other == member) {
                Some((first, _, other)) => {
                    same(other, value, first, member, &schema_place(name))?;
                }
                None => seen.push((name, member, value)),
            }
        }
    }
    Ok(())
}

fn same(one: &Value, other: &Value, first: &str, member: &str, place: &str) -> Result<(), Refusal> {
    let keywords = members(one).chain(members(other)).map(|(name, _)| name);
    let mut keywords = keywords.filter(|name| !OWN.contains(&name.as_str()));
    match keywords.find(|name| one.get(name.as_str()) != other.get(name.as_str())) {
        Some(keyword) => refuse(
            format!("{place}/properties/{}", escape(member)),
            format!("another `{keyword}` than `{member}` of `{first}` has"),
            "write the same in all alternatives of the union, or give the member another name",
        ),
        None => Ok(()),
    }
}

/// Checks that all dates have the same pattern.
fn patterns<'d>(
    schema: &'d Value,
    place: &str,
    dates: &mut Option<&'d str>,
) -> Result<(), Refusal> {
    if let Some(pattern) = schema["pattern"].as_str()
        && *dates.get_or_insert(pattern) != pattern
    {
        return refuse(
            format!("{place}/pattern"),
            "another pattern than that of the other dates",
            "write the same for all dates",
        );
    }
    for (name, part) in parts(schema) {
        patterns(part, &format!("{place}/{name}"), dates)?;
    }
    Ok(())
}
