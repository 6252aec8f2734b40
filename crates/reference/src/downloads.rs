//! What can be saved: the contract in the forms of `openapi/dist`.

use kaizala_actions::{
    body::BodyKind,
    contract::{self, Dialect, Form},
    support,
};
use serde_json::{Value, json};

use super::published;

/// The documents and the matrix: each with its files, and the format that each file is called by.
pub(super) const DOCUMENTS: [(&str, [(&str, &str); 2]); 3] = [
    (
        "OpenAPI 3.0",
        [
            ("kaizala-actions.yaml", "YAML"),
            ("kaizala-actions.json", "JSON"),
        ],
    ),
    (
        "OpenAPI 3.1",
        [
            ("kaizala-actions-3.1.yaml", "YAML"),
            ("kaizala-actions-3.1.json", "JSON"),
        ],
    ),
    (
        "Support matrix",
        [("matrix.csv", "CSV"), ("matrix.json", "JSON")],
    ),
];

/// What the text of each of these has, of whatever version it is.
const SIGNS: [&str; 3] = ["x-kaizala-support", "urn:kaizala-actions:", "bodyValue"];

/// Whether a text is one of these. They carry no mark: they are as they are published.
pub(super) fn is_known(text: &str) -> bool {
    SIGNS.iter().any(|sign| text.contains(sign))
}

/// The file of a schema. `openapi/dist` has a folder for each dialect.
pub(super) fn schema_file(dialect: Dialect, body: BodyKind) -> String {
    match dialect {
        Dialect::Draft202012 => format!("{body}.schema.json"),
        other => format!("{body}.{other}.schema.json"),
    }
}

/// All files: the name, the media type, and the text.
pub(super) fn all() -> Vec<(String, &'static str, String)> {
    let document = |form| contract::document_in(form);
    let [(_, [yaml, json]), (_, [yaml_31, json_31]), (_, [csv, rows])] = DOCUMENTS;
    let named = [
        (yaml, "application/yaml", published::yaml()),
        (json, "application/json", laid_out(&published::document())),
        (
            yaml_31,
            "application/yaml",
            serde_yaml_ng::to_string(&document(Form::OpenApi31)).unwrap_or_default(),
        ),
        (
            json_31,
            "application/json",
            laid_out(&document(Form::OpenApi31)),
        ),
        (csv, "text/csv; charset=utf-8", published::matrix_csv()),
        (
            rows,
            "application/json",
            laid_out(&json!({"rows": support::rows()})),
        ),
    ];
    let named = named.map(|((name, _), media_type, text)| (name.to_owned(), media_type, text));
    let schemas = Dialect::ALL.iter().flat_map(|dialect| {
        BodyKind::ALL.iter().map(|body| {
            let schema = contract::json_schema_in(*dialect, *body);
            let name = schema_file(*dialect, *body);
            (name, "application/schema+json", laid_out(&schema))
        })
    });
    named.into_iter().chain(schemas).collect()
}

fn laid_out(value: &Value) -> String {
    format!("{value:#}\n")
}
