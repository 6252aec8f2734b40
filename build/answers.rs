//! Checks the declared sources of members of answers (`x-kaizala-from`, which the sandbox reads).

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    bodies,
    document::{members, parts, reaches, resolve, schema, schema_place, texts},
    references::named,
    refusal::{Refusal, refuse},
    shape::brief,
    support,
};

const EXTENSION: &str = "x-kaizala-from";

/// The origins of a value: exactly one in each source.
const ORIGINS: &[&str] = &["posted", "item", "responses", "kept"];

/// What a server stores of an action or a response.
const KEPT: &[&str] = &[
    "referenceId",
    "actionId",
    "actionType",
    "responseId",
    "sender",
    "creatorId",
    "sentAt",
    "creationTime",
    "actions",
    "hasMore",
];

/// What can be made from values of each origin.
const FORMS: &[(&str, &[&str])] = &[
    ("posted", &["count", "hours-later", "media-url"]),
    ("item", &["count", "hours-later", "media-url"]),
    ("responses", &["count", "count-true", "all-true"]),
    ("kept", &[]),
];

/// A member of an answer, and its sources.
struct Member<'d> {
    document: &'d Value,
    schema: &'d Value,
    place: String,
}

/// Checks the sources of one member.
///
/// # Errors
/// A [`Refusal`] for a source that the sandbox would not understand, or that can never have a
/// value.
pub fn sources(document: &Value, schema: &Value, place: &str) -> Result<(), Refusal> {
    let Some(stated) = schema.get(EXTENSION) else {
        return Ok(());
    };
    let place = format!("{place}/{EXTENSION}");
    let (list, place_of): (_, fn(&str, usize) -> String) = match stated {
        Value::Array(several) => (several.as_slice(), |place, index| {
            format!("{place}/{index}")
        }),
        single => (std::slice::from_ref(single), |place, _| place.to_owned()),
    };
    for (index, source) in list.iter().enumerate() {
        let member = Member {
            document,
            schema,
            place: place_of(&place, index),
        };
        member.source(source)?;
    }
    Ok(())
}

impl Member<'_> {
    fn source(&self, source: &Value) -> Result<(), Refusal> {
        let origins: Vec<_> = ORIGINS
            .iter()
            .filter(|name| source.get(name).is_some())
            .collect();
        let [origin] = origins[..] else {
            return self.refuse(
                "a source without exactly one origin",
                format!("name one of {}", ORIGINS.join(", ")),
            );
        };
        self.form(source, origin)?;
        self.types(source)?;
        self.pointers(source)?;
        self.word(source, "kept", KEPT)?;
        let asked = boolean_parameters(self.document);
        self.word(source, "when", &asked)?;
        self.default(source)
    }

    fn form(&self, source: &Value, origin: &str) -> Result<(), Refusal> {
        let forms = FORMS.iter().find(|(name, _)| *name == origin);
        let forms = forms.map_or(&[][..], |(_, forms)| *forms);
        self.word(source, "as", forms)?;
        let form = source["as"].as_str();
        if origin == "responses" && form.is_none() && self.schema["type"] != "array" {
            let help = format!("add `as:` and one of {}", forms.join(", "));
            return self.refuse("several responses have no single value", help);
        }
        if (form == Some("all-true")) == source.get("of").is_none() {
            let help = "write `of` where `as` is all-true, and nowhere else";
            return self.refuse("`of` says how many responses are all", help);
        }
        Ok(())
    }

    /// Checks that a text is one of these.
    fn word(&self, source: &Value, name: &str, words: &[&str]) -> Result<(), Refusal> {
        let known = |value: &Value| value.as_str().is_some_and(|it| words.contains(&it));
        match source.get(name).filter(|value| !known(value)) {
            Some(value) if words.is_empty() => self.refuse(
                format!("`{name}: {}` means nothing here", brief(value)),
                "remove it",
            ),
            Some(value) => self.refuse(
                format!("`{name}: {}` is unknown", brief(value)),
                format!("write one of {}", words.join(", ")),
            ),
            None => Ok(()),
        }
    }

    /// Checks that the types of a source are in the matrix.
    fn types(&self, source: &Value) -> Result<(), Refusal> {
        let rows = support::rows(self.document)?;
        match texts(source, "for").find(|name| rows.iter().all(|row| *name != row.body_value)) {
            Some(name) => self.refuse(
                format!("`for: {}` is in no row of the matrix", name.escape_debug()),
                "write body values of x-kaizala-support",
            ),
            None => Ok(()),
        }
    }

    /// Checks that the pointers lead to members that requests can have.
    fn pointers(&self, source: &Value) -> Result<(), Refusal> {
        let requests = bodies::find(self.document)?;
        let request = |id: &str| {
            let kind = requests.iter().find(|body| body.kind == id);
            kind.map_or(&Value::Null, |body| schema(self.document, body.schema))
        };
        let posted = request("post-action.request");
        let response = request("respond-to-action.request");
        let mut lists = vec![response];
        items_below(self.document, posted, &mut lists);
        items_below(self.document, response, &mut lists);
        for (name, among) in [
            ("posted", vec![posted]),
            ("of", vec![posted]),
            ("responses", vec![response]),
            ("item", lists),
        ] {
            let Some(pointer) = source[name].as_str() else {
                continue;
            };
            if among.iter().all(|it| !reaches(self.document, it, pointer)) {
                return self.refuse(
                    format!("`{name}: {}` leads nowhere", pointer.escape_debug()),
                    "write a JSON Pointer to a member that the schema of the request declares",
                );
            }
        }
        Ok(())
    }

    /// Checks that the default has the type of the member, or a type that the form is made from.
    fn default(&self, source: &Value) -> Result<(), Refusal> {
        let Some(default) = source.get("default") else {
            return Ok(());
        };
        let kind = match source["as"].as_str() {
            Some("hours-later") => Some("integer"),
            Some("media-url") => Some("string"),
            _ => self.schema["type"].as_str(),
        };
        let fits = match kind {
            Some("string") => default.is_string(),
            Some("integer") => default.is_i64(),
            Some("number") => default.is_number(),
            Some("boolean") => default.is_boolean(),
            Some("array") => default.is_array(),
            Some("object") => default.is_object(),
            _ => !default.is_null(),
        };
        if fits {
            return Ok(());
        }
        let kind = kind.unwrap_or("value");
        self.refuse(
            format!("`default: {}` is of another type", brief(default)),
            format!("write a default of type {kind}"),
        )
    }

    fn refuse(&self, problem: impl Into<String>, help: impl Into<String>) -> Result<(), Refusal> {
        refuse(self.place.as_str(), problem, help)
    }
}

