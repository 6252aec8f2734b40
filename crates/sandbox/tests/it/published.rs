//! The documents, and the page of the sandbox.

use kaizala_actions::{
    body::BodyKind,
    contract::{self, Dialect},
};
use kaizala_actions_sandbox::{Fault, FaultKind, Sandbox};
use serde_json::Value;

use super::wire::{Answer, sent, start};

/// Asks without a token.
fn ask(sandbox: &Sandbox, method: &str, host: &str, path: &str) -> Answer {
    let text = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    sent(sandbox, &text)
}

/// A sandbox in which a call would need a token, and fail.
fn guarded() -> Sandbox {
    let sandbox = start(
        Sandbox::builder()
            .token("secret")
            .host("sandbox")
            .throttle(1),
    );
    sandbox
        .set_faults(vec![Fault::new(FaultKind::Failure)])
        .unwrap();
    sandbox
}

#[test]
fn the_document_has_the_sandbox_as_its_first_server_by_the_name_that_it_was_called() {
    let sandbox = guarded();
    let own = sandbox.address().to_string();
    for host in [&*own, "localhost:4010", "[::1]:80", "sandbox"] {
        let json = ask(&sandbox, "GET", host, "/openapi.json");
        assert_eq!(
            (json.status, json.header("content-type")),
            (200, Some("application/json"))
        );
        let mut document = json.json();
        let yaml = ask(&sandbox, "GET", host, "/openapi.yaml");
        assert_eq!(
            (yaml.status, yaml.header("content-type")),
            (200, Some("application/yaml"))
        );
        let written: Value = serde_yaml_ng::from_slice(&yaml.body).unwrap();
        assert_eq!(written, document);
        let first = document["servers"].as_array_mut().unwrap().remove(0);
        assert_eq!(first["url"], format!("http://{host}/v1"));
        assert_eq!(document, contract::document());
    }
    // A name that is not the sandbox's gets into no document.
    assert_eq!(
        ask(&sandbox, "GET", "evil.example", "/openapi.json").status,
        403
    );
    assert!(sandbox.exchanges().is_empty());
}

#[test]
fn each_json_schema_is_served_as_it_is_published() {
    let sandbox = guarded();
    for dialect in Dialect::ALL {
        for kind in BodyKind::ALL {
            let path = format!("/schemas/{dialect}/{kind}.schema.json");
            let answer = ask(&sandbox, "GET", "localhost", &path);
            assert_eq!(
                answer.header("content-type"),
                Some("application/schema+json")
            );
            assert_eq!(
                answer.json(),
                contract::json_schema_in(*dialect, *kind),
                "{path}"
            );
        }
    }
    assert!(sandbox.exchanges().is_empty());
}

#[test]
fn documents_and_pages_are_for_reading() {
    let sandbox = guarded();
    let schema = "/schemas/draft-07/error.response.schema.json";
    for path in [
        "/openapi.json",
        "/openapi.yaml",
        schema,
        "/_sandbox",
        "/_sandbox/",
        "/_sandbox/page.js",
        "/_sandbox/page.css",
    ] {
        let get = ask(&sandbox, "GET", "localhost", path);
        let head = ask(&sandbox, "HEAD", "localhost", &format!("{path}?a=query"));
        assert_eq!((get.status, head.status), (200, 200), "{path}");
        assert!(head.body.is_empty());
        assert_eq!(
            head.header("content-length"),
            Some(&*get.body.len().to_string())
        );
        assert_eq!(get.header("x-content-type-options"), Some("nosniff"));
        let policy = get.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && policy.ends_with("frame-ancestors 'none'"),
            "{policy}"
        );
        for method in ["POST", "PUT", "DELETE"] {
            let answer = ask(&sandbox, method, "localhost", path);
            assert_eq!(
                (answer.status, answer.header("allow")),
                (405, Some("GET, HEAD")),
                "{method} {path}"
            );
        }
    }
    assert!(sandbox.exchanges().is_empty());
}

#[test]
fn the_page_says_nothing_of_what_the_sandbox_remembers() {
    let seed = r#"{"groups": {"a-group": [{"body": {"actionType": "Image", "actionBody": {"mediaResource": "m"}}}]}}"#;
    let sandbox = start(Sandbox::builder().seed(seed).token("secret"));
    let empty = start(Sandbox::builder());
    let page = ask(&sandbox, "GET", "localhost", "/_sandbox");
    assert_eq!(
        page.body,
        ask(&empty, "GET", "evil.example", "/_sandbox/").body
    );
    let text = String::from_utf8(page.body).unwrap();
    // What it links to is there.
    let links: Vec<_> = text
        .split(" href=\"")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('"')?.0))
        .filter(|link| link.starts_with('/'))
        .collect();
    assert!(links.len() > 15, "{links:?}");
    for link in links {
        assert_eq!(
            ask(&sandbox, "GET", "localhost", link).status,
            200,
            "{link}"
        );
    }
}
