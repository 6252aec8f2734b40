//! How a body is sent in each language: the marked parts of programs that are compiled and run.
//!
//! What lies between the comments `region NAME` and `endregion` is the snippet for the schema of
//! that name, or for `client`, which shows how to connect. Parts of one name follow each other.
//! The files in `snippets/` are cut from those programs by `cargo run -p xtask`; a test holds them
//! to the programs.

use std::collections::HashMap;

/// The languages, in the order in which a reader sees them.
const LANGUAGES: [(&str, &str); 5] = [
    ("Rust", include_str!("../snippets/rust.rs")),
    ("TypeScript", include_str!("../snippets/typescript.ts")),
    ("Python", include_str!("../snippets/python.py")),
    ("Go", include_str!("../snippets/go.go")),
    ("Java", include_str!("../snippets/java.java")),
];

/// The snippets of one language.
pub(super) struct Snippets {
    pub language: &'static str,
    regions: HashMap<&'static str, String>,
}

impl Snippets {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.regions.get(name).map(String::as_str)
    }
}

/// The snippets of every language.
pub(super) fn all() -> Vec<Snippets> {
    let of_language = |(language, text)| {
        let mut regions = HashMap::<_, String>::new();
        for (name, snippet) in self::regions(text) {
            let parts = regions.entry(name).or_default();
            if !parts.is_empty() {
                parts.push('\n');
            }
            parts.push_str(&snippet);
        }
        Snippets { language, regions }
    };
    LANGUAGES.into_iter().map(of_language).collect()
}

/// The regions of a program, with the indentation that all their lines share taken away.
fn regions(text: &str) -> Vec<(&str, String)> {
    let mut regions = Vec::new();
    let mut open: Option<(&str, Vec<&str>)> = None;
    for line in text.lines() {
        let comment = line.trim().trim_start_matches(['/', '#']).trim_start();
        if let Some(name) = comment.strip_prefix("region ") {
            open = Some((name, Vec::new()));
        } else if comment == "endregion" {
            regions.extend(open.take().map(|(name, lines)| (name, dedent(&lines))));
        } else if let Some((_, lines)) = &mut open {
            lines.push(line);
        }
    }
    regions
}

fn dedent(lines: &[&str]) -> String {
    let indentation = |line: &&str| line.len() - line.trim_start().len();
    let shared = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(indentation)
        .min()
        .unwrap_or(0);
    lines
        .iter()
        .flat_map(|line| [line.get(shared..).unwrap_or_default(), "\n"])
        .collect()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, env, fs, path::Path};

    use super::*;

    /// Where the programs of each language are: a file, or all files of a folder.
    const PROGRAMS: [(&str, &str); 5] = [
        ("rust.rs", "examples"),
        ("typescript.ts", "conformance/typescript/src/snippets.ts"),
        ("python.py", "conformance/python/snippets.py"),
        ("go.go", "conformance/go/cmd/snippets/main.go"),
        (
            "java.java",
            "conformance/java/programs/src/main/java/conformance/Snippets.java",
        ),
    ];

    fn programs(place: &Path) -> Vec<String> {
        let read = |path: &Path| fs::read_to_string(path).expect("a program");
        if !place.is_dir() {
            return vec![read(place)];
        }
        let entries = fs::read_dir(place).expect("the folder of the programs");
        let mut paths: Vec<_> = entries
            .map(|entry| entry.expect("an entry").path())
            .collect();
        paths.sort();
        paths.iter().map(|path| read(path)).collect()
    }

    #[test]
    fn snippets_are_cut_from_the_programs() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let document = kaizala_actions::contract::document();
        let schemas = document["components"]["schemas"]
            .as_object()
            .expect("schemas");
        let known: BTreeSet<_> = schemas
            .keys()
            .map(String::as_str)
            .chain(["client"])
            .collect();
        for (name, place) in PROGRAMS {
            let marker = if name == "python.py" { "#" } else { "//" };
            let mut cut = String::new();
            for program in programs(&package.join("../..").join(place)) {
                let begun = program.matches(&format!("{marker} region ")).count();
                let ended = program.matches(&format!("{marker} endregion")).count();
                assert_eq!(
                    begun, ended,
                    "{place}: a region does not end, or did not begin"
                );
                for (region, text) in regions(&program) {
                    assert!(
                        known.contains(region),
                        "{place}: no schema is called {region}"
                    );
                    cut.extend([
                        marker,
                        " region ",
                        region,
                        "\n",
                        &text,
                        marker,
                        " endregion\n",
                    ]);
                }
            }
            let path = package.join("snippets").join(name);
            if env::var_os("UPDATE_SNIPPETS").is_some() {
                fs::write(&path, &cut).expect("a file that can be written");
            }
            let kept = fs::read_to_string(&path).expect("the snippets");
            assert!(
                kept == cut,
                "{name} is not what {place} has: `cargo run -p xtask` writes it again"
            );
        }
    }
}
