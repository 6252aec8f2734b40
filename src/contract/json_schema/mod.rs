//! The contract's bodies as JSON Schemas that any validator can use.

mod keywords;
mod printer;
mod union;

use serde_json::{Map, Value};

use self::keywords::extend;
use super::{dialect::Dialect, document::document};
use crate::body::BodyKind;

/// The JSON Schema of a body in draft 2020-12: one self-contained document.
///
/// It accepts whatever the linter has no error about, except for rules that a schema cannot
/// express; `openapi/README.md` lists them.
///
/// ```
/// use kaizala_actions::{body::BodyKind, contract};
///
/// let schema = contract::json_schema(BodyKind::PostActionRequest);
/// assert_eq!(schema["title"], BodyKind::PostActionRequest.schema());
/// ```
#[must_use]
pub fn json_schema(body: BodyKind) -> Value {
    json_schema_in(Dialect::default(), body)
}

/// The JSON Schema of a body in a dialect; all of them accept the same bodies.
///
/// Its `$id` contains the version of the contract, the dialect and the body. It is only a name: it
/// need not resolve.
///
/// ```
/// use kaizala_actions::{body::BodyKind, contract::{self, Dialect}};
///
/// let schema = contract::json_schema_in(Dialect::Draft7, BodyKind::PostActionRequest);
/// assert!(schema["definitions"].is_object());
/// ```
#[must_use]
pub fn json_schema_in(dialect: Dialect, body: BodyKind) -> Value {
    let document = document();
    let schemas = &document["components"]["schemas"];
    let (root, definitions) = printer::Printer::new(dialect, schemas, body.schema()).print();
    let info = &document["info"];
    let text = |name: &str| info[name].as_str().unwrap_or_default();
    let (api, version) = (text("title"), text("version"));
    let head = [
        ("$schema", dialect.uri().to_owned()),
        (
            "$id",
            format!("urn:kaizala-actions:{version}:{dialect}:{body}"),
        ),
        (
            "$comment",
            format!("The body {body} of {api}, version {version}."),
        ),
    ];
    let head = head.map(|(keyword, text)| (keyword.to_owned(), text.into()));
    let mut published = Map::from_iter(head);
    extend(&mut published, root);
    if !definitions.is_empty() {
        published.insert(dialect.definitions().to_owned(), definitions.into());
    }
    published.into()
}
