//! The forms that send calls, which only a sandbox serves.

use kaizala_actions::contract::Contract;
use kaizala_actions_reference as reference;

use crate::html::{attributes, pages, sent};

fn served(name: &str) -> String {
    let mut files = reference::served_files().into_iter();
    files.find(|file| file.name == name).unwrap().text
}

#[test]
fn every_operation_and_every_body_has_a_form_where_a_sandbox_serves_the_pages() {
    let operations = served("operations.html");
    let forms = attributes(&operations, "data-operation");
    let all: Vec<_> = Contract::get().operations.iter().collect();
    assert_eq!(forms.len(), all.len());
    for operation in all {
        let id = operation.id().as_str();
        assert!(forms.contains(&id), "{id}");
        let form = operations
            .split("<form")
            .find(|form| form.contains(&format!("data-operation=\"{id}\"")));
        let names = attributes(form.unwrap(), "name");
        for parameter in &operation.parameters {
            assert!(
                names.contains(&&*parameter.name),
                "{id}: {}",
                parameter.name
            );
        }
    }
    for (name, kind, file) in sent() {
        let operation = kind.operation().unwrap().as_str();
        let page = served(&file);
        assert!(
            attributes(&page, "data-operation").contains(&operation),
            "{name}"
        );
    }
}

#[test]
fn in_a_folder_there_is_none_and_nothing_may_be_called() {
    for file in pages() {
        for part in ["<form", "call.js", "connect-src"] {
            assert!(!file.text.contains(part), "{}: {part}", file.name);
        }
    }
    assert!(reference::files().iter().all(|file| file.name != "call.js"));
}

#[test]
fn a_sandbox_may_be_called_by_the_script_alone() {
    for file in reference::served_files() {
        if !file.media_type.starts_with("text/html") {
            continue;
        }
        let scripts: Vec<_> = file
            .text
            .split("<script ")
            .skip(1)
            .map(|rest| attributes(&format!(" {rest}"), "src")[0].to_owned())
            .collect();
        assert_eq!(
            scripts,
            ["reference.js", "search.js", "call.js"],
            "{}",
            file.name
        );
        let policies = attributes(&file.text, "content");
        let policy = policies
            .iter()
            .find(|it| it.starts_with("default-src"))
            .unwrap();
        assert_eq!(
            policy.replace("&#39;", "'"),
            reference::SERVED_POLICY,
            "{}",
            file.name
        );
        // The browser sends no form by itself, and no address is written into the page.
        assert!(!file.text.contains(" action="), "{}", file.name);
        assert_eq!(
            file.text.matches("<form").count(),
            file.text.matches(" hidden data-method").count(),
            "{}",
            file.name
        );
    }
    let without = |policy: &str| policy.replace(" connect-src 'self';", "");
    assert_eq!(without(reference::SERVED_POLICY), reference::POLICY);
}
