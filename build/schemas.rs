//! Schemas: all readers must agree on what each means, and required keywords must be present.

use serde_json::{Value, json};

use super::{
    answers,
    document::{items, members, parts, resolve, schema_place, schemas, texts},
    names,
    refusal::{Refusal, refuse},
    unions::Union,
    values,
};

/// The keywords that are allowed in any schema.
const COMMON: &[&str] = &[
    "type",
    "description",
    "example",
    "x-kaizala-checks",
    "x-kaizala-from",
    "x-kaizala-source",
    "x-kaizala-decision",
];

/// The keywords that are allowed in schemas of a kind; elsewhere some reader would silently ignore
/// them.
const KEYWORDS: &[(&str, &[&str])] = &[
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "x-kaizala-sandbox",
        ],
    ),
    ("array", &["items"]),
    (
        "string",
        &[
            "format",
            "pattern",
            "x-kaizala-personal",
            "x-kaizala-action-type",
        ],
    ),
    ("enum", &["enum", "x-kaizala-matrix", "x-kaizala-answers"]),
    (
        "integer",
        &["format", "minimum", "maximum", "x-kaizala-unit"],
    ),
    (
        "number",
        &["format", "minimum", "maximum", "x-kaizala-unit"],
    ),
    ("boolean", &[]),
    (
        "union",
        &[
            "oneOf",
            "discriminator",
            "x-kaizala-open",
            "x-kaizala-matrix",
        ],
    ),
    ("choice", &["oneOf"]),
    ("any value", &[]),
];

/// The required keywords of a kind: without them, a schema is empty or means different things to
/// different readers.
const NEEDED: &[(&str, &str)] = &[("object", "properties"), ("array", "items")];

/// The semantic rules in `src/lint/rules/`; `tests/it/refused_documents.rs` compares them.
pub const CHECKS: &[&str] = &[
    "answer-count",
    "answer-kind",
    "conflicting-duration",
    "date-question",
    "duration-spelling",
    "empty-list",
    "empty-package",
    "error-in-success",
    "instance-id",
    "invalid-date",
    "list-instead-of-details",
    "location-with-image",
    "many-subscribers",
    "missing-time",
    "options-required",
    "options-unused",
    "properties-on-survey",
    "property-type-number",
    "unknown-option",
];

/// The members that the sandbox adds to its answers.
const ADDED: &[&str] = &["findings"];