/// The schemas of the items of all lists in a schema.
fn items_below<'d>(document: &'d Value, value: &'d Value, found: &mut Vec<&'d Value>) {
    let Ok(value) = resolve(document, value, "") else {
        return;
    };
    found.extend(value.get("items"));
    parts(value).for_each(|(_, part)| items_below(document, part, found));
}

/// The boolean parameters.
fn boolean_parameters(document: &Value) -> Vec<&str> {
    let parameters = members(&document["components"]["parameters"]);
    let boolean = parameters.filter(|(_, it)| it["schema"]["type"] == "boolean");
    boolean.filter_map(|(_, it)| it["name"].as_str()).collect()
}

/// Checks that only answers have sources, and members that the sandbox adds.
///
/// # Errors
/// A [`Refusal`] for an extension for answers in a schema that only requests use, and for a schema
/// that both use (D-23).
pub fn only_in_answers(document: &Value) -> Result<(), Refusal> {
    let (mut sent, mut received) = (BTreeSet::new(), BTreeSet::new());
    for body in bodies::find(document)? {
        below(
            document,
            body.schema,
            if body.request {
                &mut sent
            } else {
                &mut received
            },
        );
    }
    if let Some(both) = sent.intersection(&received).next() {
        return refuse(
            schema_place(both),
            format!("`{both}` is in requests and in answers"),
            "give each its own schema: the same member can mean another thing (D-23)",
        );
    }
    for name in sent {
        stateless(schema(document, name), &schema_place(name))?;
    }
    Ok(())
}

fn below<'d>(document: &'d Value, name: &'d str, found: &mut BTreeSet<&'d str>) {
    if found.insert(name) {
        let mut next = Vec::new();
        named(schema(document, name), &mut next);
        for name in next {
            below(document, name, found);
        }
    }
}

fn stateless(schema: &Value, place: &str) -> Result<(), Refusal> {
    for extension in [EXTENSION, "x-kaizala-sandbox"] {
        if schema.get(extension).is_some() {
            return refuse(
                format!("{place}/{extension}"),
                format!("`{extension}` means nothing in a request"),
                "remove it: the sandbox only makes answers",
            );
        }
    }
    parts(schema).try_for_each(|(name, part)| stateless(part, &format!("{place}/{name}")))
}
