//! What the document must hold for the generators and the linter to be right about it. Each check
//! names the place and the cure; `tests/refusals.rs` proves each.

use serde_json::{Map, Value};

use super::{
    Refusal, answers, document, questions,
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
    "x-kaizala-source",
    "x-kaizala-decision",
];

pub fn run(document: &Value, unions: &[Union<'_>]) -> Result<(), Refusal> {
    version(document)?;
    let rows = support::rows(document)?;
    support::names(document, &rows)?;
    let schemas = Schemas { document, unions };
    for (name, schema) in document::schemas(document)? {
        schemas.check(schema, &format!("#/components/schemas/{name}"))?;
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
        other => {
            let found = other.unwrap_or("none");
            Err(Refusal::new(
                "#/openapi",
                format!("version {found}"),
                "write OpenAPI 3.0: the Rust generator reads no other",
            ))
        }
    }
}

struct Schemas<'d> {
    document: &'d Value,
    unions: &'d [Union<'d>],
}

impl Schemas<'_> {
    /// What all readers understand, all the way down.
    fn check(&self, schema: &Value, place: &str) -> Result<(), Refusal> {
        let Some(members) = schema.as_object() else {
            return Err(Refusal::new(
                place,
                "a schema that is no object",
                "write a Schema Object",
            ));
        };
        if members.contains_key("$ref") {
            document::resolve(self.document, schema, place)?;
            return if members.len() == 1 {
                Ok(())
            } else {
                Err(Refusal::new(
                    place,
                    "members beside `$ref`",
                    "OpenAPI 3.0 ignores them: move them into the target",
                ))
            };
        }
        keywords(members, place)?;
        required(members, place)?;
        answers::sources(self.document, schema, place)?;
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            self.check(member, &format!("{place}/properties/{}", escape(name)))?;
        }
        for (index, alternative) in schema["oneOf"].as_array().into_iter().flatten().enumerate() {
            self.check(alternative, &format!("{place}/oneOf/{index}"))?;
        }
        if self.unions.iter().all(|union| union.place() != place) {
            self.choice(schema, place)?;
        }
        for part in ["items", "not", "additionalProperties"] {
            match schema.get(part) {
                Some(Value::Bool(_)) if part == "additionalProperties" => {}
                Some(inner) => self.check(inner, &format!("{place}/{part}"))?,
                None => {}
            }
        }
        Ok(())
    }

    /// The alternatives of a `oneOf` that is no union of tagged objects differ in their JSON type.
    fn choice(&self, schema: &Value, place: &str) -> Result<(), Refusal> {
        let mut types = Vec::new();
        for (index, alternative) in schema["oneOf"].as_array().into_iter().flatten().enumerate() {
            let place = format!("{place}/oneOf/{index}");
            let name = match document::resolve(self.document, alternative, &place)?["type"].as_str()
            {
                Some("integer") => "number",
                other => other.unwrap_or("any type"),
            };
            if name == "any type" || types.contains(&name) {
                let problem =
                    format!("an alternative of {name} that no reader can tell from the others");
                return Err(Refusal::new(
                    place,
                    problem,
                    "let the JSON type tell, or give the `oneOf` a name and its alternatives a tag",
                ));
            }
            types.push(name);
        }
        Ok(())
    }
}

fn keywords(members: &Map<String, Value>, place: &str) -> Result<(), Refusal> {
    for keyword in members.keys() {
        if keyword == "default" {
            let cure = "say the default in the description: generated clients would send it";
            return Err(Refusal::new(
                format!("{place}/default"),
                "a default on a body member",
                cure,
            ));
        }
        if !KEYWORDS.contains(&keyword.as_str()) && !EXTENSIONS.contains(&keyword.as_str()) {
            let cure = "use one that the linter knows, or teach it this one first (build/checks.rs, src/lint)";
            return Err(Refusal::new(
                format!("{place}/{keyword}"),
                format!("unknown keyword `{keyword}`"),
                cure,
            ));
        }
    }
    match members.get("pattern").and_then(Value::as_str) {
        Some(pattern) if !(pattern.starts_with('^') && pattern.ends_with('$')) => {
            let cure = "write `^...$`: a pattern is searched for, not matched";
            Err(Refusal::new(
                format!("{place}/pattern"),
                "a pattern without anchors",
                cure,
            ))
        }
        _ => Ok(()),
    }
}

/// What is required is declared.
fn required(members: &Map<String, Value>, place: &str) -> Result<(), Refusal> {
    for name in members
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        if members
            .get("properties")
            .and_then(|properties| properties.get(name))
            .is_none()
        {
            let cure = "declare it, or do not require it";
            return Err(Refusal::new(
                format!("{place}/required"),
                format!("`{name}` is required and not declared"),
                cure,
            ));
        }
    }
    Ok(())
}

