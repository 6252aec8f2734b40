//! The objects of SARIF, as far as they are written.

use std::io::{self, Write};

use kaizala_actions::{
    lint::{Rule, Severity},
    mask::Hidden,
};
use serde::{Serialize, Serializer as _};
use serde_json::{Value, json, value::RawValue};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A plain message, in which a brace would begin a placeholder and a bracket a link.
pub(crate) fn message(words: &str) -> Value {
    // Brackets only have a meaning together; without the first, the text is not a link.
    json!({"text": braces(words).replace("](", "] (")})
}

fn braces(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// An object without the members that are not known.
pub(crate) fn known(mut object: Value) -> Value {
    if let Some(members) = object.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    object
}

/// Where the project lives, if the manifest says so.
fn home() -> Option<&'static str> {
    Some(env!("CARGO_PKG_REPOSITORY")).filter(|home| !home.is_empty())
}

/// Writes a log with one run, of all results, and of the files that could not be read.
pub(crate) fn write<'r>(
    results: impl Iterator<Item = &'r Outcome>,
    unread: &[Value],
    out: &mut dyn Write,
) -> io::Result<()> {
    let rules: Vec<_> = Rule::all().iter().map(|rule| descriptor(rule)).collect();
    let tool = json!({"driver": known(json!({
        "name": "kaizala-actions",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "informationUri": home(),
        "rules": rules,
    }))});
    let notification = |message| json!({"level": Severity::Error.name(), "message": message});
    let notifications: Vec<_> = unread.iter().map(notification).collect();
    let invocation = known(json!({
        "executionSuccessful": unread.is_empty(),
        "toolExecutionNotifications": (!unread.is_empty()).then_some(notifications),
    }));
    // The results alone can be large: they are not copied.
    write!(
        out,
        r#"{{"$schema":"{SCHEMA}","version":"2.1.0","runs":[{{"tool":{tool},"#
    )?;
    write!(
        out,
        r#""invocations":[{invocation}],"defaultEncoding":"utf-8","#
    )?;
    out.write_all(br#""columnKind":"unicodeCodePoints","results":"#)?;
    serde_json::Serializer::new(&mut *out).collect_seq(results)?;
    out.write_all(b"}]}\n")
}

fn descriptor(rule: &Rule) -> Value {
    // The numbers in the examples are invented, but who finds one in a log cannot know that.
    let help = |text: String| braces(&Hidden::nothing().words(&text));
    known(json!({
        "id": rule.id,
        "name": rule.name,
        "shortDescription": message(rule.summary),
        "fullDescription": message(rule.why),
        "help": {
            "text": help(rule.explanation()),
            "markdown": help(rule.markdown()),
        },
        "helpUri": home().map(|home| format!("{home}/blob/main/openapi/README.md#rulings")),
        "defaultConfiguration": {"level": rule.severity.name()},
    }))
}

/// A result; its places are JSON already, which takes less room than their structures.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Outcome {
    pub rule_id: &'static str,
    pub rule_index: Option<usize>,
    /// `note`, `warning` and `error` are SARIF's own words.
    pub level: &'static str,
    pub message: Box<RawValue>,
    pub locations: [Box<RawValue>; 1],
    /// Of further findings: `locations` would say that all have to be changed to settle one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Box<RawValue>>,
    pub occurrence_count: usize,
    pub partial_fingerprints: Box<RawValue>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Box<RawValue>>,
}
