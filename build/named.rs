//! Names of the contract in handwritten Rust code, which would not compile without them.

use serde_json::Value;

use super::{
    document::resolve,
    operations::{self, Operation},
    parameters,
    refusal::{Refusal, refuse},
};

/// An operation that the linter, the client and the sandbox name.
struct Named {
    id: &'static str,
    method: &'static str,
    /// Their names and JSON types, and whether code relies on a default.
    parameters: &'static [(&'static str, &'static str, bool)],
}

const NAMED: &[Named] = &[
    Named {
        id: "listActions",
        method: "get",
        parameters: &[
            ("groupId", "string", false),
            ("actionType", "string", false),
            ("fromDate", "integer", false),
            ("count", "integer", true),
        ],
    },
    Named {
        id: "postAction",
        method: "post",
        parameters: &[("groupId", "string", false)],
    },
    Named {
        id: "getAction",
        method: "get",
        parameters: &[
            ("groupId", "string", false),
            ("actionId", "string", false),
            ("getDetails", "boolean", false),
        ],
    },
    Named {
        id: "respondToAction",
        method: "post",
        parameters: &[("groupId", "string", false), ("actionId", "string", false)],
    },
];

/// The members of schemas that the client names, and their types.
const MEMBERS: &[(&str, &str, &str)] = &[
    ("ActionList", "actions", "array"),
    ("ActionList", "hasMore", "boolean"),
    ("ServiceError", "message", "string"),
    ("ServiceError", "errorCode", "string"),
    ("ServiceError", "errorCategoryKey", "string"),
];

/// Checks that all of them exist.
///
/// # Errors
/// A [`Refusal`] for a missing one, or one of another type.
pub fn check(document: &Value) -> Result<(), Refusal> {
    let operations = operations::find(document)?;
    for named in NAMED {
        let has_id = |it: &&Operation<'_>| it.id == named.id;
        let found = operations.iter().find(has_id);
        let Some(operation) = found.filter(|it| it.method == named.method) else {
            return refuse(
                "#/paths",
                format!("no operation `{}` of method {}", named.id, named.method),
                "add it: the linter, the client and the sandbox name it",
            );
        };
        relied_on(document, operation, named)?;
    }
    for (schema, member, kind) in MEMBERS {
        let properties = &document["components"]["schemas"][schema]["properties"];
        if properties[member]["type"] != *kind {
            // What is missing has no line, but its parent has one.
            let inside = if properties.is_object() {
                format!("/properties/{member}")
            } else {
                String::new()
            };
            return refuse(
                format!("#/components/schemas/{schema}{inside}"),
                format!("no member `{member}` of type {kind}"),
                "the client names it: add it, or change src/client and build/named.rs",
            );
        }
    }
    Ok(())
}

/// What handwritten code requires of an operation.
fn relied_on(document: &Value, operation: &Operation<'_>, named: &Named) -> Result<(), Refusal> {
    for (name, kind, needs_default) in named.parameters {
        let parameters = parameters::of(document, operation)?;
        let found = parameters.iter().find(|(_, it)| it["name"] == *name);
        let schema = found
            .map(|(place, it)| resolve(document, &it["schema"], place))
            .transpose()?;
        let fits = schema
            .is_some_and(|it| it["type"] == *kind && (!needs_default || it["default"].is_number()));
        if !fits {
            let default = if *needs_default {
                " with a default"
            } else {
                ""
            };
            return refuse(
                format!("{}/parameters", operation.place),
                format!("no parameter `{name}` of type {kind}{default}"),
                "the linter, the client or the sandbox names it: add it, or change them and build/named.rs",
            );
        }
    }
    Ok(())
}
