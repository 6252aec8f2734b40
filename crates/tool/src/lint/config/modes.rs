//! The table `[proxy]`: the modes of the command `proxy`.

use clap::ValueEnum;
use kaizala_actions::{lint::nearest, operation::OperationId};
use serde_json::{Value as Json, json};
use toml::de::DeTable;

use super::value::{Fault, Value, choice, items, string, table};
use crate::parsers::names;

const KEYS: [&str; 4] = ["requests", "responses", "override", "operations"];
const OPERATION_KEYS: [&str; 3] = ["operation", "requests", "responses"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModeName {
    /// Check nothing
    Off,
    /// Report what is wrong
    Observe,
    /// Refuse what has errors
    Enforce,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Override {
    /// Only report what is wrong
    Observe,
    /// Check nothing
    Off,
}

/// The modes of a proxy, as far as they are given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Modes {
    pub requests: Option<ModeName>,
    pub responses: Option<ModeName>,
    /// Takes precedence over all others.
    pub beats: Option<Override>,
    pub operations: Vec<OperationModes>,
}

/// The modes for one operation; those that are not given are those of the proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OperationModes {
    pub operation: OperationId,
    pub requests: Option<ModeName>,
    pub responses: Option<ModeName>,
}

pub(super) fn read(value: &Value<'_>) -> Result<Modes, Fault> {
    let mut modes = Modes::default();
    let written = table(value)?;
    check(written, &KEYS)?;
    for (key, value) in written {
        match &**key.get_ref() {
            "requests" => modes.requests = Some(string(value, choice)?),
            "responses" => modes.responses = Some(string(value, choice)?),
            "override" => modes.beats = Some(string(value, choice)?),
            _ => {
                let read = items(value)?.iter().map(read_operation);
                modes.operations = read.collect::<Result<_, _>>()?;
            }
        }
    }
    Ok(modes)
}

fn read_operation(value: &Value<'_>) -> Result<OperationModes, Fault> {
    let written = table(value)?;
    check(written, &OPERATION_KEYS)?;
    let mode = |key: &str| {
        let value = written.get(key);
        value.map(|value| string(value, choice)).transpose()
    };
    let at = value.span().start;
    let operation = written.get("operation");
    let operation = operation.ok_or_else(|| {
        Fault::new(
            at,
            "modes without an operation: name it, as in operation = \"postAction\"",
        )
    })?;
    Ok(OperationModes {
        operation: string(operation, |name| {
            let id = name.parse::<OperationId>();
            id.map_err(|error| error.to_string())
        })?,
        requests: mode("requests")?,
        responses: mode("responses")?,
    })
}

fn check(written: &DeTable<'_>, keys: &[&str]) -> Result<(), Fault> {
    for (key, _) in written {
        let name = &**key.get_ref();
        if !keys.contains(&name) {
            let hint = match nearest(name, keys.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", keys.join(", ")),
            };
            let message = format!("unknown key `{name}`; {hint}");
            return Err(Fault::new(key.span().start, message));
        }
    }
    Ok(())
}

/// The JSON Schema of the table.
pub(super) fn schema() -> Json {
    let mode = |of: &str| {
        let description = format!("The mode for {of}");
        json!({"enum": names::<ModeName>(), "description": description})
    };
    let ids = OperationId::ALL.iter();
    let ids: Vec<_> = ids
        .flat_map(|id| [id.as_str()].into_iter().chain(id.former_names()))
        .collect();
    let (requests, responses) = (mode("requests"), mode("responses"));
    json!({
        "type": "object",
        "properties": {
            "requests": requests,
            "responses": responses,
            "override": {
                "enum": names::<Override>(),
                "description": "The mode for everything, whatever else is set",
            },
            "operations": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "operation": {"enum": ids, "description": "For which operation"},
                        "requests": requests,
                        "responses": responses,
                    },
                    "required": ["operation"],
                    "additionalProperties": false,
                },
                "description": "Modes for some operations only",
            },
        },
        "additionalProperties": false,
        "description": "The modes of the command proxy",
    })
}
