//! What the document must hold for the generators and the linter to be right about it. Each check
//! names the place and says what to do; `tests/it/refused_documents.rs` proves each.

use serde_json::Value;

use super::{
    answers, bodies,
    document::{items, members, parts, resolve, schema, schema_place, schemas, texts},
    questions,
    refusal::{Refusal, refuse},
    support::{self, Row},
    unions::Union,
};

/// The keywords that the linter, the generators and the published JSON Schemas understand. Another
/// one would be silently ignored by one of them.
const KEYWORDS: &[&str] = &[
    "type",
    "enum",
    "format",
    "pattern",
    "minimum",
    "maximum",
    "items",
    "properties",
    "required",
    "additionalProperties",
    "oneOf",
    "not",
    "discriminator",
    "description",
    "example",
    "title",
    "$ref",
];

/// The extensions that schemas may carry; `openapi/README.md` describes them.
const EXTENSIONS: &[&str] = &[
    "x-kaizala-matrix",
    "x-kaizala-open",
    "x-kaizala-action-type",
    "x-kaizala-unit",
    "x-kaizala-checks",
    "x-kaizala-answers",
    "x-kaizala-from",
    "x-kaizala-personal",
    "x-kaizala-sandbox",
    "x-kaizala-source",
    "x-kaizala-decision",
];

/// Checks the whole document.
///
/// # Errors
/// A [`Refusal`] for the first thing that the generators or the linter would be wrong about.
pub fn run(document: &Value, unions: &[Union<'_>]) -> Result<(), Refusal> {
    version(document)?;
    let rows = support::rows(document)?;
    support::translations(document, &rows)?;
    support::claims(document)?;
    for (name, schema) in schemas(document)? {
        check(document, unions, schema, &schema_place(name))?;
        id_column(name, schema, &rows)?;
    }
    for union in unions {
        column(union, &rows)?;
        mapping(document, union)?;
    }
    questions::answers(document)?;
    recognition(document)
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

/// A schema is what all readers understand, all the way down.
fn check(
    document: &Value,
    unions: &[Union<'_>],
    schema: &Value,
    place: &str,
) -> Result<(), Refusal> {
    let Some(members) = schema.as_object() else {
        return refuse(place, "a schema that is no object", "write a Schema Object");
    };
    if members.contains_key("$ref") {
        resolve(document, schema, place)?;
        return if members.len() == 1 {
            Ok(())
        } else {
            refuse(
                place,
                "members beside `$ref`",
                "OpenAPI 3.0 ignores them: move them into the target",
            )
        };
    }
    keywords(schema, place)?;
    required(schema, place)?;
    answers::sources(document, schema, place)?;
    for (name, part) in parts(schema) {
        check(document, unions, part, &format!("{place}/{name}"))?;
    }
    if unions.iter().any(|union| union.place() == place) {
        return Ok(());
    }
    choice(document, schema, place)
}

/// The alternatives of a `oneOf` that is no union of tagged objects differ in their JSON type.
fn choice(document: &Value, schema: &Value, place: &str) -> Result<(), Refusal> {
    let mut types = Vec::new();
    for (index, alternative) in items(schema, "oneOf").enumerate() {
        let place = format!("{place}/oneOf/{index}");
        let name = match resolve(document, alternative, &place)?["type"].as_str() {
            Some("integer") => "number",
            other => other.unwrap_or("any type"),
        };
        if name == "any type" || types.contains(&name) {
            return refuse(
                place,
                format!("an alternative of {name} that no reader can tell from the others"),
                "let the JSON type tell, or give the `oneOf` a name and its alternatives a tag",
            );
        }
        types.push(name);
    }
    Ok(())
}

fn keywords(schema: &Value, place: &str) -> Result<(), Refusal> {
    for (keyword, value) in members(schema) {
        let place = format!("{place}/{keyword}");
        if keyword == "properties" && members(value).count() > 128 {
            let help = "split it: the linter keeps which are there as bits (src/lint/plan.rs)";
            return refuse(place, "an object with more than 128 members", help);
        }
        if keyword == "default" {
            return refuse(
                place,
                "a default on a body member",
                "say the default in the description: generated clients would send it",
            );
        }
        if !KEYWORDS.contains(&keyword.as_str()) && !EXTENSIONS.contains(&keyword.as_str()) {
            return refuse(
                place,
                format!("unknown keyword `{keyword}`"),
                "use one that the linter knows, or teach it this one first \
                 (build/checks.rs, src/lint)",
            );
        }
    }
    if let Some(other) = schema
        .get("x-kaizala-personal")
        .filter(|kind| **kind != "phone")
    {
        return refuse(
            format!("{place}/x-kaizala-personal"),
            format!("`{other}` is unknown"),
            "write `phone`: reports mask nothing else",
        );
    }
    match schema["pattern"].as_str() {
        Some(pattern) if !(pattern.starts_with('^') && pattern.ends_with('$')) => refuse(
            format!("{place}/pattern"),
            "a pattern without anchors",
            "write `^...$`: a pattern is searched for, not matched",
        ),
        _ => Ok(()),
    }
}

/// What is required is declared.
fn required(schema: &Value, place: &str) -> Result<(), Refusal> {
    match texts(schema, "required").find(|name| schema["properties"].get(name).is_none()) {
        Some(name) => refuse(
            format!("{place}/required"),
            format!("`{name}` is required and not declared"),
            "declare it, or do not require it",
        ),
        None => Ok(()),
    }
}

/// An enum of ids that says it is a column of the matrix is exactly that column.
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

/// The tags of a union that says it is a column of the matrix are exactly that column; any other's
/// are rows of it.
fn column(union: &Union<'_>, rows: &[Row<'_>]) -> Result<(), Refusal> {
    let place = format!("{}/oneOf", union.place());
    let tags: Vec<_> = union.tags().collect();
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

/// A union whose alternatives all have the tag has a discriminator, and its mapping is whole.
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

/// Every kind of body is recognised by some row, and no row names another.
fn recognition(document: &Value) -> Result<(), Refusal> {
    let bodies = bodies::find(document)?;
    let place = "#/x-kaizala-recognition";
    let rows = || items(document, "x-kaizala-recognition");
    for (index, row) in rows().enumerate() {
        let kind = row["body"].as_str().unwrap_or_default();
        if bodies.iter().all(|body| body.kind != kind) {
            return refuse(
                format!("{place}/{index}/body"),
                format!("`{kind}` is no body of an operation"),
                "write OPERATION.DIRECTION",
            );
        }
        let is_pointer = |value: &Value| value.as_str().is_some_and(|text| text.starts_with('/'));
        let is_all_of = |value: &Value| {
            let pointers = value.as_array();
            pointers.is_some_and(|list| !list.is_empty() && list.iter().all(is_pointer))
        };
        let lists = row["anyOf"].as_array();
        if !lists.is_some_and(|lists| lists.iter().all(is_all_of)) {
            return refuse(
                format!("{place}/{index}/anyOf"),
                "no way to recognise a body",
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
