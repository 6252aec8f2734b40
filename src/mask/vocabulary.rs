//! Words of the contract: a secret that is one of them is not searched for elsewhere.

use std::{collections::HashSet, sync::LazyLock};

use serde_json::Value;

use super::{encoded::folded, hidden::LEAST};
use crate::contract;

static WORDS: LazyLock<HashSet<Box<[u8]>>> = LazyLock::new(|| {
    let mut words = HashSet::new();
    collect(&contract::document(), &mut words);
    words
});

fn collect(value: &Value, words: &mut HashSet<Box<[u8]>>) {
    match value {
        Value::String(text) => add(text, words),
        Value::Array(items) => items.iter().for_each(|item| collect(item, words)),
        Value::Object(members) => {
            for (name, value) in members {
                add(name, words);
                collect(value, words);
            }
        }
        _ => {}
    }
}

fn add(text: &str, words: &mut HashSet<Box<[u8]>>) {
    let is_part = |letter: char| letter.is_ascii_alphabetic() || "-_/".contains(letter);
    let long = text
        .split(|letter| !is_part(letter))
        .filter(|word| word.len() >= LEAST);
    words.extend(long.map(|word| folded(word.as_bytes())));
}

/// Whether a text is one of them.
pub(super) fn has(folded: &[u8]) -> bool {
    WORDS.contains(folded)
}
