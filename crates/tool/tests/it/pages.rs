//! The console blocks of the README and the guide, run as they are printed: as a terminal shows
//! them, with values that vary. Their Rust blocks are doctests of `crates/xtask`.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use crate::helpers::ROOT;

/// The commands that end with exit code 1, by what they begin with.
const REFUSING: [&str; 10] = [
    "kaizala-actions lint docs/samples/job.json",
    "kaizala-actions lint --format concise docs/samples/sample.json",
    "kaizala-actions lint --format github ",
    "kaizala-actions lint --format summary ",
    "kaizala-actions lint --format concise docs/samples/calls.sh",
    "kaizala-actions lint --format concise --body-column ",
    "kaizala-actions lint --format concise --map ",
    "kaizala-actions lint --format concise --environment ",
    "kaizala-actions lint --diff ",
    "kaizala-actions lint --format concise --survey ",
];

/// What varies: a line by its beginning, and what it is to be.
const VARYING: [(&str, &str); 2] = [
    (
        "A sandbox of the API listens at http://127.0.0.1:",
        "A sandbox of the API listens at http://127.0.0.1:[..], and the generated client talks to it.",
    ),
    (
        "60 files, ",
        "[..] files, [..] kB; open target/docs/index.html in a browser",
    ),
];

/// The README and the pages of the guide: the path of each from the root, and its text.
fn pages() -> Vec<(String, String)> {
    let guide = fs::read_dir(Path::new(ROOT).join("docs/guide")).expect("the guide");
    let names = guide.map(|entry| entry.expect("a page").file_name());
    let mut paths: Vec<_> = names
        .map(|name| format!("docs/guide/{}", name.to_string_lossy()))
        .collect();
    paths.sort();
    paths.insert(0, "README.md".to_owned());
    let with_text = |path: String| {
        let text = fs::read_to_string(Path::new(ROOT).join(&path)).expect("a page");
        (path, text)
    };
    paths.into_iter().map(with_text).collect()
}

/// How many lines of the pages are of each kind.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    refusing: usize,
    varying: usize,
}

/// A page with what trycmd wants to know in its console blocks, which its readers need not see.
fn annotated(page: &str, seen: &mut Seen) -> String {
    let (mut text, mut in_console) = (String::new(), false);
    for line in page.lines() {
        in_console = line == "```console" || in_console && line != "```";
        let varies = VARYING
            .iter()
            .find(|(start, _)| in_console && line.starts_with(start));
        text += varies.map_or(line, |(_, pattern)| pattern);
        text.push('\n');
        seen.varying += usize::from(varies.is_some());
        let command = line.strip_prefix("$ ").filter(|_| in_console);
        if command.is_some_and(|command| REFUSING.iter().any(|start| command.starts_with(start))) {
            text += "? 1\n";
            seen.refusing += 1;
        }
        assert!(
            !in_console || !line.starts_with("? ") && line != "..." && !line.contains("[..]"),
            "no terminal shows this: {line}"
        );
    }
    text
}

#[test]
fn console_blocks_print_what_they_say() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).expect("room");
    let cases = trycmd::TestCases::new();
    cases
        .register_bin("cargo", of_a_reader("cargo", env!("CARGO")).as_path())
        .register_bin(
            "kaizala-actions",
            of_a_reader("kaizala-actions", env!("CARGO_BIN_EXE_kaizala-actions")).as_path(),
        )
        .env("NO_COLOR", "1");
    let mut seen = Seen::default();
    for (path, page) in pages() {
        let case = folder.join(path.replace('/', "-"));
        fs::write(&case, annotated(&page, &mut seen)).expect("room");
        cases.case(case);
    }
    // Whatever is listed is there.
    let listed = Seen {
        refusing: REFUSING.len(),
        varying: VARYING.len(),
    };
    assert_eq!(seen, listed);
}

#[test]
fn the_readme_is_short() {
    let (_, readme) = pages().swap_remove(0);
    assert!(readme.lines().count() < 250, "move some of it to the guide");
}

