//! The fast pass may only ever agree with the linter proper.

use std::{fs, path::Path};

use super::{is_clean, recognise_clean};
use crate::{body::BodyKind, lint::Linter};

/// All bodies of `openapi/examples`, with the kind that their folder names.
fn bodies() -> Vec<(BodyKind, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/examples");
    let mut bodies = Vec::new();
    for verdict in ["valid", "lenient", "invalid"] {
        for kind in BodyKind::ALL {
            let mut paths: Vec<_> =
                fs::read_dir(root.join(verdict).join(kind.name())).unwrap().map(|entry| entry.unwrap().path()).collect();
            paths.sort();
            let json = paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "json"));
            bodies.extend(json.map(|path| (*kind, fs::read(path).unwrap())));
        }
    }
    bodies
}

/// What the linter proper says against the fast pass, if that was too sure.
fn disagreement(kind: BodyKind, text: &[u8]) -> Option<String> {
    let linter = Linter::new();
    let too_sure = is_clean(kind, text) && !linter.explain(text, Some(kind)).is_clean();
    let recognised = recognise_clean(text);
    let proper = || linter.explain(text, None);
    let mistaken = recognised.is_some_and(|kind| proper().body != Some(kind) || !proper().is_clean());
    (too_sure || mistaken).then(|| format!("{kind}, recognised as {recognised:?}: {}", String::from_utf8_lossy(text)))
}

#[test]
fn examples_get_the_same_verdict() {
    let wrong: Vec<_> = bodies().iter().filter_map(|(kind, text)| disagreement(*kind, text)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn most_clean_examples_are_seen_to_be_clean() {
    let linter = Linter::new();
    let clean: Vec<_> = bodies().into_iter().filter(|(kind, text)| linter.explain(text, Some(*kind)).is_clean()).collect();
    let missed: Vec<_> =
        clean.iter().filter(|(kind, text)| !is_clean(*kind, text)).map(|(_, text)| String::from_utf8_lossy(text)).collect();
    // Escapes in keys and in values that matter are left to the linter proper, and so is the type in details.
    assert!(missed.len() * 4 < clean.len(), "{} of {} clean bodies are missed:\n{}", missed.len(), clean.len(), missed.join("\n"));
}

#[test]
fn mutated_examples_get_the_same_verdict() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let bodies: Vec<_> = bodies().into_iter().filter(|(_, text)| text.len() < 2_000).collect();
    let mut wrong = Vec::new();
    let mut clean = 0;
    for _ in 0..20 {
        for (kind, text) in &bodies {
            let mut text = text.clone();
            for _ in 0..=random.below(2) {
                mutate(&mut text, &mut random);
            }
            clean += usize::from(is_clean(*kind, &text));
            wrong.extend(disagreement(*kind, &text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(clean > 100, "only {clean} mutated bodies are still clean: the test sees nothing");
}

/// Pieces that make a difference in JSON or in the contract.
const PIECES: &[&str] = &[
    "\"",
    "\\",
    "\\u",
    "\\ud83d",
    "\\ude00",
    "\\n",
    "\\x",
    "\u{1F44D}",
    "\u{1}",
    "\t",
    " ",
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    "null",
    "true",
    "1",
    "0",
    "-",
    ".",
    "e",
    "1e1",
    "10.0",
    "1e400",
    "99999999999999999999",
    "NaN",
    "+",
    "x",
    "\"title\":\"x\",",
    "\"actionType\":\"Job\",",
    "\"Title\":1,",
    "\"options\":[{\"title\":\"a\"}],",
    "\"id\":\"com.contoso\",",
    "\"responseId\":\"x\",",
    "\"errorCode\":\"x\",",
    "\"actions\":[],",
    "Date",
    "\u{FEFF}",
];

fn mutate(text: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(text.len() + 1);
    let piece = PIECES[random.below(PIECES.len())].bytes();
    match random.below(5) {
        0 if at < text.len() => drop(text.remove(at)),
        1 => drop(text.splice(at..at, piece)),
        2 if at < text.len() => text[at] = random.byte(),
        3 => {
            let copy = text[at..text.len().min(at + random.below(40))].to_vec();
            let to = random.below(text.len() + 1);
            text.splice(to..to, copy);
        }
        _ => {
            // Beside a structural byte more of the results are still JSON.
            let spots: Vec<_> = (0..text.len()).filter(|at| b",:{}[]\"".contains(&text[*at])).collect();
            if let Some(spot) = spots.get(random.below(spots.len().max(1))) {
                let to = spot + random.below(2);
                text.splice(to..to, piece);
            }
        }
    }
}

/// Xorshift: the same numbers in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}
