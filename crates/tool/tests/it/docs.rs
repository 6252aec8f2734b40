//! The reference of the contract, as `kaizala-actions docs` writes it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use kaizala_actions::{body::BodyKind, support};
use kaizala_actions_reference as reference;

use crate::{
    helpers::tool,
    html::{attributes, block, pages, sent},
};

#[test]
fn commands_of_curl_are_read_without_a_finding() {
    let mut commands = Vec::new();
    for file in pages() {
        for label in attributes(&file.text, "aria-label")
            .into_iter()
            .filter(|label| label.ends_with(" in curl"))
        {
            commands.push(block(&file.text, label));
        }
    }
    let operations: BTreeSet<_> = BodyKind::ALL
        .iter()
        .filter_map(|kind| kind.operation())
        .collect();
    assert_eq!(
        commands.len(),
        sent().len() + support::rows().iter().filter(|row| row.get).count() + operations.len()
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("commands.sh");
    fs::write(&path, commands.join("\n\n")).unwrap();
    let output = tool(&["lint", "--input", "curl", path.to_str().unwrap()], "");
    let read = format!("{0} documents: {0} clean", commands.len());
    assert!(
        output.status.success() && String::from_utf8_lossy(&output.stderr).contains(&read),
        "{output:?}"
    );
}

#[test]
fn it_is_written_anew_but_not_over_what_is_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join("reference").join(name);
    let write = || tool(&["docs", "--output", at("").to_str().unwrap()], "");
    let read = |name: &str| fs::read_to_string(at(name)).unwrap();

    let output = write();
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains(&format!("{} files", reference::files().len()))
            && said.contains("index.html in a browser"),
        "{said}"
    );
    let written: BTreeMap<_, _> = reference::files()
        .into_iter()
        .map(|file| (file.name, file.text))
        .collect();
    assert_eq!(fs::read_dir(at("")).unwrap().count(), written.len());
    for (name, text) in &written {
        assert_eq!(&read(name), text, "{name}");
    }

    // Of an earlier version, and beside it something of the user's own.
    fs::write(at("index.html"), format!("old, {}", reference::MARK)).unwrap();
    fs::write(at("notes.txt"), "mine").unwrap();
    assert!(write().status.success());
    assert_eq!(
        (read("index.html"), read("notes.txt")),
        (written["index.html"].clone(), "mine".to_owned())
    );

    fs::write(at("rules.html"), "mine").unwrap();
    fs::write(at("index.html"), format!("old, {}", reference::MARK)).unwrap();
    let output = write();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("rules.html: this file is not part of the reference")
            && said.contains("--output"),
        "{said}"
    );
    assert!(
        read("rules.html") == "mine" && read("index.html").starts_with("old"),
        "nothing is written"
    );

    let output = tool(&["docs", "--output", at("notes.txt").to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("notes.txt: ")
    );
}

#[test]
fn a_playground_is_made_of_the_engine_in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let write = |playground: &[&str]| {
        let output = at("reference");
        let mut given = vec!["docs", "--output", output.to_str().unwrap()];
        given.extend(playground);
        tool(&given, "")
    };
    let from = at("dist");
    let from = ["--playground", from.to_str().unwrap()];
    let said = |output: std::process::Output| {
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    for missing in [write(&["--playground"]), write(&from)] {
        let said = said(missing);
        assert!(
            said.contains(
                "`npm run build` in bindings/npm makes it, for --playground bindings/npm/dist"
            ),
            "{said}"
        );
    }
    fs::create_dir(at("dist")).unwrap();
    fs::write(at("dist/engine.js"), "alert(1)").unwrap();
    let said = said(write(&from));
    assert!(said.contains("engine.js: this is not the engine"), "{said}");
    assert!(!at("reference").exists());

    let version = env!("CARGO_PKG_VERSION");
    let engine = format!("// The linter as WebAssembly, made by kaizala-actions {version}\n");
    fs::write(at("dist/engine.js"), &engine).unwrap();
    // Later without it again, over what is there.
    for playground in [&from[..], &from[..], &[]] {
        let output = write(playground);
        assert!(output.status.success(), "{output:?}");
    }
    let written = fs::read_to_string(at("reference/playground-engine.js")).unwrap();
    assert_eq!(written, engine);
}
