//! The contract as data for the linter (`contract.json`): each schema that a body or a union
//! alternative starts with, whole, with references resolved, and unions left as names, since the
//! linter follows the tag itself.

use serde_json::{Map, Value, json};

use super::{Refusal, document, questions, unions::Union};

/// What the linter has no use for.
const DROPPED: &[&str] = &[
    "x-kaizala-source",
    "x-kaizala-decision",
    "x-kaizala-answers",
    "discriminator",
];

/// The contract as JSON text.
///
/// # Errors
/// A [`Refusal`] for a reference that leads nowhere or back to itself.
pub fn render(document: &Value, unions: &[Union<'_>]) -> Result<String, Refusal> {
    let lean = Lean { document, unions };
    let mut schemas = Map::new();
    for body in document::bodies(document)? {
        schemas.insert(body.schema.to_owned(), lean.named(body.schema, 0)?);
    }
    let mut table = Map::new();
    for union in unions {
        let mut alternatives = Map::new();
        let mut tagged = Vec::new();
        for alternative in &union.alternatives {
            let schema = lean.named(alternative.schema, 0)?;
            tagged.push(schema.clone());
            schemas.insert(alternative.schema.to_owned(), schema);
            alternatives.insert(alternative.value.to_owned(), alternative.schema.into());
        }
        if let Some(bare) = &union.bare {
            schemas.insert(bare.schema.to_owned(), lean.named(bare.schema, 0)?);
        }
        let envelope = format!("{}.envelope", union.name);
        schemas.insert(envelope.clone(), shared(union, &tagged));
        let bare = union
            .bare
            .as_ref()
            .map(|bare| json!({"selector": bare.selector, "schema": bare.schema}));
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
        answers.insert(
            question.to_owned(),
            lean.schema(answer, "#/components/schemas", 0)?,
        );
    }
    let contract = json!({
        "schemas": schemas,
        "unions": table,
        "answers": answers,
        "recognition": document["x-kaizala-recognition"],
        "base": base(document),
        "tokenHeader": token_header(document)?,
        "operations": lean.operations()?,
    });
    Ok(contract.to_string())
}

/// What the server's address ends in, as in `/v1` (D-25).
fn base(document: &Value) -> &str {
    let server = document["servers"][0]["url"].as_str().unwrap_or_default();
    server.rsplit_once('}').map_or(server, |(_, rest)| rest)
}

/// The header that every operation wants the access token in.
fn token_header(document: &Value) -> Result<&str, Refusal> {
    let scheme = document["security"][0]
        .as_object()
        .and_then(|scheme| scheme.keys().next());
    let place = "#/security/0";
    let Some(scheme) = scheme else {
        return Err(Refusal::new(
            place,
            "no security scheme",
            "name one of components/securitySchemes",
        ));
    };
    let scheme = &document["components"]["securitySchemes"][scheme];
    match scheme["name"].as_str() {
        Some(name) if scheme["type"] == "apiKey" && scheme["in"] == "header" => Ok(name),
        _ => Err(Refusal::new(
            place,
            "no key in a header",
            "the linter and the sandbox know `type: apiKey` with `in: header` alone",
        )),
    }
}

struct Lean<'d> {
    document: &'d Value,
    unions: &'d [Union<'d>],
}

/// The methods that a path item can have; its other members are none.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Deeper than any body; only a schema that contains itself gets there.
const MOST_LEVELS: usize = 32;

