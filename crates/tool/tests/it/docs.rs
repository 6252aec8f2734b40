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
