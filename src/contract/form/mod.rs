//! The OpenAPI document in the forms in which it is published.

mod walk;

use std::fmt;

use serde_json::{Value, json};

use super::document::document;
use walk::Kind;

/// A form of the OpenAPI document. All forms describe the same API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// OpenAPI 3.0, as it was written.
    #[default]
    OpenApi30,
    /// OpenAPI 3.1, whose schemas are those of JSON Schema 2020-12.
    OpenApi31,
    /// OpenAPI 3.0 with parameters and responses inlined, and with references to schemas only.
    Dereferenced,
    /// OpenAPI 3.0 without extensions: the members whose names begin with `x-`.
    Plain,
}

impl Form {
    /// All forms.
    pub const ALL: &[Self] = &[
        Self::OpenApi30,
        Self::OpenApi31,
        Self::Dereferenced,
        Self::Plain,
    ];

    /// Its name, as in `3.1`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenApi30 => "3.0",
            Self::OpenApi31 => "3.1",
            Self::Dereferenced => "dereferenced",
            Self::Plain => "plain",
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The OpenAPI document in a form.
///
/// ```
/// use kaizala_actions::contract::{self, Form};
///
/// assert_eq!(contract::document_in(Form::OpenApi31)["openapi"], "3.1.0");
/// ```
#[must_use]
pub fn document_in(form: Form) -> Value {
    let mut document = document();
    match form {
        Form::OpenApi30 => {}
        Form::OpenApi31 => upgrade(&mut document),
        Form::Dereferenced => dereference(&mut document),
        Form::Plain => walk::each(&mut document, &mut |_, object| {
            if let Some(object) = object.as_object_mut() {
                object.retain(|name, _| !name.starts_with("x-"));
            }
        }),
    }
    document
}

/// The default dialect of the schemas in OpenAPI 3.1.
const DIALECT: &str = "https://spec.openapis.org/oas/3.1/dialect/base";

/// Converts OpenAPI 3.0 to 3.1. The build refuses what the two read differently (`nullable`,
/// boolean exclusive bounds), so nothing else has to change.
fn upgrade(document: &mut Value) {
    document["openapi"] = "3.1.0".into();
    if let Some(members) = document.as_object_mut() {
        let after_info = members.keys().position(|name| name == "info");
        let at = after_info.map_or(members.len(), |at| at + 1);
        members.shift_insert(at, "jsonSchemaDialect".to_owned(), DIALECT.into());
    }
    walk::each(document, &mut |kind, schema| {
        if kind == Kind::Schema
            && let Some(keywords) = schema.as_object_mut()
        {
            let said = std::mem::take(keywords);
            keywords.extend(said.into_iter().map(upgraded));
        }
    });
}

/// A keyword of a schema, as 2020-12 writes it.
fn upgraded((keyword, value): (String, Value)) -> (String, Value) {
    match (keyword.as_str(), value) {
        ("example", value) => ("examples".to_owned(), json!([value])),
        ("enum", Value::Array(mut values)) if values.len() == 1 => {
            ("const".to_owned(), values.remove(0))
        }
        (_, value) => (keyword, value),
    }
}

/// The prefix of a reference to a schema.
const SCHEMAS: &str = "#/components/schemas/";

/// The components that are not referred to by `$ref`, or that keep their references.
const KEPT: [&str; 2] = ["schemas", "securitySchemes"];

fn dereference(document: &mut Value) {
    let whole = document.clone();
    if let Some(components) = document["components"].as_object_mut() {
        components.retain(|name, _| KEPT.contains(&name.as_str()));
    }
    walk::each(document, &mut |_, object| {
        let reference = object["$ref"].as_str();
        let pointer = reference.filter(|reference| !reference.starts_with(SCHEMAS));
        let target = pointer
            .and_then(|reference| reference.strip_prefix('#'))
            .and_then(|pointer| whole.pointer(pointer));
        if let Some(target) = target {
            *object = target.clone();
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::*;

    /// Calls `visit` with each place of a value.
    fn places(value: &Value, place: &str, found: &mut Vec<(String, Value)>) {
        found.push((place.to_owned(), value.clone()));
        let none = Map::new();
        for (name, member) in value.as_object().unwrap_or(&none) {
            places(member, &format!("{place}/{name}"), found);
        }
        for (at, item) in value.as_array().into_iter().flatten().enumerate() {
            places(item, &format!("{place}/{at}"), found);
        }
    }

    fn all(form: Form) -> Vec<(String, Value)> {
        let mut found = Vec::new();
        places(&document_in(form), "", &mut found);
        found
    }

    #[test]
    fn the_plain_form_lacks_the_extensions_and_nothing_else() {
        let written = all(Form::OpenApi30);
        let plain = all(Form::Plain);
        let is_extension = |place: &str| place.contains("/x-");
        assert!(plain.iter().all(|(place, _)| !is_extension(place)));
        let expected = written.iter().filter(|(place, _)| !is_extension(place));
        assert_eq!(expected.count(), plain.len());
        assert!(written.len() > plain.len() + 400);
    }

    #[test]
    fn the_dereferenced_form_refers_to_schemas_alone() {
        let references = |form| -> Vec<_> {
            let all = all(form).into_iter();
            let named = all.filter(|(place, _)| place.ends_with("/$ref"));
            named
                .map(|(_, value)| value.as_str().unwrap().to_owned())
                .collect()
        };
        assert!(
            references(Form::OpenApi30)
                .iter()
                .any(|to| !to.starts_with(SCHEMAS))
        );
        let kept = references(Form::Dereferenced);
        assert!(!kept.is_empty() && kept.iter().all(|to| to.starts_with(SCHEMAS)));
        let document = document_in(Form::Dereferenced);
        for path in document["paths"].as_object().unwrap().values() {
            for (method, operation) in path.as_object().unwrap() {
                let responses = operation["responses"].as_object();
                for (status, response) in responses.into_iter().flatten() {
                    assert!(response["description"].is_string(), "{method} {status}");
                }
            }
        }
    }

    #[test]
    fn in_3_1_no_schema_has_what_2020_12_lacks_and_examples_stay_as_they_are() {
        let mut document = document_in(Form::OpenApi31);
        let mut seen = 0;
        walk::each(&mut document, &mut |kind, object| {
            if kind == Kind::Schema {
                seen += 1;
                for keyword in ["example", "nullable"] {
                    assert!(object.get(keyword).is_none(), "{object}");
                }
                assert!(
                    object["enum"]
                        .as_array()
                        .is_none_or(|values| values.len() > 1)
                );
            }
        });
        assert!(seen > 300, "only {seen} schemas were seen");
        let examples = |form| -> Vec<_> {
            let all = all(form).into_iter();
            all.filter(|(place, _)| place.contains("/content/") && place.ends_with("/example"))
                .collect()
        };
        assert_eq!(examples(Form::OpenApi30), examples(Form::OpenApi31));
        let names: Vec<_> = document.as_object().unwrap().keys().take(4).collect();
        assert_eq!(names, ["openapi", "info", "jsonSchemaDialect", "servers"]);
    }
}
