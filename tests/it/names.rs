//! Names of public types: each is there once, so that an import says which is meant.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use syn::{Attribute, Item, Visibility};

/// The libraries, whose types a program may use beside each other, and what the build makes.
const FOLDERS: [&str; 5] = [
    "src",
    "crates/http/src",
    "crates/proxy/src",
    "crates/reference/src",
    "crates/sandbox/src",
];
const GENERATED: [&str; 2] = [
    include_str!(concat!(env!("OUT_DIR"), "/types.rs")),
    include_str!(concat!(env!("OUT_DIR"), "/client.rs")),
];

/// Public to the packages of this workspace alone.
const HIDDEN: [&str; 2] = ["src/json/", "src/fuzzing.rs"];

#[test]
fn no_two_public_types_have_one_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |text: &str, place: &str| {
        for name in names(&syn::parse_file(text).unwrap().items) {
            places.entry(name).or_default().push(place.to_owned());
        }
    };
    for path in FOLDERS.iter().flat_map(|folder| files(Path::new(folder))) {
        let place = path.to_str().unwrap();
        if HIDDEN.iter().all(|hidden| !place.starts_with(hidden)) {
            add(&fs::read_to_string(&path).unwrap(), place);
        }
    }
    for text in GENERATED {
        add(text, "generated");
    }
    assert!(places.len() > 100, "{places:?}");
    places.retain(|_, places| places.len() > 1);
    assert!(places.is_empty(), "{places:#?}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| match path.extension() {
            None if path.is_dir() => files(&path),
            Some(extension) if extension == "rs" => vec![path],
            _ => Vec::new(),
        })
        .collect()
}

/// The public types and traits among items, and in the modules among them, without tests.
fn names(items: &[Item]) -> Vec<String> {
    let of = |visibility: &Visibility, name: &syn::Ident| {
        matches!(visibility, Visibility::Public(_)).then(|| name.to_string())
    };
    let mut found = Vec::new();
    for item in items {
        found.extend(match item {
            Item::Struct(item) => of(&item.vis, &item.ident),
            Item::Enum(item) => of(&item.vis, &item.ident),
            Item::Trait(item) => of(&item.vis, &item.ident),
            Item::Type(item) => of(&item.vis, &item.ident),
            _ => None,
        });
        if let Item::Mod(module) = item
            && !module.attrs.iter().any(is_test)
        {
            let inner = module.content.iter();
            found.extend(inner.flat_map(|(_, items)| names(items)));
        }
    }
    found
}

fn is_test(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
}
