//! What of the contract a set of bodies uses, by the OpenAPI document alone.

use std::collections::BTreeSet;

use serde_json::Value;

/// Collects the members, the enum values and the alternatives of unions, as `JobRequest.actionBody`,
/// `QuestionType = "Text"` and `Answer as string`.
pub struct Coverage<'d> {
    schemas: &'d Value,
    seen: BTreeSet<String>,
}

impl<'d> Coverage<'d> {
    pub fn new(document: &'d Value) -> Self {
        Self {
            schemas: &document["components"]["schemas"],
            seen: BTreeSet::new(),
        }
    }

    /// All that a schema declares.
    pub fn declare(&mut self, schema: &str) {
        self.named(schema, None);
    }

    /// What a value of a schema uses of it.
    pub fn observe(&mut self, schema: &str, value: &Value) {
        self.named(schema, Some(value));
    }

    /// What is here and not there.
    pub fn without(self, other: &Self) -> Vec<String> {
        self.seen
            .into_iter()
            .filter(|thing| !other.seen.contains(thing))
            .collect()
    }

    fn named(&mut self, name: &str, value: Option<&Value>) {
        self.schema(&self.schemas[name], name, value);
    }

    /// `value` is none where everything counts.
    fn schema(&mut self, schema: &'d Value, place: &str, value: Option<&Value>) {
        if let Some(name) = reference(schema) {
            return self.named(name, value);
        }
        let schemas = self.schemas;
        for alternative in list(&schema["oneOf"])
            .iter()
            .filter(|alternative| value.is_none_or(|value| is_for(schemas, alternative, value)))
        {
            let name = reference(alternative)
                .or(alternative["type"].as_str())
                .unwrap_or_default();
            self.seen.insert(format!("{place} as {name}"));
            self.schema(alternative, place, value);
        }
        for constant in list(&schema["enum"])
            .iter()
            .filter(|constant| value.is_none_or(|value| value == *constant))
        {
            self.seen.insert(format!("{place} = {constant}"));
        }
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            let inner = value.map(|value| value.get(name));
            if inner != Some(None) {
                let place = format!("{place}.{name}");
                self.schema(member, &place, inner.flatten());
                self.seen.insert(place);
            }
        }
        if let Some(items) = schema.get("items") {
            let Some(value) = value else {
                return self.schema(items, place, None);
            };
            for item in list(value) {
                self.schema(items, place, Some(item));
            }
        }
    }
}

/// Whether a value chooses this alternative: by its JSON type, its constants and what it may not
/// have.
fn is_for(schemas: &Value, alternative: &Value, value: &Value) -> bool {
    let schema = reference(alternative).map_or(alternative, |name| &schemas[name]);
    let has_type = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("number" | "integer") => value.is_number(),
        _ => false,
    };
    let constants = schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, member)| list(&member["enum"]).len() == 1);
    let mut forbidden = list(&schema["not"]["required"])
        .iter()
        .filter_map(Value::as_str);
    has_type
        && constants
            .into_iter()
            .all(|(name, member)| value[name] == member["enum"][0])
        && forbidden.all(|name| value.get(name).is_none())
}

fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
