//! The contract for developers who use the sandbox: the OpenAPI document, with the sandbox as its
//! first server, and the JSON Schemas.
//!
//! They need no token and contain no state. Requests for them are neither recorded nor affected by
//! faults.

use hyper::{Method, Response, http::uri::Authority};
use kaizala_actions::{
    body::BodyKind,
    contract::{self, Contract, Dialect},
};
use serde_json::{Value, json};

use super::{body::AnswerBody, file};

/// Only text, which loads nothing.
const POLICY: &str = "default-src 'none'";

/// The description of the sandbox in the list of servers.
const DESCRIPTION: &str = "This sandbox.";

/// The paths of the document, as JSON and as YAML.
pub(super) const JSON: &str = "/openapi.json";
pub(super) const YAML: &str = "/openapi.yaml";

/// The document at a path, for a caller that uses `host` as the sandbox's name; `None` if there is
/// none.
pub(super) fn answer(
    method: &Method,
    path: &str,
    host: &Authority,
) -> Option<Response<AnswerBody>> {
    let server = || format!("http://{host}{}", Contract::get().base);
    let (media_type, text) = match path {
        JSON => ("application/json", document(&server()).to_string()),
        YAML => ("application/yaml", yaml(&server())),
        _ => {
            let (dialect, body) =
                schemas().find(|(dialect, body)| path == schema_path(*dialect, *body))?;
            let schema = contract::json_schema_in(dialect, body);
            ("application/schema+json", schema.to_string())
        }
    };
    Some(file::answer(method, media_type, POLICY, text))
}

/// All JSON Schemas.
pub(super) fn schemas() -> impl Iterator<Item = (Dialect, BodyKind)> {
    let dialects = Dialect::ALL.iter();
    dialects.flat_map(|dialect| BodyKind::ALL.iter().map(|body| (*dialect, *body)))
}

/// The path of a JSON Schema: `/schemas` and its published name.
pub(super) fn schema_path(dialect: Dialect, body: BodyKind) -> String {
    format!("/schemas/{dialect}/{body}.schema.json")
}

fn document(server: &str) -> Value {
    let mut document = contract::document();
    if let Some(servers) = document["servers"].as_array_mut() {
        servers.insert(0, json!({"url": server, "description": DESCRIPTION}));
    }
    document
}

/// The document as it was written, with its comments. A string of JSON is also valid in YAML.
fn yaml(server: &str) -> String {
    let item = json!([server, DESCRIPTION]);
    let item = format!(
        "\nservers:\n  - url: {}\n    description: {}\n",
        item[0], item[1]
    );
    contract::YAML.replacen("\nservers:\n", &item, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_have_the_same_servers_of_which_the_sandbox_is_the_first() {
        let server = "http://[::1]:4010/v1";
        let written: Value = serde_yaml_ng::from_str(&yaml(server)).unwrap();
        assert_eq!(written, document(server));
        assert_eq!(written["servers"][0]["url"], server);
        let mut rest = written;
        rest["servers"].as_array_mut().unwrap().remove(0);
        assert_eq!(rest, contract::document());
    }
}