/// An enum of ids that says it is a column of the matrix is exactly that column.
fn id_column(name: &str, schema: &Value, rows: &[Row<'_>]) -> Result<(), Refusal> {
    let (Some(column), Some(values)) = (
        schema["x-kaizala-matrix"].as_str(),
        schema["enum"].as_array(),
    ) else {
        return Ok(());
    };
    let place = format!("#/components/schemas/{name}/enum");
    let expected: Vec<_> = support::column(rows, column, &place)?
        .filter_map(|row| row.id)
        .collect();
    same(
        &values.iter().filter_map(Value::as_str).collect::<Vec<_>>(),
        &expected,
        column,
        place,
    )
}

/// The tags of a union that says it is a column of the matrix are exactly that column; any other's
/// are rows of it.
fn column(union: &Union<'_>, rows: &[Row<'_>]) -> Result<(), Refusal> {
    let place = format!("{}/oneOf", union.place());
    let tags: Vec<_> = union
        .alternatives
        .iter()
        .map(|alternative| alternative.value)
        .collect();
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
        Some(tag) => Err(Refusal::new(
            place,
            format!("`{tag}` is in no row of the matrix"),
            "add the row to x-kaizala-support",
        )),
        None => Ok(()),
    }
}

fn same(found: &[&str], expected: &[&str], column: &str, place: String) -> Result<(), Refusal> {
    if found == expected {
        return Ok(());
    }
    let method = column.to_ascii_uppercase();
    let (problem, cure) = if let Some(name) = expected.iter().find(|name| !found.contains(name)) {
        (
            format!("`{name}` is missing, and the matrix supports {method} of it"),
            "add it here or change its row in x-kaizala-support",
        )
    } else if let Some(name) = found.iter().find(|name| !expected.contains(name)) {
        (
            format!("`{name}` is here, and the matrix does not support {method} of it"),
            "remove it here or change its row in x-kaizala-support",
        )
    } else {
        (
            "another order than the matrix".to_owned(),
            "keep the order of x-kaizala-support",
        )
    };
    Err(Refusal::new(place, problem, cure))
}

/// A union whose alternatives all have the tag has a discriminator, and its mapping is whole.
fn mapping(document: &Value, union: &Union<'_>) -> Result<(), Refusal> {
    let schema = &document["components"]["schemas"][union.name];
    let place = format!("{}/discriminator", union.place());
    let Some(discriminator) = schema.get("discriminator") else {
        return if union.bare.is_some() {
            Ok(())
        } else {
            Err(Refusal::new(
                place,
                "no discriminator",
                format!("name `{}` in it and map every value", union.tag),
            ))
        };
    };
    if let Some(bare) = &union.bare {
        let problem = format!(
            "a discriminator, while `{}` has no `{}`",
            bare.schema, union.tag
        );
        return Err(Refusal::new(
            place,
            problem,
            "leave it out: generators refuse an alternative without the tag",
        ));
    }
    let empty = Map::new();
    let mapping = discriminator["mapping"].as_object().unwrap_or(&empty);
    let place = format!("{place}/mapping");
    for alternative in &union.alternatives {
        let target = format!("#/components/schemas/{}", alternative.schema);
        if mapping.get(alternative.value) != Some(&Value::String(target.clone())) {
            let problem = format!(
                "`{}` is not mapped to `{}`",
                alternative.value, alternative.schema
            );
            return Err(Refusal::new(
                place,
                problem,
                format!("write `{}: '{target}'`", alternative.value),
            ));
        }
    }
    match mapping.keys().find(|value| {
        union
            .alternatives
            .iter()
            .all(|alternative| alternative.value != value.as_str())
    }) {
        Some(value) => Err(Refusal::new(
            place,
            format!("`{value}` is mapped and has no alternative"),
            "remove it or add the alternative",
        )),
        None => Ok(()),
    }
}

/// Every kind of body is recognised by some row, and no row names another.
fn recognition(document: &Value) -> Result<(), Refusal> {
    let bodies = document::bodies(document)?;
    let place = "#/x-kaizala-recognition";
    let rows = document["x-kaizala-recognition"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    for (index, row) in rows.iter().enumerate() {
        let kind = row["body"].as_str().unwrap_or_default();
        if bodies.iter().all(|body| body.kind != kind) {
            let problem = format!("`{kind}` is no body of an operation");
            return Err(Refusal::new(
                format!("{place}/{index}/body"),
                problem,
                "write OPERATION.DIRECTION",
            ));
        }
        let is_pointer = |pointer: &Value| {
            pointer
                .as_str()
                .is_some_and(|pointer| pointer.starts_with('/'))
        };
        let is_all_of = |pointers: &Value| {
            pointers
                .as_array()
                .is_some_and(|list| !list.is_empty() && list.iter().all(is_pointer))
        };
        if !row["anyOf"]
            .as_array()
            .is_some_and(|lists| lists.iter().all(is_all_of))
        {
            let cure = "list lists of JSON Pointers, such as [[/actions]]";
            return Err(Refusal::new(
                format!("{place}/{index}/anyOf"),
                "no way to recognise a body",
                cure,
            ));
        }
    }
    match bodies
        .iter()
        .find(|body| rows.iter().all(|row| row["body"] != body.kind.as_str()))
    {
        Some(body) => Err(Refusal::new(
            place,
            format!("`{}` is never recognised", body.kind),
            "say by which members, in one more row",
        )),
        None => Ok(()),
    }
}

/// A name as a token of a JSON Pointer.
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
