//! What can be saved from the pages.

use std::{collections::BTreeMap, fs, path::Path};

use kaizala_actions::support::ActionType;

use crate::html::{attributes, files, page, pages};

/// All files of `openapi/dist` by the names that they are offered under, but for those that only
/// generators need.
fn published() -> BTreeMap<String, String> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi/dist");
    let mut found = BTreeMap::new();
    for (folder, suffix) in [
        ("", ""),
        ("2020-12", ".schema.json"),
        ("draft-07", ".draft-07.schema.json"),
    ] {
        for entry in fs::read_dir(dist.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let is_other = ["README", "dereferenced", "plain"]
                .iter()
                .any(|part| name.contains(part));
            if path.is_file() && !is_other {
                let body = name.strip_suffix(".schema.json").unwrap_or(name);
                found.insert(
                    format!("{body}{suffix}"),
                    fs::read_to_string(&path).unwrap(),
                );
            }
        }
    }
    found
}

#[test]
fn what_can_be_saved_is_what_is_published() {
    let published = published();
    assert_eq!(published.len(), 20);
    let overview = attributes(page("index.html"), "href");
    for (name, text) in &published {
        assert!(page(name) == text, "{name}");
        assert!(overview.contains(&name.as_str()), "{name}");
    }
}

#[test]
fn every_page_offers_the_contract() {
    for file in pages() {
        let footer = file.text.split("<footer").nth(1).unwrap();
        let links = attributes(footer, "href");
        for name in [
            "kaizala-actions.yaml",
            "kaizala-actions-3.1.json",
            "matrix.csv",
            "index.html#downloads",
        ] {
            assert!(links.contains(&name), "{}: {name}", file.name);
        }
    }
}

#[test]
fn the_pages_are_small() {
    let downloads = published();
    let pages = files()
        .iter()
        .filter(|file| !downloads.contains_key(&file.name));
    let bytes: usize = pages.map(|file| file.text.len()).sum();
    // 740 kB for the thirteen types of the service; each has a page of its own.
    let most = 740_000 / 13 * ActionType::ALL.len();
    assert!(bytes < most, "{bytes} bytes of {most}");
}
