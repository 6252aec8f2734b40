//! Walks through the objects of an OpenAPI document, leaving out names that the document defines,
//! examples, and extensions.

use serde_json::Value;

/// What a value is, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An object of OpenAPI, or a list of them.
    Object,
    /// A schema, or a list of them.
    Schema,
    /// A map of objects by name.
    Objects,
    /// A map of schemas by name.
    Schemas,
    /// A value of the API, or an extension.
    Data,
}

impl Kind {
    /// What a member of it is.
    fn of_member(self, name: &str) -> Self {
        match self {
            Self::Objects => Self::Object,
            Self::Schemas => Self::Schema,
            Self::Object if !name.starts_with("x-") => Self::in_object(name),
            Self::Schema => Self::in_schema(name),
            Self::Object | Self::Data => Self::Data,
        }
    }

    fn in_object(name: &str) -> Self {
        match name {
            "schema" => Self::Schema,
            "schemas" => Self::Schemas,
            "paths" | "responses" | "parameters" | "requestBodies" | "headers" | "examples"
            | "links" | "securitySchemes" | "content" | "mapping" | "variables" => Self::Objects,
            "example" | "value" | "default" | "enum" => Self::Data,
            _ => Self::Object,
        }
    }

    fn in_schema(name: &str) -> Self {
        match name {
            "properties" => Self::Schemas,
            "items" | "oneOf" | "not" | "additionalProperties" => Self::Schema,
            "discriminator" | "externalDocs" => Self::Object,
            _ => Self::Data,
        }
    }
}

/// Calls `visit` with each OpenAPI object and each schema of a document, the outer ones first.
pub(super) fn each(document: &mut Value, visit: &mut impl FnMut(Kind, &mut Value)) {
    below(document, Kind::Object, visit);
}

fn below(value: &mut Value, kind: Kind, visit: &mut impl FnMut(Kind, &mut Value)) {
    if kind == Kind::Data {
        return;
    }
    if let Value::Array(items) = value {
        // Parameters are a map in the components, and lists elsewhere.
        let kind = match kind {
            Kind::Objects => Kind::Object,
            Kind::Schemas => Kind::Schema,
            kind => kind,
        };
        for item in items {
            below(item, kind, visit);
        }
        return;
    }
    if matches!(kind, Kind::Object | Kind::Schema) && value.is_object() {
        visit(kind, value);
    }
    for (name, member) in value.as_object_mut().into_iter().flatten() {
        below(member, kind.of_member(name), visit);
    }
}
