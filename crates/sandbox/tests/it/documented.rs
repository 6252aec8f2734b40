//! The page of the reference on the sandbox, held to the sandbox.

use std::collections::BTreeSet;

use kaizala_actions_reference as reference;
use kaizala_actions_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use super::wire::{get, send, start};

/// What the page has in code at the head of its rows, as text.
fn heads() -> Vec<String> {
    let files = reference::files();
    let page = files
        .iter()
        .find(|file| file.name == "sandbox.html")
        .expect("the page");
    let rows = page.text.split(r#"<th scope="row"><code>"#).skip(1);
    let texts = rows.filter_map(|row| Some(row.split_once("</code>")?.0.replace("&quot;", "\"")));
    texts.collect()
}

#[test]
fn each_endpoint_is_on_the_page_and_there() {
    let sandbox = start(Sandbox::builder());
    let mut documented = BTreeSet::new();
    for head in heads() {
        let Some((method, path)) = head.split_once(" /_sandbox/") else {
            continue;
        };
        documented.insert((path.to_owned(), method.to_owned()));
        let body = match path {
            "restore" => r#"{"groups": {}}"#,
            "faults" => "[]",
            _ => "",
        };
        let answer = send(
            sandbox.address(),
            method,
            &format!("/_sandbox/{path}"),
            body,
        );
        assert_eq!(answer.status, 200, "{head}");
    }
    let mut there = BTreeSet::new();
    let names = get(&sandbox, "/_sandbox/nothing").json()["message"]
        .as_str()
        .unwrap()
        .to_owned();
    for name in names.trim_start_matches("/_sandbox/ has ").split(", ") {
        let answer = send(sandbox.address(), "PATCH", &format!("/_sandbox/{name}"), "");
        let methods = answer.header("allow").unwrap().split(", ");
        there.extend(methods.map(|method| (name.to_owned(), method.to_owned())));
    }
    assert_eq!(documented, there);
}

#[test]
fn each_kind_of_fault_is_on_the_page_as_it_is_written() {
    let sandbox = start(Sandbox::builder());
    let mut faults = Vec::new();
    let mut members = json!({});
    for head in heads() {
        if head.starts_with('{') {
            let fault: Value = serde_json::from_str(&head).unwrap();
            faults.push(fault);
        } else if !head.contains(' ') && !head.starts_with('/') {
            members[&head] = match &*head {
                "operation" => json!("postAction"),
                "rate" => json!(0.5),
                _ => json!(10),
            };
        }
    }
    let all: Vec<_> = faults
        .iter()
        .map(|fault| {
            let mut fault = fault.clone();
            let members = members.as_object().unwrap().clone();
            fault.as_object_mut().unwrap().extend(members);
            fault
        })
        .collect();
    let text = serde_json::to_string(&all).unwrap();
    let set = send(sandbox.address(), "PUT", "/_sandbox/faults", &text);
    assert_eq!((set.status, set.json()), (200, json!(all)));

    let unknown = serde_json::from_str::<Fault>(r#"{"kind": "?"}"#).unwrap_err();
    let unknown = unknown.to_string();
    let (_, kinds) = unknown.split_once("expected one of ").unwrap();
    let kinds: BTreeSet<_> = kinds.split('`').skip(1).step_by(2).collect();
    let documented = faults.iter().map(|fault| fault["kind"].as_str().unwrap());
    assert_eq!(documented.collect::<BTreeSet<_>>(), kinds);
}
