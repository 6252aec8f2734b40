//! The objects of SARIF, as far as they are written.

use kaizala_actions::{
    lint::{Part, Position, Rule, Severity},
    mask,
};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::{fingerprint::Fingerprint, report::explanation};

pub(crate) const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Where the project lives, if the manifest says so.
pub(crate) const HOME: Option<&str> = if env!("CARGO_PKG_REPOSITORY").is_empty() {
    None
} else {
    Some(env!("CARGO_PKG_REPOSITORY"))
};

/// A plain message, in which a brace would begin a placeholder and a bracket a link.
#[derive(Serialize)]
pub(crate) struct Words {
    pub text: String,
}

impl Words {
    pub fn of(words: &str) -> Self {
        let doubled = words.replace('{', "{{").replace('}', "}}");
        // Brackets mean nothing but for these two together; what stands before is not a link then.
        Self {
            text: doubled.replace("](", "] ("),
        }
    }
}

pub(crate) struct Level(pub Severity);

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // `note`, `warning` and `error` are SARIF's own words.
        serializer.serialize_str(self.0.name())
    }
}

#[derive(Serialize)]
pub(crate) struct Log<'l> {
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    pub version: &'static str,
    pub runs: [Run<'l>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Run<'l> {
    pub tool: Tool,
    pub invocations: [Invocation<'l>; 1],
    pub default_encoding: &'static str,
    pub column_kind: &'static str,
    pub results: &'l [Outcome],
}

#[derive(Serialize)]
pub(crate) struct Tool {
    pub driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Driver {
    pub name: &'static str,
    pub semantic_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub information_uri: Option<&'static str>,
    pub rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Descriptor {
    pub id: &'static str,
    pub name: &'static str,
    pub short_description: Words,
    pub full_description: Words,
    pub help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help_uri: Option<String>,
    pub default_configuration: Configuration,
}

#[derive(Serialize)]
pub(crate) struct Help {
    pub text: String,
    pub markdown: String,
}

#[derive(Serialize)]
pub(crate) struct Configuration {
    pub level: Level,
}

impl Descriptor {
    pub fn of(rule: &'static Rule) -> Self {
        // The numbers in the examples are invented, but who finds one in a log cannot know that.
        let braces = |text: String| mask::phones(&text).replace('{', "{{").replace('}', "}}");
        Self {
            id: rule.id,
            name: rule.name,
            short_description: Words::of(rule.summary),
            full_description: Words::of(rule.why),
            help: Help {
                text: braces(explanation::explanation(rule)),
                markdown: braces(explanation::markdown(rule)),
            },
            help_uri: HOME.map(|home| format!("{home}/blob/main/openapi/README.md#rulings")),
            default_configuration: Configuration {
                level: Level(rule.severity),
            },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Invocation<'l> {
    pub execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tool_execution_notifications: Vec<Notification<'l>>,
}

#[derive(Serialize)]
pub(crate) struct Notification<'l> {
    pub level: Level,
    pub message: &'l Words,
}

/// A result; its places are JSON already, which takes less room than their structures.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Outcome {
    pub rule_id: &'static str,
    pub rule_index: Option<usize>,
    pub level: Level,
    pub message: Words,
    pub locations: [Box<RawValue>; 1],
    /// Of further findings: `locations` would say that all have to be changed to settle one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Box<RawValue>>,
    pub occurrence_count: usize,
    pub partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Box<RawValue>>,
}

#[derive(Serialize)]
pub(crate) struct Fingerprints {
    #[serde(rename = "kaizalaFinding/v1", serialize_with = "as_text")]
    pub kind: Fingerprint,
}

fn as_text<S: Serializer>(fingerprint: &Fingerprint, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(fingerprint)
}

#[derive(Serialize)]
pub(crate) struct Location {
    #[serde(rename = "physicalLocation")]
    pub physical: PhysicalLocation,
    #[serde(rename = "logicalLocations", skip_serializing_if = "Vec::is_empty")]
    pub logical: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub properties: Option<Properties>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PhysicalLocation {
    pub artifact_location: Artifact,
    pub region: Region,
}

#[derive(Serialize)]
pub(crate) struct Artifact {
    pub uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Region {
    pub start_line: usize,
    pub start_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte_offset: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte_length: Option<usize>,
}

#[derive(Serialize)]
pub(crate) struct LogicalLocation {
    #[serde(rename = "fullyQualifiedName")]
    pub pointer: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Properties {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_part: Option<Position>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FixObject {
    pub description: Words,
    pub artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Change {
    pub artifact_location: Artifact,
    pub replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Replacement {
    pub deleted_region: Region,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inserted_content: Option<Content>,
}

#[derive(Serialize)]
pub(crate) struct Content {
    pub text: String,
}
