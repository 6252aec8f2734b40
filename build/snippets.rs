//! How a body is sent in each language, cut from the programs that are compiled and run: those
//! under `examples/` and those of `conformance/`.
//!
//! What lies between the comments `region NAME` and `endregion` is the snippet for the schema of
//! that name, or for `client`, which shows how to connect. Parts of one name, which may be in
//! several files, follow each other.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};

/// The languages, in the order in which a reader sees them, and where their programs are: a file,
/// or all files of a folder.
pub const PROGRAMS: [(&str, &str); 5] = [
    ("Rust", "examples"),
    ("TypeScript", "conformance/typescript/src/snippets.ts"),
    ("Python", "conformance/python/snippets.py"),
    ("Go", "conformance/go/cmd/snippets/main.go"),
    (
        "Java",
        "conformance/java/programs/src/main/java/conformance/Snippets.java",
    ),
];

/// By language, then by the name of the region.
///
/// # Errors
/// A program that cannot be read, or whose regions do not end or name no schema of the document.
pub fn collect(document: &Value) -> Result<String, String> {
    let known: BTreeSet<&str> = document["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| &**name)
        .chain(["client"])
        .collect();
    let mut languages = Map::new();
    for (language, place) in PROGRAMS {
        let mut snippets = BTreeMap::<String, String>::new();
        for path in files(Path::new(place)).map_err(|error| format!("{place}: {error}"))? {
            let text = fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            for (name, snippet) in
                regions(&text).map_err(|problem| format!("{}: {problem}", path.display()))?
            {
                if !known.contains(name) {
                    return Err(format!(
                        "{}: region {name}: the document has no schema of that name",
                        path.display()
                    ));
                }
                let parts = snippets.entry(name.to_owned()).or_default();
                if !parts.is_empty() {
                    parts.push('\n');
                }
                parts.push_str(&snippet);
            }
        }
        let snippets: Map<_, _> = snippets
            .into_iter()
            .map(|(name, text)| (name, text.into()))
            .collect();
        languages.insert(language.to_owned(), snippets.into());
    }
    Ok(Value::from(languages).to_string())
}

fn files(place: &Path) -> io::Result<Vec<PathBuf>> {
    if !place.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let mut files = fs::read_dir(place)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    files.sort();
    Ok(files)
}

/// The regions of a program, with the indentation that all their lines share taken away.
fn regions(text: &str) -> Result<Vec<(&str, String)>, String> {
    let mut regions = Vec::new();
    let mut open: Option<(&str, Vec<&str>)> = None;
    for line in text.lines() {
        let trimmed = line.trim();
        let comment = trimmed
            .strip_prefix("//")
            .or_else(|| trimmed.strip_prefix('#'))
            .map_or("", str::trim);
        match (
            comment.strip_prefix("region "),
            comment == "endregion",
            &mut open,
        ) {
            (Some(name), _, None) => open = Some((name, Vec::new())),
            (None, true, Some((name, lines))) => {
                regions.push((*name, dedent(lines)));
                open = None;
            }
            (None, false, Some((_, lines))) => lines.push(line),
            (None, false, None) => {}
            (Some(name), _, Some(_)) => return Err(format!("region {name} begins in another")),
            (None, true, None) => return Err("a region ends that did not begin".to_owned()),
        }
    }
    match open {
        Some((name, _)) => Err(format!("region {name} does not end")),
        None => Ok(regions),
    }
}

fn dedent(lines: &[&str]) -> String {
    let indentation = |line: &&&str| line.len() - line.trim_start().len();
    let shared = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| indentation(&line))
        .min()
        .unwrap_or(0);
    lines
        .iter()
        .flat_map(|line| [line.get(shared..).unwrap_or_default(), "\n"])
        .collect()
}
