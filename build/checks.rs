//! What the generators and the linter require of the document. Each check reports the place and
//! what to do; `tests/it/refused_documents.rs` tests each.

use serde_json::Value;

use super::{
    answers, bodies, collisions,
    document::{items, members, reaches, schema, schema_place, schemas as all_schemas, texts},
    examples, matrix_table, named, notes, openapi, paths, questions, references,
    refusal::{Refusal, refuse},
    repeats, schemas,
    support::{self, Row},
    unions::{self, Union},
};

/// Checks the whole document, each part before the code that relies on it.
///
/// # Errors
/// A [`Refusal`] for the first violation.
pub fn run<'d>(document: &'d Value, notes: &str) -> Result<Vec<Union<'d>>, Refusal> {
    version(document)?;
    openapi::check(document)?;
    references::check(document)?;
    collisions::check(document)?;
    let rows = support::rows(document)?;
    let unions = unions::find(document)?;
    for (name, schema) in all_schemas(document)? {
        id_column(name, schema, &rows)?;
    }
    for union in &unions {
        column(union, &rows)?;
        mapping(document, union)?;
    }
    paths::check(document)?;
    matrix_table::check(document, &rows)?;
    named::check(document)?;
    schemas::check(document, &unions)?;
    repeats::check(document, &unions)?;
    answers::only_in_answers(document)?;
    support::translations(document, &rows)?;
    support::claims(document, &rows)?;
    questions::answers(document)?;
    recognition(document)?;
    examples::check(document, &unions, &rows)?;
    notes::check(document, notes)?;
    references::used(document)?;
    Ok(unions)
}

fn version(document: &Value) -> Result<(), Refusal> {
    match document["openapi"].as_str() {
        Some(version) if version.starts_with("3.0.") => Ok(()),
        other => refuse(
            "#/openapi",
            format!("version {}", other.unwrap_or("none")),
            "write OpenAPI 3.0: the Rust generator reads no other",
        ),
    }
}

/// Checks that an enum of ids that claims to be a column of the matrix equals that column.
fn id_column(name: &str, schema: &Value, rows: &[Row<'_>]) -> Result<(), Refusal> {
    let Some(column) = schema["x-kaizala-matrix"]
        .as_str()
        .filter(|_| schema["enum"].is_array())
    else {
        return Ok(());
    };
    let place = format!("{}/enum", schema_place(name));
    let expected: Vec<_> = support::column(rows, column, &place)?
        .filter_map(|row| row.id)
        .collect();
    let found: Vec<_> = texts(schema, "enum").collect();
    same(&found, &expected, column, place)
}

/// Checks that the tags of a union that claims to be a column of the matrix equal that column;
/// those of any other union must be rows of the matrix.
fn column(union: &Union<'_>, rows: &[Row<'_>]) -> Result<(), Refusal> {
    let place = format!("{}/oneOf", union.place());
    let tags: Vec<_> = union.tags().collect();
    if tags.is_empty() {
        return refuse(
            place,
            "a union of nothing",
            "list its alternatives, each with a tag",
        );
    }
    if let Some(column) = union.column {
        let expected: Vec<_> = support::column(rows, column, &place)?
            .map(|row| row.body_value)
            .collect();
        return same(&tags, &expected, column, place);
    }
    match tags
        .iter()
        .find(|tag| rows.iter().all(|row| row.body_value != **tag))
    {
        Some(tag) => refuse(
            place,
            format!("`{tag}` is in no row of the matrix"),
            "add the row to x-kaizala-support",
        ),
        None => Ok(()),
    }
}

