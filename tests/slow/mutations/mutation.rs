//! The changes of a document: each part dropped, renamed, or another value.

use std::fmt;

use serde_json::{Map, Value, json};

/// A change of one part of a document.
pub struct Mutation {
    /// The part, as a JSON Pointer.
    pub place: String,
    change: Change,
}

enum Change {
    Drop,
    Rename,
    Set(Value),
}

impl fmt::Display for Mutation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, change } = self;
        match change {
            Change::Drop => write!(f, "#{place} dropped"),
            Change::Rename => write!(f, "#{place} renamed"),
            Change::Set(value) => write!(f, "#{place} set to {value}"),
        }
    }
}

impl Mutation {
    /// All of a document, in its order.
    pub fn all(document: &Value) -> Vec<Self> {
        let mut found = Vec::new();
        below(document, "", &mut found);
        found
    }

    /// The document with the change.
    pub fn apply(&self, document: &Value) -> Value {
        let mut document = document.clone();
        let (parent, token) = self.place.rsplit_once('/').expect("not the root");
        let name = token.replace("~1", "/").replace("~0", "~");
        let parent = document.pointer_mut(parent).expect("a parent");
        match (parent, &self.change) {
            (parent, Change::Set(value)) => {
                *parent.pointer_mut(&format!("/{token}")).expect("a part") = value.clone();
            }
            (Value::Array(items), _) => drop(items.remove(name.parse().expect("an index"))),
            (Value::Object(members), Change::Drop) => drop(members.shift_remove(&name)),
            (Value::Object(members), Change::Rename) => {
                let renamed = |(key, value)| (if key == name { key + "x" } else { key }, value);
                let others = std::mem::take(members).into_iter().map(renamed);
                *members = others.collect::<Map<_, _>>();
            }
            _ => unreachable!("a scalar has no parts"),
        }
        document
    }
}

fn below(value: &Value, place: &str, found: &mut Vec<Mutation>) {
    let parts: Vec<_> = match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| (index.to_string(), item))
            .collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| (name.replace('~', "~0").replace('/', "~1"), member))
            .collect(),
        _ => Vec::new(),
    };
    for (token, part) in parts {
        let place = format!("{place}/{token}");
        let renamed = value.is_object().then_some(Change::Rename);
        let set = others(part).into_iter().map(Change::Set);
        for change in [Change::Drop].into_iter().chain(renamed).chain(set) {
            let place = place.clone();
            found.push(Mutation { place, change });
        }
        below(part, &place, found);
    }
}

/// A value of each other type, and another one of the same.
fn others(value: &Value) -> Vec<Value> {
    let types = [
        json!(null),
        json!(true),
        json!(7),
        json!("zero"),
        json!([]),
        json!({}),
    ];
    let is_other = |other: &Value| std::mem::discriminant(other) != std::mem::discriminant(value);
    let changed = match value {
        Value::String(text) => Some(json!(format!("{text}x"))),
        Value::Bool(flag) => Some(json!(!flag)),
        Value::Number(_) => Some(json!(-1)),
        _ => None,
    };
    types.into_iter().filter(is_other).chain(changed).collect()
}
