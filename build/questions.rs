//! The kind of answer to each type of question (`x-kaizala-answers`, read by `src/lint/survey.rs`).

use serde_json::Value;

use super::{
    document::{items, resolve, schema, schema_place, schemas, texts},
    refusal::{Refusal, refuse},
};

/// The extension, on the schema that lists the types of question.
const EXTENSION: &str = "x-kaizala-answers";

/// The schema of an answer, whose alternatives have different JSON types.
const ANSWER: &str = "Answer";

/// The types of question in the order of their enum, each with the alternative of the answer that
/// it requires.
///
/// # Errors
/// A [`Refusal`] if it is missing, or names types that the enum or the answer does not have.
pub fn answers(document: &Value) -> Result<Vec<(&str, &Value)>, Refusal> {
    let mut stating = schemas(document)?
        .iter()
        .filter(|(_, schema)| schema.get(EXTENSION).is_some());
    let Some((name, question)) = stating.next() else {
        return refuse(
            "#/components/schemas",
            "no schema says how questions are answered",
            format!(
                "give the schema of the types of question `{EXTENSION}`, as in `{{ Text: string }}`"
            ),
        );
    };
    if let Some((second, _)) = stating.next() {
        return refuse(
            format!("{}/{EXTENSION}", schema_place(second)),
            format!("`{name}` says it already"),
            "say in one schema how questions are answered",
        );
    }
    let place = format!("{}/{EXTENSION}", schema_place(name));
    let Some(stated) = question[EXTENSION].as_object() else {
        return refuse(
            place,
            "no object",
            "write the JSON type of the answer to each value of the enum, as in `{ Text: string }`",
        );
    };
    let types: Vec<_> = texts(question, "enum").collect();
    if let Some(foreign) = stated.keys().find(|name| !types.contains(&name.as_str())) {
        return refuse(
            place,
            format!("`{foreign}` is not in the enum"),
            "remove it here or add it there",
        );
    }
    let alternatives = alternatives(document)?;
    let known: Vec<_> = alternatives.iter().map(|(kind, _)| *kind).collect();
    let known = known.join(", ");
    let wanted = |name| {
        let Some(kind) = stated.get(name) else {
            return refuse(
                &place,
                format!("`{name}` is in the enum, and nothing says how it is answered"),
                format!("write `{name}:` and one of {known}"),
            );
        };
        match alternatives.iter().find(|(known, _)| kind == known) {
            Some((_, alternative)) => Ok((name, *alternative)),
            None => refuse(
                &place,
                format!("`{name}: {kind}` is not a JSON type of an answer"),
                format!("write one that an alternative of `{ANSWER}` has: {known}"),
            ),
        }
    };
    types.into_iter().map(wanted).collect()
}

/// The alternatives of an answer, each with its JSON type.
fn alternatives(document: &Value) -> Result<Vec<(&str, &Value)>, Refusal> {
    let place = format!("{}/oneOf", schema_place(ANSWER));
    let mut found = Vec::new();
    for alternative in items(schema(document, ANSWER), "oneOf") {
        let kind = resolve(document, alternative, &place)?["type"].as_str();
        found.extend(kind.map(|kind| (kind, alternative)));
    }
    Ok(found)
}
