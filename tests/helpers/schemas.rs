//! The published JSON Schemas, in the hands of a validator that knows nothing of the linter.

use std::{collections::BTreeMap, error::Error};

use jsonschema::{Draft, Validator};
use kaizala_actions::{
    body::BodyKind,
    contract,
    lint::{Report, Rule},
};
use serde_json::Value;

/// A validator for each kind of body.
pub struct Schemas(BTreeMap<&'static str, Validator>);

impl Schemas {
    pub fn compile() -> Result<Self, Box<dyn Error>> {
        let compiled = BodyKind::ALL
            .iter()
            .map(|kind| Ok((kind.name(), validator(&contract::json_schema(*kind))?)));
        compiled.collect::<Result<_, _>>().map(Self)
    }

    /// Whether the schema accepts what the linter has no error about, and nothing else; none where
    /// a rule was broken about which a schema has no say.
    pub fn agree(&self, kind: BodyKind, text: &[u8], report: &Report) -> Option<bool> {
        if report
            .findings
            .iter()
            .any(|finding| is_exempt(finding.rule))
        {
            return None;
        }
        let accepted =
            serde_json::from_slice(text).is_ok_and(|value| self.0[kind.name()].is_valid(&value));
        Some(accepted != report.has_errors())
    }
}

pub fn validator(schema: &Value) -> Result<Validator, Box<dyn Error>> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .build(schema)
        .map_err(|error| error.to_string().into())
}

/// Rules about which a JSON Schema has no say, beside those of the document and of meaning
/// (`openapi/README.md`, "What JSON Schema cannot say").
const NO_SAY: &[&str] = &[
    "value-casing",
    "member-casing",
    "repeated-member",
    "error-in-success",
    "integer-spelling",
    "null-member",
];

fn is_exempt(rule: &Rule) -> bool {
    rule.id.starts_with("KZ0") || rule.id.starts_with("KZ4") || NO_SAY.contains(&rule.name)
}