fn same(found: &[&str], expected: &[&str], column: &str, place: String) -> Result<(), Refusal> {
    if found == expected {
        return Ok(());
    }
    let method = column.to_ascii_uppercase();
    if let Some(name) = expected.iter().find(|name| !found.contains(name)) {
        refuse(
            place,
            format!("`{name}` is missing, and the matrix supports {method} of it"),
            "add it here or change its row in x-kaizala-support",
        )
    } else if let Some(name) = found.iter().find(|name| !expected.contains(name)) {
        refuse(
            place,
            format!("`{name}` is here, and the matrix does not support {method} of it"),
            "remove it here or change its row in x-kaizala-support",
        )
    } else {
        refuse(
            place,
            "another order than the matrix",
            "keep the order of x-kaizala-support",
        )
    }
}

/// Checks that a union whose alternatives all have the tag has a discriminator with a complete
/// mapping.
fn mapping(document: &Value, union: &Union<'_>) -> Result<(), Refusal> {
    let place = format!("{}/discriminator", union.place());
    let discriminator = schema(document, union.name).get("discriminator");
    let discriminator = match (discriminator, &union.bare) {
        (Some(discriminator), None) => discriminator,
        (None, Some(_)) => return Ok(()),
        (None, None) => {
            return refuse(
                place,
                "no discriminator",
                format!("name `{}` in it and map every value", union.tag),
            );
        }
        (Some(_), Some(bare)) => {
            let (bare, tag) = (bare.schema, union.tag);
            return refuse(
                place,
                format!("a discriminator, while `{bare}` has no `{tag}`"),
                "leave it out: generators refuse an alternative without the tag",
            );
        }
    };
    if discriminator["propertyName"] != *union.tag {
        let help = format!("write `propertyName: {}`", union.tag);
        return refuse(place, "another member than the tag", help);
    }
    let mapping = &discriminator["mapping"];
    let place = format!("{place}/mapping");
    for alternative in &union.alternatives {
        let (value, schema) = (alternative.value, alternative.schema);
        let target = schema_place(schema);
        if mapping[value] != *target {
            return refuse(
                place,
                format!("`{value}` is not mapped to `{schema}`"),
                format!("write `{value}: '{target}'`"),
            );
        }
    }
    match members(mapping).find(|(value, _)| union.tags().all(|tag| tag != *value)) {
        Some((value, _)) => refuse(
            place,
            format!("`{value}` is mapped and has no alternative"),
            "remove it or add the alternative",
        ),
        None => Ok(()),
    }
}

/// Checks that every kind of body is recognised by one row, and that no row names anything else.
fn recognition(document: &Value) -> Result<(), Refusal> {
    let bodies = bodies::find(document)?;
    let place = "#/x-kaizala-recognition";
    let rows = || items(document, "x-kaizala-recognition");
    for (index, row) in rows().enumerate() {
        let place = format!("{place}/{index}");
        let kind = row["body"].as_str().unwrap_or_default();
        let Some(body) = bodies.iter().find(|body| body.kind == kind) else {
            return refuse(
                format!("{place}/body"),
                format!("`{}` is not a body of an operation", kind.escape_debug()),
                "write OPERATION.DIRECTION",
            );
        };
        if rows().take(index).any(|other| other["body"] == kind) {
            let help = "list all ways in one row";
            return refuse(place, format!("a second row of `{kind}`"), help);
        }
        let pointers = items(row, "anyOf").flat_map(|all| all.as_array().into_iter().flatten());
        let schema = schema(document, body.schema);
        let mut pointers = pointers.filter_map(Value::as_str);
        let leads = |pointer: &str| !pointer.is_empty() && reaches(document, schema, pointer);
        if let Some(pointer) = pointers.find(|pointer| !leads(pointer)) {
            return refuse(
                format!("{place}/anyOf"),
                format!(
                    "`{}` leads to no member of `{kind}`",
                    pointer.escape_debug()
                ),
                "list lists of JSON Pointers, such as [[/actions]]",
            );
        }
    }
    match bodies
        .iter()
        .find(|body| rows().all(|row| row["body"] != *body.kind))
    {
        Some(body) => refuse(
            place,
            format!("`{}` is never recognised", body.kind),
            "say by which members, in one more row",
        ),
        None => Ok(()),
    }
}
