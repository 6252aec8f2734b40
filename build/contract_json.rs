//! The contract as data for the linter (`contract.json`): each schema that a body or a union
//! alternative starts with, as a whole, with references resolved. Unions remain names, since the
//! linter follows the tag itself.

use serde_json::{Map, Value, json};

use super::{
    bodies,
    document::{
        change_parts, items, members, name_of, operation_place, parts, resolve, schema_place,
        schemas,
    },
    paths, questions,
    refusal::{Refusal, refuse},
    unions::Union,
};

/// Keywords that the linter does not need.
const DROPPED: &[&str] = &[
    "x-kaizala-source",
    "x-kaizala-decision",
    "x-kaizala-answers",
    "x-kaizala-personal",
    "discriminator",
];

/// The methods that a path item can have; its other members are not operations.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Deeper than any body; only a recursive schema gets there.
const MOST_LEVELS: usize = 32;

/// The contract as JSON text.
///
/// # Errors
/// A [`Refusal`] for a reference that leads nowhere or to itself.
pub fn render(document: &Value, unions: &[Union<'_>]) -> Result<String, Refusal> {
    let inliner = Inliner { document, unions };
    let mut whole = Map::new();
    for body in bodies::find(document)? {
        whole.insert(body.schema.to_owned(), inliner.named(body.schema, 0)?);
    }
    let mut table = Map::new();
    for union in unions {
        for schema in union.schemas() {
            whole.insert(schema.to_owned(), inliner.named(schema, 0)?);
        }
        let alternatives = || union.alternatives.iter();
        let tagged: Vec<_> = alternatives().map(|it| &whole[it.schema]).collect();
        let envelope = format!("{}.envelope", union.name);
        whole.insert(envelope.clone(), shared(union, &tagged));
        let alternatives: Map<_, _> = alternatives()
            .map(|it| (it.value.to_owned(), it.schema.into()))
            .collect();
        let bare = union.bare.as_ref();
        let bare = bare.map(|bare| json!({"selector": bare.selector, "schema": bare.schema}));
        table.insert(
            union.name.to_owned(),
            json!({
                "tag": union.tag, "alternatives": alternatives, "bare": bare, "envelope": envelope,
                "open": union.open, "column": union.column,
            }),
        );
    }
    let mut answers = Map::new();
    for (question, answer) in questions::answers(document)? {
        let place = "#/components/schemas";
        answers.insert(question.to_owned(), inliner.schema(answer, place, 0)?);
    }
    let contract = json!({
        "schemas": whole,
        "unions": table,
        "answers": answers,
        "recognition": document["x-kaizala-recognition"],
        "base": document["servers"][0]["url"].as_str().and_then(paths::base),
        "tokenHeader": token_header(document)?,
        "operations": inliner.operations()?,
    });
    Ok(contract.to_string())
}

/// The header for the access token of every operation.
fn token_header(document: &Value) -> Result<&str, Refusal> {
    let place = "#/security/0";
    let Some((scheme, _)) = members(&document["security"][0]).next() else {
        return refuse(
            place,
            "no security scheme",
            "name one of components/securitySchemes",
        );
    };
    let scheme = &document["components"]["securitySchemes"][scheme];
    match scheme["name"].as_str() {
        Some(name) if scheme["type"] == "apiKey" && scheme["in"] == "header" => Ok(name),
        _ => refuse(
            place,
            "no key in a header",
            "the linter and the sandbox only know `type: apiKey` with `in: header`",
        ),
    }
}

/// Replaces references by the schemas that they refer to.
struct Inliner<'d> {
    document: &'d Value,
    unions: &'d [Union<'d>],
}