/// Checks all of them.
///
/// # Errors
/// A [`Refusal`] for the first schema that not every reader understands.
pub fn check(document: &Value, unions: &[Union<'_>]) -> Result<(), Refusal> {
    let schemas = schemas(document)?;
    for name in schemas.keys() {
        if !names::is_type(name) {
            return refuse(
                schema_place(name),
                format!("`{}` is not the name of its Rust type", name.escape_debug()),
                "write it in PascalCase, as Rust does, an abbreviation as `Pdf`",
            );
        }
    }
    names::distinct(schemas.keys().map(String::as_str), "#/components/schemas")?;
    for (name, schema) in schemas {
        let is_union = unions.iter().any(|union| union.name == name);
        let mut excluded = unions.iter().filter_map(|union| union.excluded_by(name));
        let mut schema = schema.clone();
        exclusion(&mut schema, excluded.next(), &schema_place(name))?;
        whole(document, &schema, is_union, &schema_place(name))?;
    }
    Ok(())
}

/// Checks that an alternative of a union excludes the member that selects the alternative without
/// the tag. Nothing else may be excluded: the linter only follows the tag.
fn exclusion(schema: &mut Value, member: Option<&str>, place: &str) -> Result<(), Refusal> {
    let Some(member) = member else { return Ok(()) };
    let wanted = json!({"required": [member], "properties": {member: {}}});
    let stated = schema
        .as_object_mut()
        .and_then(|members| members.shift_remove("not"));
    let stated = stated.map(|mut stated| {
        stated
            .as_object_mut()
            .and_then(|it| it.shift_remove("title"));
        stated
    });
    if stated == Some(wanted) {
        return Ok(());
    }
    refuse(
        place,
        format!("an alternative that does not exclude `{member}`"),
        format!(
            "write `not: {{ title: …, required: [{member}], properties: {{ {member}: {{}} }} }}`"
        ),
    )
}

/// Checks a schema and its parts.
fn whole(document: &Value, schema: &Value, is_union: bool, place: &str) -> Result<(), Refusal> {
    if schema.get("$ref").is_some() {
        return Ok(());
    }
    let kind = match schema["type"].as_str() {
        Some("string") if schema.get("enum").is_some() => "enum",
        Some(kind) => kind,
        None if is_union => "union",
        None if schema.get("oneOf").is_some() => "choice",
        None => "any value",
    };
    keywords(schema, kind, place)?;
    values::check(schema, place)?;
    object(schema, place)?;
    extensions(schema, place)?;
    answers::sources(document, schema, place)?;
    for (name, part) in parts(schema).filter(|(name, _)| is_documented(name)) {
        whole(document, part, false, &format!("{place}/{name}"))?;
    }
    if kind == "choice" {
        choice(document, schema, place)
    } else {
        Ok(())
    }
}

/// Excluded members and `additionalProperties` need no keywords.
fn is_documented(part: &str) -> bool {
    part != "not" && part != "additionalProperties"
}

fn keywords(schema: &Value, kind: &str, place: &str) -> Result<(), Refusal> {
    let of = |wanted: &str| KEYWORDS.iter().find(|(kind, _)| *kind == wanted);
    let (_, own) = of(kind).unwrap_or(&("", &[]));
    for (keyword, _) in members(schema) {
        if !COMMON.contains(&keyword.as_str()) && !own.contains(&keyword.as_str()) {
            let having = KEYWORDS
                .iter()
                .filter(|(_, keywords)| keywords.contains(&keyword.as_str()));
            let having: Vec<_> = having.map(|(kind, _)| *kind).collect();
            return refuse(
                format!("{place}/{keyword}"),
                format!("`{keyword}` means nothing in a schema of kind {kind}"),
                format!(
                    "remove it, or change the schema to one of kind {}",
                    having.join(" or ")
                ),
            );
        }
    }
    let needed = NEEDED.iter().filter(|(of, _)| *of == kind);
    match needed
        .map(|(_, keyword)| *keyword)
        .find(|keyword| schema.get(keyword).is_none())
    {
        Some(keyword) => refuse(
            place,
            format!("`{keyword}` is missing in a schema of kind {kind}"),
            format!("add `{keyword}`"),
        ),
        None => Ok(()),
    }
}

fn object(schema: &Value, place: &str) -> Result<(), Refusal> {
    let declared = || members(&schema["properties"]).map(|(name, _)| name.as_str());
    let properties = format!("{place}/properties");
    if declared().count() > 64 {
        let help = "split it: the linter keeps which are there as bits (src/lint/plan.rs)";
        return refuse(properties, "an object with more than 64 members", help);
    }
    names::distinct(declared(), &properties)?;
    match texts(schema, "required").find(|name| declared().all(|other| other != *name)) {
        Some(name) => refuse(
            format!("{place}/required"),
            format!("`{name}` is required and not declared"),
            "declare it, or do not require it",
        ),
        None => Ok(()),
    }
}

fn extensions(schema: &Value, place: &str) -> Result<(), Refusal> {
    for (name, known) in [("x-kaizala-checks", CHECKS), ("x-kaizala-sandbox", ADDED)] {
        if let Some(unknown) = texts(schema, name).find(|it| !known.contains(it)) {
            return refuse(
                format!("{place}/{name}"),
                format!("`{}` is unknown", unknown.escape_debug()),
                format!("write one of {}", known.join(", ")),
            );
        }
    }
    Ok(())
}

/// Checks that the alternatives of a `oneOf` that is not a union of tagged objects differ in their
/// JSON type.
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
                format!("an alternative of {name} that readers cannot distinguish from the others"),
                "use different JSON types, or give the `oneOf` a name and its alternatives a tag",
            );
        }
        types.push(name);
    }
    Ok(())
}
