//! How each type of question is answered (`x-kaizala-answers`, read by `src/lint/survey.rs`).

use serde_json::Value;

use super::{Refusal, document};

/// The extension, on the schema whose values are the types of question.
const EXTENSION: &str = "x-kaizala-answers";

/// The schema of an answer, whose alternatives the JSON type tells apart.
const ANSWER: &str = "Answer";

/// The types of question in the order of their enum, each with the alternative of the answer that
/// it wants.
///
/// # Errors
/// A [`Refusal`] where it is not said, or said of types that the enum or the answer does not have.
pub fn answers(document: &Value) -> Result<Vec<(&str, &Value)>, Refusal> {
    let schemas = document::schemas(document)?;
    let mut stating = schemas
        .iter()
        .filter(|(_, schema)| schema.get(EXTENSION).is_some());
    let (name, schema) = stating.next().ok_or_else(|| {
        let cure = format!(
            "give the schema of the types of question `{EXTENSION}`, as in `{{ Text: string }}`"
        );
        Refusal::new(
            "#/components/schemas",
            "no schema says how questions are answered",
            cure,
        )
    })?;
    if let Some((second, _)) = stating.next() {
        let place = format!("#/components/schemas/{second}/{EXTENSION}");
        return Err(Refusal::new(
            place,
            format!("`{name}` says it already"),
            "say in one schema how questions are answered",
        ));
    }
    let place = format!("#/components/schemas/{name}/{EXTENSION}");
    let stated = schema[EXTENSION].as_object().ok_or_else(|| {
        let cure =
            "write the JSON type of the answer to each value of the enum, as in `{ Text: string }`";
        Refusal::new(&place, "no object", cure)
    })?;
    let types: Vec<_> = schema["enum"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if let Some(foreign) = stated
        .keys()
        .find(|stated| !types.contains(&stated.as_str()))
    {
        return Err(Refusal::new(
            place,
            format!("`{foreign}` is not in the enum"),
            "remove it here or add it there",
        ));
    }
    let alternatives = alternatives(document)?;
    let known = alternatives
        .iter()
        .map(|(kind, _)| *kind)
        .collect::<Vec<_>>()
        .join(", ");
    let wanted = |name| {
        let found = stated
            .get(name)
            .map(|kind| (kind, alternatives.iter().find(|(known, _)| kind == known)));
        match found {
            Some((_, Some((_, alternative)))) => Ok((name, *alternative)),
            Some((kind, None)) => {
                let problem = format!("`{name}: {kind}` is no JSON type of an answer");
                Err(Refusal::new(
                    &place,
                    problem,
                    format!("write one that an alternative of `{ANSWER}` has: {known}"),
                ))
            }
            None => {
                let problem =
                    format!("`{name}` is in the enum, and nothing says how it is answered");
                Err(Refusal::new(
                    &place,
                    problem,
                    format!("write `{name}:` and one of {known}"),
                ))
            }
        }
    };
    types.into_iter().map(wanted).collect()
}

/// The alternatives of an answer, each with its JSON type.
fn alternatives(document: &Value) -> Result<Vec<(&str, &Value)>, Refusal> {
    let place = format!("#/components/schemas/{ANSWER}/oneOf");
    let mut found = Vec::new();
    for alternative in document::schemas(document)?
        .get(ANSWER)
        .and_then(|schema| schema["oneOf"].as_array())
        .into_iter()
        .flatten()
    {
        let kind = document::resolve(document, alternative, &place)?["type"].as_str();
        found.extend(kind.map(|kind| (kind, alternative)));
    }
    Ok(found)
}
