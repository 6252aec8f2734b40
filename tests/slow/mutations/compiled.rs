//! What the build makes of mutated documents is compiled, with the code that is written by hand:
//! that it parses says nothing of the types that it names.
//!
//! Each mutation is a package of one workspace, made of the files of this package and of what was
//! generated in process; so cargo compiles the dependencies once, and several mutations at a time.
//! `target/tmp/mutations/mutations.txt` says which they are.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    thread,
};

use serde_json::{Value, json};

use super::{NOTES, Output, YAML, generator, mutation::Mutation, text_of};
use crate::packages::{self, write};

/// So many are compiled: the list of all mutations is cut into as many stretches of one length, and
/// each gives the first that is taken and makes other code.
const COMPILED: usize = 20;

/// Neighbours tend to be refused alike, so that a search goes on in steps of this length.
const STEP: usize = 29;

/// Whose changes make other comments at most.
const TEXTS: &[&str] = &["/description", "/summary", "/title"];

/// What of a schema or an operation no Rust is made of.
const NO_RUST: &[&str] = &[
    "/x-kaizala-source",
    "/x-kaizala-decision",
    "/x-kaizala-from",
    "/example",
];

/// Instead of generating, the build script hands over what is there.
const SCRIPT: &str = r#"
fn main() {
    println!("cargo::rerun-if-changed=generated");
    let folder = std::path::PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
    for entry in std::fs::read_dir("generated").unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
}
"#;

#[test]
#[ignore = "takes minutes: CONTRIBUTING.md has the command"]
fn what_is_made_of_mutated_documents_compiles() {
    let document = generator::parse(YAML).expect("YAML");
    let original = generator::generate(&document, NOTES).expect("a right document");
    let all = Mutation::all(&document);
    let code = all.iter().filter(|mutation| {
        let place = &mutation.place;
        TEXTS.iter().all(|text| !place.ends_with(text))
            && NO_RUST.iter().all(|name| !place.contains(name))
    });
    let code: Vec<_> = code.collect();
    let stretches = code.chunks(code.len().div_ceil(COMPILED));
    let made: Vec<_> = thread::scope(|scope| {
        let first = |stretch| first_to_compile(&document, &original, stretch);
        let searches: Vec<_> = stretches
            .map(|stretch| scope.spawn(move || first(stretch)))
            .collect();
        let searches = searches.into_iter();
        searches.map(|it| it.join().expect("a search")).collect()
    });

    let names: Vec<_> = (0..COMPILED)
        .map(|index| format!("mutation-{index}"))
        .collect();
    let workspace = workspace(&names);
    let mut list = String::new();
    for (name, (mutation, outputs)) in names.iter().zip(&made) {
        _ = writeln!(list, "{name}: {mutation}");
        for (file, text) in outputs {
            let path = workspace.join(name).join("generated").join(file);
            write(&path, text.as_bytes());
        }
    }
    write(&workspace.join("mutations.txt"), list.as_bytes());
    let output = packages::cargo(&workspace)
        .args(["check", "--workspace", "--lib", "--quiet", "--keep-going"])
        .args(["--message-format", "short"])
        .output()
        .expect("cargo starts");
    let said = String::from_utf8_lossy(&output.stderr);
    let failed = names.iter().zip(list.lines());
    let failed = failed.filter(|(name, _)| said.contains(&format!("could not compile `{name}`")));
    let failed: Vec<_> = failed.map(|(_, line)| line).collect();
    assert!(
        output.status.success(),
        "does not compile:\n{}\n{said}",
        failed.join("\n")
    );
}

/// The first of the mutations that the build takes and makes other Rust of, and all that it makes.
fn first_to_compile<'m>(
    document: &Value,
    original: &[Output],
    mutations: &[&'m Mutation],
) -> (&'m Mutation, Vec<Output>) {
    let in_steps = |first| mutations.iter().skip(first).step_by(STEP);
    let made = (0..STEP).flat_map(in_steps).find_map(|&mutation| {
        let outputs = generator::generate(&mutation.apply(document), NOTES).ok()?;
        let is_other_rust = outputs.iter().any(|(name, text)| {
            Path::new(name).extension().is_some_and(|it| it == "rs")
                && text != text_of(original, name)
        });
        is_other_rust.then_some((mutation, outputs))
    });
    made.expect("one that is taken")
}

/// A workspace with a package of each name, which has the dependencies of this one, at the versions
/// of its lock file.
fn workspace(names: &[String]) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutations");
    let manifest = fs::read_to_string(source.join("Cargo.toml")).expect("a manifest");
    let members = format!("[workspace]\nmembers = {names:?}\nresolver = \"3\"\n");
    let mut shared = members;
    for table in ["workspace.package", "workspace.dependencies"] {
        _ = write!(shared, "\n{}", table_of(&manifest, table));
    }
    write(&workspace.join("Cargo.toml"), shared.as_bytes());
    let lock = fs::read(source.join("Cargo.lock")).expect("a lock file");
    fs::write(workspace.join("Cargo.lock"), lock).expect("a file");
    write(&workspace.join("build.rs"), SCRIPT.as_bytes());

    let dependencies = table_of(&manifest, "dependencies").replace(", optional = true", "");
    let library = json!(source.join("src/lib.rs"));
    for name in names {
        let package = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition.workspace = true\nbuild = \"../build.rs\"\n
[features]\nclient = []\ndefault = [\"client\"]\n
[lib]\nname = \"kaizala_actions\"\npath = {library}\n
{dependencies}"
        );
        write(&workspace.join(name).join("Cargo.toml"), package.as_bytes());
    }
    workspace
}

/// A table of a manifest, as text.
fn table_of<'m>(manifest: &'m str, name: &str) -> &'m str {
    let start = manifest.find(&format!("\n[{name}]\n")).expect("a table") + 1;
    let end = manifest[start..].find("\n[");
    end.map_or(&manifest[start..], |length| {
        &manifest[start..=start + length]
    })
}