impl Inliner<'_> {
    /// The operations with everything that an exchange is checked for, in the order of the paths.
    fn operations(&self) -> Result<Vec<Value>, Refusal> {
        let mut operations = Vec::new();
        for (path, item) in members(&self.document["paths"]) {
            for (method, operation) in
                members(item).filter(|(name, _)| METHODS.contains(&name.as_str()))
            {
                let place = operation_place(path, method);
                let parameters = [item, operation]
                    .into_iter()
                    .flat_map(|owner| items(owner, "parameters"))
                    .map(|parameter| self.parameter(parameter, &place))
                    .collect::<Result<Vec<_>, _>>()?;
                let mut responses = Map::new();
                for (status, response) in members(&operation["responses"]) {
                    responses.insert(status.clone(), self.response(response, &place)?);
                }
                operations.push(json!({
                    "id": operation["operationId"],
                    "method": method.to_ascii_uppercase(),
                    "path": path,
                    "parameters": parameters,
                    "request": self.content(&operation["requestBody"], &place)?,
                    "responses": responses,
                }));
            }
        }
        Ok(operations)
    }

    fn parameter(&self, parameter: &Value, place: &str) -> Result<Value, Refusal> {
        let parameter = resolve(self.document, parameter, place)?;
        Ok(json!({
            "name": parameter["name"],
            "in": parameter["in"],
            "required": parameter["required"] == true,
            "description": parameter["description"],
            "schema": self.schema(&parameter["schema"], place, 0)?,
        }))
    }

    fn response(&self, response: &Value, place: &str) -> Result<Value, Refusal> {
        let response = resolve(self.document, response, place)?;
        let mut headers = Vec::new();
        for (name, header) in members(&response["headers"]) {
            let header = resolve(self.document, header, place)?;
            headers.push(json!({
                "name": name,
                "description": header["description"],
                "schema": self.schema(&header["schema"], place, 0)?,
            }));
        }
        Ok(json!({"headers": headers, "content": self.content(response, place)?}))
    }

    /// The media types of a body, and whether it is required; null if none is declared.
    fn content(&self, owner: &Value, place: &str) -> Result<Value, Refusal> {
        let owner = resolve(self.document, owner, place)?;
        let media_types: Vec<_> = members(&owner["content"]).map(|(name, _)| name).collect();
        Ok(if media_types.is_empty() {
            Value::Null
        } else {
            json!({"mediaTypes": media_types, "required": owner["required"] == true})
        })
    }

    fn named(&self, name: &str, level: usize) -> Result<Value, Refusal> {
        if self.unions.iter().any(|union| union.name == name) {
            return Ok(json!({"x-kaizala-union": name}));
        }
        let place = schema_place(name);
        if level > MOST_LEVELS {
            return refuse(
                place,
                "a schema that contains itself",
                "the linter requires bodies of bounded depth",
            );
        }
        self.schema(&schemas(self.document)?[name], &place, level)
    }

    fn schema(&self, schema: &Value, place: &str, level: usize) -> Result<Value, Refusal> {
        if let Some(reference) = schema["$ref"].as_str() {
            resolve(self.document, schema, place)?;
            return self.named(name_of(reference), level + 1);
        }
        let mut whole = schema.clone();
        without(&mut whole, DROPPED);
        for (at, part) in parts(schema) {
            if let Some(inlined) = whole.pointer_mut(&format!("/{at}")) {
                *inlined = self.schema(part, place, level)?;
            }
        }
        Ok(whole)
    }
}

fn without(schema: &mut Value, keywords: &[&str]) {
    if let Some(members) = schema.as_object_mut() {
        members.retain(|keyword, _| !keywords.contains(&keyword.as_str()));
    }
}

/// What all tagged alternatives declare alike, for objects with an unknown tag.
fn shared(union: &Union<'_>, alternatives: &[&Value]) -> Value {
    let [first, rest @ ..] = alternatives else {
        return json!({"type": "object"});
    };
    let values: Vec<_> = union.tags().collect();
    let description = format!("The type of the action: {}.", values.join(", "));
    let mut properties = Map::new();
    properties.insert(
        union.tag.to_owned(),
        json!({"type": "string", "description": description}),
    );
    for (name, member) in members(&first["properties"]).filter(|(name, _)| *name != union.tag) {
        let all =
            |is: &dyn Fn(&Value) -> bool| rest.iter().all(|other| is(&other["properties"][name]));
        let constraints = undescribed(member);
        if all(&|other| undescribed(other) == constraints) {
            properties.insert(name.clone(), member.clone());
        } else if member["type"] == "object" && all(&|other| other["type"] == "object") {
            properties.insert(
                name.clone(),
                json!({"type": "object", "description": "A free object."}),
            );
        }
    }
    let is_required = |name: &Value| {
        rest.iter()
            .all(|it| items(it, "required").any(|n| n == name))
    };
    let mut required: Vec<_> = items(first, "required")
        .filter(|name| is_required(name))
        .collect();
    if let Some(bare) = &union.bare {
        properties.insert(bare.selector.to_owned(), json!({"type": "string"}));
        required.retain(|name| *name != union.tag);
    }
    let mut envelope = json!({"type": "object", "properties": properties, "required": required});
    let checks = &first["x-kaizala-checks"];
    if !checks.is_null() && rest.iter().all(|it| it["x-kaizala-checks"] == *checks) {
        envelope["x-kaizala-checks"] = checks.clone();
    }
    envelope
}

/// The parts of a schema that are about values, without descriptions and sources.
fn undescribed(schema: &Value) -> Value {
    let mut bare = schema.clone();
    without(&mut bare, &["description", "example", "x-kaizala-from"]);
    change_parts(&mut bare, |part| *part = undescribed(part));
    bare
}
