//! The document as it is published: what it says, and how its bodies are sent in each language
//! (`x-codeSamples`), which Redoc, Scalar and others show next to an operation.

use std::fmt::Write as _;

use kaizala_actions::{
    contract::{self, Contract},
    support,
};
use serde_json::{Map, Value, json};

use super::{
    csv,
    reference::Reference,
    value::{named, text},
};

const SAMPLES: &str = "x-codeSamples";

/// The members of an operation that the samples follow.
const BEFORE: &str = "operationId";

/// The document with code samples.
///
/// ```
/// use kaizala_actions::contract;
///
/// let published = kaizala_actions_reference::published::document();
/// let posting = &published["paths"]["/groups/{groupId}/actions"]["post"];
/// assert_eq!(posting["x-codeSamples"][0]["lang"], "Rust");
/// // The embedded one is without.
/// assert!(!contract::JSON.contains("x-codeSamples"));
/// ```
#[must_use]
pub fn document() -> Value {
    let reference = Reference::new();
    let mut document = reference.document.clone();
    for (path, method, operation) in reference.operations() {
        let samples = samples(&reference, operation);
        let stated = document["paths"][path][method].as_object_mut();
        if let Some(members) = stated.filter(|_| !samples.is_empty()) {
            *members = following(members, &samples);
        }
    }
    document
}

/// The document with code samples, as it was written, with its comments.
#[must_use]
pub fn yaml() -> String {
    let reference = Reference::new();
    let mut text = String::new();
    for line in contract::YAML.lines() {
        let _ = writeln!(text, "{line}");
        let indent = line.len() - line.trim_start().len();
        let id = line.trim_start().strip_prefix(BEFORE);
        let id = id.and_then(|rest| rest.strip_prefix(": "));
        let is_of = |operation: &&Value| id == operation[BEFORE].as_str();
        // A link names an operation, too, and deeper.
        let mut operations = reference.operations().map(|(.., operation)| operation);
        let Some(operation) = operations.find(is_of).filter(|_| indent == OPERATION) else {
            continue;
        };
        let samples = samples(&reference, operation);
        if !samples.is_empty() {
            let _ = writeln!(text, "{:OPERATION$}{SAMPLES}:", "");
        }
        for sample in &samples {
            let lines = [
                ("- lang: ", &sample["lang"]),
                ("  label: ", &sample["label"]),
            ];
            for (name, value) in lines {
                let _ = writeln!(
                    text,
                    "{:OPERATION$}  {name}{}",
                    "",
                    value.as_str().unwrap_or_default()
                );
            }
            let _ = writeln!(text, "{:OPERATION$}    source: |", "");
            for line in self::text(sample, "source").lines() {
                let line = format!("{:OPERATION$}      {line}", "");
                let _ = writeln!(text, "{}", line.trim_end());
            }
        }
    }
    text
}

/// The support matrix as comma-separated values. The names are those of its JSON; where there is no
/// id, the field is empty.
#[must_use]
pub fn matrix_csv() -> String {
    let yes = |supported| if supported { "Yes" } else { "No" };
    let mut text = csv::record(["label", "id", "bodyValue", "get", "post"]);
    for row in support::rows() {
        let id = row.id.unwrap_or_default();
        let fields = [row.label, id, row.body_value, yes(row.get), yes(row.post)];
        text.push_str(&csv::record(fields));
    }
    text
}

/// How far the members of an operation are indented.
const OPERATION: usize = 6;

/// The samples of an operation: of the alternative that the union of its body has as its example.
fn samples(reference: &Reference, operation: &Value) -> Vec<Value> {
    let content = &operation["requestBody"]["content"]["application/json"];
    let shown = named(&content["schema"]).and_then(|name| {
        let union = Contract::get().union(name)?;
        let tag = reference.schema(name)["example"][&union.tag].as_str()?;
        Some((tag, union.alternatives.get(tag)?))
    });
    let Some((tag, schema)) = shown else {
        return Vec::new();
    };
    let sample = |language: &super::snippets::Snippets| {
        let source = [language.get("client")?, language.get(schema)?].join("\n");
        Some(
            json!({"lang": language.language, "label": format!("{} ({tag})", language.language), "source": source}),
        )
    };
    reference.snippets.iter().filter_map(sample).collect()
}

/// The members with the samples behind the id.
fn following(members: &Map<String, Value>, samples: &[Value]) -> Map<String, Value> {
    let each = members.iter().flat_map(|(name, value)| {
        let samples = (name == BEFORE).then(|| (SAMPLES.to_owned(), samples.into()));
        [(name.clone(), value.clone())].into_iter().chain(samples)
    });
    each.collect()
}