#[test]
fn versions_are_those_of_the_workspace_and_of_the_generators_in_ci() {
    let text = |path: &str| fs::read_to_string(Path::new(ROOT).join(path)).expect("a file");
    let version = env!("CARGO_PKG_VERSION");
    let (minor, _) = version.rsplit_once('.').expect("three numbers");
    let stated = format!("kaizala-actions = {{ version = \"{minor}\"");
    assert!(text("README.md").contains(&stated), "{stated}");

    let locked = text("conformance/package.json")
        + &text("conformance/requirements.txt")
        + &text("conformance/go/go.mod");
    let mut seen = 0;
    for word in text("docs/guide/start.md").split_whitespace() {
        let at = word.rfind("==").or_else(|| word.rfind('@')).unwrap_or(0);
        let (name, version) = (&word[..at], word[at..].trim_start_matches(['=', '@']));
        let number = version.trim_start_matches('v');
        let is_number = |it: char| it == '.' || it.is_ascii_digit();
        if at == 0 || number.is_empty() || !number.chars().all(is_number) {
            continue;
        }
        let name = name.trim_end_matches("/cmd/oapi-codegen");
        let is_locked = ["\": \"", "==", " "]
            .iter()
            .any(|between| locked.contains(&format!("{name}{between}{version}")));
        assert!(is_locked, "{word} is not what CI generates with");
        seen += 1;
    }
    assert_eq!(seen, 6);
}

#[test]
fn the_blocks_of_rust_are_documentation_tests() {
    let tested = include_str!("../../../xtask/src/lib.rs");
    for (path, page) in pages() {
        assert!(
            !page.contains("```rust") || tested.contains(&path),
            "add {path} to crates/xtask/src/lib.rs"
        );
    }
}

#[test]
fn links_lead_somewhere() {
    let others = ["CONTRIBUTING.md", "SECURITY.md", "openapi/README.md"];
    let text = |path: &str| fs::read_to_string(Path::new(ROOT).join(path));
    let others = others.map(|path| (path.to_owned(), text(path).expect("a page")));
    for (path, page) in pages().into_iter().chain(others) {
        let folder = Path::new(&path).parent().expect("a folder");
        let links = page.split("](").skip(1);
        for link in links.filter_map(|rest| Some(rest.split_once(')')?.0)) {
            if link.starts_with("https://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                path.clone()
            } else {
                folder.join(file).to_string_lossy().into_owned()
            };
            let found = Path::new(ROOT).join(&target);
            assert!(found.exists(), "{path}: {link} leads to no file");
            assert!(
                anchor.is_empty()
                    || anchors(&text(&target).expect("a page")).contains(&anchor.into()),
                "{path}: {link} leads to no heading"
            );
        }
    }
}

/// What the headings of a page are called in links.
fn anchors(page: &str) -> Vec<String> {
    let headings = page.lines().filter(|line| line.starts_with('#'));
    let anchor = |heading: &str| {
        let letters = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = letters
            .chars()
            .filter(|it| it.is_alphanumeric() || " -_".contains(*it));
        kept.map(|it| if it == ' ' { '-' } else { it }).collect()
    };
    headings.map(anchor).collect()
}

/// A program as a reader's shell would start it, in the root of the repository. What cargo told
/// this test of its own package would be a change to the build scripts of dependencies, and so
/// build everything anew.
fn of_a_reader(name: &str, program: &str) -> PathBuf {
    let of_this_package = |name: &str| {
        name == "OUT_DIR"
            || ["CARGO_PKG_", "CARGO_MANIFEST_"]
                .iter()
                .any(|start| name.starts_with(start))
    };
    let unset: Vec<_> = env::vars()
        .map(|(name, _)| name)
        .filter(|name| of_this_package(name))
        .map(|name| format!("-u {name}"))
        .collect();
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-of-a-reader"));
    fs::write(
        &path,
        format!(
            "#!/bin/sh\ncd '{ROOT}' && exec env {} '{program}' \"$@\"\n",
            unset.join(" "),
        ),
    )
    .expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a script that runs");
    path
}