impl Lean<'_> {
    /// The operations with all that can be held against an exchange, in the order of the paths.
    fn operations(&self) -> Result<Vec<Value>, Refusal> {
        let mut operations = Vec::new();
        for (path, item) in self.document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(name, _)| METHODS.contains(&name.as_str()))
            {
                let place = format!("#/paths/{}/{method}", path.replace('/', "~1"));
                let parameters = [item, operation]
                    .into_iter()
                    .flat_map(|owner| owner["parameters"].as_array().into_iter().flatten());
                let parameters = parameters
                    .map(|parameter| self.parameter(parameter, &place))
                    .collect::<Result<Vec<_>, _>>()?;
                let mut responses = Map::new();
                for (status, response) in operation["responses"].as_object().into_iter().flatten() {
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
        let parameter = document::resolve(self.document, parameter, place)?;
        let schema = self.schema(&parameter["schema"], place, 0)?;
        Ok(json!({
            "name": parameter["name"], "in": parameter["in"], "required": parameter["required"] == true,
            "description": parameter["description"], "schema": schema,
        }))
    }

    fn response(&self, response: &Value, place: &str) -> Result<Value, Refusal> {
        let response = document::resolve(self.document, response, place)?;
        let mut headers = Vec::new();
        for (name, header) in response["headers"].as_object().into_iter().flatten() {
            let header = document::resolve(self.document, header, place)?;
            let schema = self.schema(&header["schema"], place, 0)?;
            headers.push(
                json!({"name": name, "description": header["description"], "schema": schema}),
            );
        }
        Ok(json!({"headers": headers, "content": self.content(response, place)?}))
    }

    /// The media types of a body, and whether there must be one; null where none is declared.
    fn content(&self, owner: &Value, place: &str) -> Result<Value, Refusal> {
        let owner = document::resolve(self.document, owner, place)?;
        let media_types: Vec<_> = owner["content"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
            .collect();
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
        let place = format!("#/components/schemas/{name}");
        if level > MOST_LEVELS {
            return Err(Refusal::new(
                place,
                "a schema that contains itself",
                "the linter wants bodies of bounded depth",
            ));
        }
        self.schema(&document::schemas(self.document)?[name], &place, level)
    }

    fn schema(&self, schema: &Value, place: &str, level: usize) -> Result<Value, Refusal> {
        if let Some(reference) = schema["$ref"].as_str() {
            document::resolve(self.document, schema, place)?;
            return self.named(document::name_of(reference), level + 1);
        }
        let mut lean = Map::new();
        for (keyword, value) in schema.as_object().into_iter().flatten() {
            let value = match keyword.as_str() {
                dropped if DROPPED.contains(&dropped) => continue,
                "properties" => self.members(value, place, level)?,
                "items" => self.schema(value, place, level)?,
                "oneOf" => {
                    let alternatives = value
                        .as_array()
                        .into_iter()
                        .flatten()
                        .map(|alternative| self.schema(alternative, place, level));
                    Value::Array(alternatives.collect::<Result<_, _>>()?)
                }
                _ => value.clone(),
            };
            lean.insert(keyword.clone(), value);
        }
        Ok(Value::Object(lean))
    }

    fn members(&self, properties: &Value, place: &str, level: usize) -> Result<Value, Refusal> {
        let mut members = Map::new();
        for (name, member) in properties.as_object().into_iter().flatten() {
            members.insert(name.clone(), self.schema(member, place, level)?);
        }
        Ok(Value::Object(members))
    }
}

/// What all tagged alternatives declare alike: how an object is judged whose tag names none of
/// them.
fn shared(union: &Union<'_>, alternatives: &[Value]) -> Value {
    let [first, rest @ ..] = alternatives else {
        return json!({"type": "object"});
    };
    let mut properties = Map::new();
    let values: Vec<_> = union
        .alternatives
        .iter()
        .map(|alternative| alternative.value)
        .collect();
    let description = format!("The type of the action: {}.", values.join(", "));
    properties.insert(
        union.tag.to_owned(),
        json!({"type": "string", "description": description}),
    );
    for (name, member) in first["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| *name != union.tag)
    {
        let others: Vec<_> = rest
            .iter()
            .map(|alternative| &alternative["properties"][name])
            .collect();
        if others
            .iter()
            .all(|other| undescribed(other) == undescribed(member))
        {
            properties.insert(name.clone(), member.clone());
        } else if member["type"] == "object" && others.iter().all(|other| other["type"] == "object")
        {
            properties.insert(
                name.clone(),
                json!({"type": "object", "description": "A free object."}),
            );
        }
    }
    let is_shared = |name: &Value| {
        alternatives.iter().all(|other| {
            other["required"]
                .as_array()
                .is_some_and(|names| names.contains(name))
        })
    };
    let mut required: Vec<_> = first["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|name| is_shared(name))
        .cloned()
        .collect();
    if let Some(bare) = &union.bare {
        properties.insert(bare.selector.to_owned(), json!({"type": "string"}));
        required.retain(|name| name != union.tag);
    }
    let mut envelope = json!({"type": "object", "properties": properties, "required": required});
    let checks = first.get("x-kaizala-checks").filter(|checks| {
        rest.iter()
            .all(|other| other.get("x-kaizala-checks") == Some(checks))
    });
    if let Some(checks) = checks {
        envelope["x-kaizala-checks"] = checks.clone();
    }
    envelope
}

/// What a schema says of values, without what it says to people and of where they come from.
fn undescribed(schema: &Value) -> Value {
    let Some(keywords) = schema.as_object() else {
        return schema.clone();
    };
    let told = |(keyword, value): (&String, &Value)| {
        let value = match keyword.as_str() {
            "description" | "example" | "x-kaizala-from" => return None,
            // Names of members, which may be any.
            "properties" => value
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, member)| (name.clone(), undescribed(member)))
                .collect(),
            "oneOf" => value
                .as_array()
                .into_iter()
                .flatten()
                .map(undescribed)
                .collect(),
            _ => undescribed(value),
        };
        Some((keyword.clone(), value))
    };
    keywords.iter().filter_map(told).collect()
}
