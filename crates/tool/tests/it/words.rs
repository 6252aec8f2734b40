//! The words of the documentation, the help, the messages, the rules and the comments: usual terms,
//! and none of the phrases below. Help, messages and rules are strings and comments of the code.

use std::{
    collections::BTreeSet,
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

use regex::{Captures, Regex};

use crate::helpers::ROOT;

/// Phrases, as regular expressions, and what to write instead.
const PHRASES: [(&str, &str); 20] = [
    ("told|tells?|telling", "say, report, print, distinguish"),
    ("stands?|stood|standing", "is, occurs, precedes"),
    (
        "(?:is|are|be|was|were|where) none",
        "is not a, if there is no",
    ),
    ("(?:is|are|be|was|were) no", "is not a"),
    ("be (?:it|they)|though (?:it|they) be", "whether, even if"),
    (
        "who(?:so|m)?ever|nobody|somebody|everybody|nought|aught",
        "the caller, the reader, anyone who, another process",
    ),
    ("of (?:which|whom)", "a sentence of its own"),
    ("(?:is|are|was|were) to be", "must be, should be, will be"),
    (
        "thereof|therein|thereby|hereby|herein|whence|thence|lest|wherein|whereby|wherewith",
        "a plain conjunction",
    ),
    ("anew", "again, or a verb such as renew and rewrite"),
    (
        "unheeded|foresee[ns]?|befalls?|befell|befallen",
        "ignored, expected, happens",
    ),
    ("beside", "next to, in addition to, besides"),
    ("but for", "except for"),
    (
        "(?:is|are|was|were) said|(?:say|says|said) of",
        "is set, says about",
    ),
    ("weighs?", "the severity"),
    ("cures?", "help, fix"),
    ("found out", "detected, determined"),
    ("so (?:many|few)", "this many, the number of, at most"),
    ("all the same", "still, anyway"),
    ("business of", "a sentence that says what handles it"),
];

/// Where a phrase is right: a text that contains it, and why.
const EXCEPTIONS: [(&str, &str); 18] = [
    ("stands for", "the usual term for the meaning of a symbol"),
    ("stand for", "the usual term for the meaning of a symbol"),
    ("Stand-up", "the title of a meeting"),
    ("there is no", "plain English"),
    ("there are no", "plain English"),
    ("there was no", "plain English"),
    ("there may be no", "plain English"),
    ("there is none", "plain English"),
    ("there was none", "plain English"),
    ("there are none", "plain English"),
    ("is no longer", "a common phrase"),
    ("are no longer", "a common phrase"),
    ("was no longer", "a common phrase"),
    ("each of which", "plain English"),
    ("first of which", "plain English"),
    ("none of which", "plain English"),
    ("some of which", "plain English"),
    ("of which there can be", "plain English"),
];

/// The files and folders that are read, from the root.
const READ: [&str; 26] = [
    "README.md",
    "CONTRIBUTING.md",
    "NOTICE.md",
    "SECURITY.md",
    "benches/README.md",
    "conformance/README.md",
    "conformance/changes/README.md",
    "docs/guide",
    "fuzz/README.md",
    "openapi/dist/README.md",
    "openapi/README.md",
    "openapi/kaizala-actions.yaml",
    "build.rs",
    "build",
    "src",
    "crates/reference/README.md",
    "crates/http/README.md",
    "crates/http/src",
    "crates/proxy/README.md",
    "crates/proxy/src",
    "crates/reference/src",
    "crates/sandbox/README.md",
    "crates/sandbox/src",
    "crates/tool/README.md",
    "crates/tool/src",
    "crates/xtask/src",
];

/// The files below a path with text to read.
fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a folder");
        return entries
            .flat_map(|entry| files(&entry.expect("an entry").path()))
            .collect();
    }
    let extension = path.extension().and_then(|extension| extension.to_str());
    let has_text = matches!(extension, Some("md" | "rs" | "yaml"));
    has_text.then(|| path.to_owned()).into_iter().collect()
}

/// The texts of a file, each with its offset: comments and strings of Rust, paragraphs of others.
fn texts(path: &Path, content: &str) -> Vec<(usize, String)> {
    let is_rust = path.extension().is_some_and(|extension| extension == "rs");
    let (parts, marks) = if is_rust {
        let comments = r"(?:[ \t]*//[^\n]*\n)+|//[^\n]*";
        let strings = r##"r#"(?s:.*?)"#|r"[^"]*"|"(?:[^"\\]|\\(?s:.))*"|'(?:[^'\\]|\\[^']*)'"##;
        (format!("{comments}|{strings}"), r"(?m)^ *//[/!]?|\\\n *")
    } else {
        (r"(?:[^\n]+\n?)+".to_owned(), "(?m)^ *#+ ")
    };
    let (parts, marks) = (Regex::new(&parts).unwrap(), Regex::new(marks).unwrap());
    let found = parts.find_iter(content).map(|part| {
        let text = marks.replace_all(part.as_str(), |marks: &Captures<'_>| {
            if marks[0].starts_with('\\') { "" } else { " " }
        });
        let words: Vec<_> = text.split_whitespace().collect();
        (part.start(), words.join(" "))
    });
    found.collect()
}

/// The exceptions that a part of a text belongs to, by their indices.
fn excuses(text: &str, part: Range<usize>) -> impl Iterator<Item = usize> {
    let text = text.to_ascii_lowercase();
    let covers = move |exception: &str| {
        let mut found = text.match_indices(exception);
        found.any(|(at, _)| at <= part.start && part.end <= at + exception.len())
    };
    let exceptions = EXCEPTIONS.into_iter().enumerate();
    exceptions
        .filter(move |(_, (exception, _))| covers(&exception.to_ascii_lowercase()))
        .map(|(index, _)| index)
}

#[test]
fn texts_have_usual_terms() {
    let regex = |phrase: &str| Regex::new(&format!(r"(?i-u)\b(?:{phrase})\b")).unwrap();
    let any = regex(&PHRASES.map(|(phrase, _)| phrase).join("|"));
    let phrases = PHRASES.map(|(phrase, instead)| (regex(phrase), instead));
    let (mut used, mut found) = (BTreeSet::new(), Vec::new());
    let roots = READ.iter().map(|path| Path::new(ROOT).join(path));
    for path in roots.flat_map(|root| files(&root)) {
        let content = fs::read_to_string(&path).expect("a text");
        let texts = texts(&path, &content).into_iter();
        for (start, text) in texts.filter(|(_, text)| any.is_match(text)) {
            for (phrase, instead) in &phrases {
                for part in phrase.find_iter(&text) {
                    let excuses: Vec<_> = excuses(&text, part.range()).collect();
                    if excuses.is_empty() {
                        let line = content[..start].matches('\n').count() + 1;
                        let path = path.strip_prefix(ROOT).unwrap().display();
                        let part = part.as_str();
                        found.push(format!("{path}:{line}: \"{part}\"; write: {instead}"));
                    }
                    used.extend(excuses);
                }
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    let unused = EXCEPTIONS.iter().enumerate();
    let unused: Vec<_> = unused.filter(|(index, _)| !used.contains(index)).collect();
    assert!(unused.is_empty(), "no text has these: {unused:?}");
}
