//! The page of the reference on the sandbox, held to the sandbox.

use std::collections::BTreeSet;

use kaizala_actions::support::{self, Method};
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

/// The text of the block of a page with this label.
fn block(page: &str, label: &str) -> String {
    let label = format!("aria-label=\"{label}\" tabindex=\"0\"><code>");
    let (_, rest) = page.split_once(&label).expect("the block");
    let (html, _) = rest.split_once("</code>").expect("its end");
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    text.replace("&amp;", "&")
}

#[test]
fn what_the_matrix_denies_is_refused_as_the_pages_say() {
    let sandbox = start(Sandbox::builder());
    let files = reference::files();
    let mut refused = 0;
    for row in support::rows() {
        let name = format!("type-{}.html", row.body_value.to_lowercase());
        let page = files.iter().find(|file| file.name == name).expect("a page");
        for method in [Method::Get, Method::Post] {
            if row.action_type.supports(method) {
                continue;
            }
            let name = format!("{method} {}", row.body_value);
            let request = block(&page.text, &format!("Request for {name}"));
            let answer = match request.strip_prefix("GET ") {
                Some(target) => get(&sandbox, target),
                None => send(
                    sandbox.address(),
                    "POST",
                    "/v1/groups/group/actions",
                    &request,
                ),
            };
            assert_eq!(answer.status, 400, "{name}");
            let message = answer.json()["message"].as_str().unwrap().to_owned();
            // The sandbox counts what else is wrong.
            let refusal = block(&page.text, &format!("Refusal of {name}"));
            assert!(message.starts_with(&refusal), "{message}, {refusal}");
            refused += 1;
        }
    }
    assert!(refused > 10, "{refused}");
}
