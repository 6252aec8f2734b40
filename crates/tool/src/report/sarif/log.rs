//! The objects of SARIF, as far as they are written.

use kaizala_actions::{
    lint::{Rule, Severity},
    mask,
};
use serde::{Serialize, Serializer};
use serde_json::{Value, json, value::RawValue};

use crate::{fingerprint::Fingerprint, report::explanation};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Where the project lives, if the manifest says so.
const HOME: Option<&str> = if env!("CARGO_PKG_REPOSITORY").is_empty() {
    None
} else {
    Some(env!("CARGO_PKG_REPOSITORY"))
};

/// A plain message, in which a brace would begin a placeholder and a bracket a link.
pub(crate) fn message(words: &str) -> Value {
    // Brackets mean nothing but for these two together; what stands before is not a link then.
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

/// A log with one run.
#[derive(Serialize)]
pub(crate) struct Log<'l> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'l>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'l> {
    tool: Value,
    invocations: [Value; 1],
    default_encoding: &'static str,
    column_kind: &'static str,
    results: &'l [Outcome],
}

impl<'l> Log<'l> {
    /// Of all results, and of the files that could not be read.
    pub fn new(results: &'l [Outcome], unread: &[Value]) -> Self {
        let rules: Vec<_> = Rule::all().iter().map(|rule| descriptor(rule)).collect();
        let driver = known(json!({
            "name": "kaizala-actions",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "informationUri": HOME,
            "rules": rules,
        }));
        let notification = |message| json!({"level": Severity::Error.name(), "message": message});
        let notifications: Vec<_> = unread.iter().map(notification).collect();
        let invocation = known(json!({
            "executionSuccessful": notifications.is_empty(),
            "toolExecutionNotifications": Some(notifications).filter(|list| !list.is_empty()),
        }));
        Self {
            schema: SCHEMA,
            version: "2.1.0",
            runs: [Run {
                tool: json!({"driver": driver}),
                invocations: [invocation],
                default_encoding: "utf-8",
                column_kind: "unicodeCodePoints",
                results,
            }],
        }
    }
}

fn descriptor(rule: &Rule) -> Value {
    // The numbers in the examples are invented, but who finds one in a log cannot know that.
    let help = |text: String| braces(&mask::phones(&text));
    known(json!({
        "id": rule.id,
        "name": rule.name,
        "shortDescription": message(rule.summary),
        "fullDescription": message(rule.why),
        "help": {
            "text": help(explanation::explanation(rule)),
            "markdown": help(explanation::markdown(rule)),
        },
        "helpUri": HOME.map(|home| format!("{home}/blob/main/openapi/README.md#rulings")),
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
    pub partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Box<RawValue>>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Fingerprints {
    #[serde(rename = "kaizalaFinding/v1", serialize_with = "as_text")]
    pub kind: Fingerprint,
}

fn as_text<S: Serializer>(fingerprint: &Fingerprint, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(fingerprint)
}
