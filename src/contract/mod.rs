//! The contract as data: the OpenAPI document, and the schemas of its bodies as the linter follows
//! them.
//!
//! Both are made by the build from `openapi/kaizala-actions.yaml` and embedded; nothing here reads
//! a file.

use std::{
    collections::HashMap,
    sync::{LazyLock, OnceLock},
};

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use crate::{body::BodyKind, support::Method};

/// The OpenAPI document as it was written.
pub const YAML: &str = include_str!("../../openapi/kaizala-actions.yaml");

/// The notes on the document: its rulings, its sources, and what it leaves out.
pub const NOTES: &str = include_str!("../../openapi/README.md");

/// The OpenAPI document as JSON, in the order in which it was written.
pub const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/document.json"));

mod json_schema;
mod operation;
mod schema;

pub use json_schema::{Dialect, json_schema, json_schema_in};
pub use operation::decoded;
pub use operation::{Content, Misfit, Operation, Parameter, Response, Values};
pub use schema::{Schema, Type};

/// The OpenAPI document, parsed.
#[must_use]
pub fn document() -> Value {
    parse("the document", JSON)
}

/// Reads what the build made for this very type.
fn parse<T: for<'de> Deserialize<'de>>(name: &str, text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| unreachable!("{name}, embedded: {error}"))
}

/// The contract that the linter holds bodies to.
#[derive(Deserialize)]
pub struct Contract {
    schemas: HashMap<String, Entry>,
    unions: HashMap<String, Union>,
    /// The types of question, in the order of the document, each with the schema of its answer
    /// (D-22).
    pub answers: IndexMap<String, Schema>,
    recognition: Vec<Recognition>,
    /// What the server's address ends in, as in `/v1` (D-25).
    pub base: String,
    /// The header that the access token travels in (D-28).
    #[serde(rename = "tokenHeader")]
    pub token_header: String,
    /// In the order of the paths.
    pub operations: Vec<Operation>,
}

/// A schema that a body or an alternative starts with; read when it is first needed, since most
/// runs need few.
#[derive(Deserialize)]
#[serde(transparent)]
struct Entry {
    text: Box<RawValue>,
    #[serde(skip)]
    schema: OnceLock<Schema>,
}

/// How the alternatives of a union are told apart.
#[derive(Deserialize)]
pub struct Union {
    pub tag: String,
    /// Tag value to schema.
    pub alternatives: IndexMap<String, String>,
    /// The alternative without the tag.
    pub bare: Option<Bare>,
    /// The schema of what all tagged alternatives have in common.
    pub envelope: String,
    /// Whether an unknown tag is kept.
    pub open: bool,
    /// The column of the support matrix that decides about a tag; none where the union itself is
    /// the list.
    pub column: Option<Column>,
}

#[derive(Deserialize)]
pub struct Bare {
    /// The member that it has instead of the tag.
    pub selector: String,
    pub schema: String,
}

/// A column of the support matrix.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Column {
    Get,
    Post,
}

impl From<Column> for Method {
    fn from(column: Column) -> Self {
        match column {
            Column::Get => Self::Get,
            Column::Post => Self::Post,
        }
    }
}

/// By which members a body is recognised.
#[derive(Deserialize)]
pub struct Recognition {
    body: String,
    /// JSON Pointers; all of one list must be there.
    #[serde(rename = "anyOf")]
    pub any_of: Vec<Vec<String>>,
}

impl Recognition {
    pub fn body(&self) -> Option<BodyKind> {
        self.body.parse().ok()
    }
}

impl Contract {
    /// The embedded contract.
    pub fn get() -> &'static Self {
        static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
            parse(
                "the contract",
                include_str!(concat!(env!("OUT_DIR"), "/contract.json")),
            )
        });
        &CONTRACT
    }

    /// The rows of recognition, the first that fits being the answer.
    pub fn recognition(&self) -> &[Recognition] {
        &self.recognition
    }

    /// The union of this name.
    pub fn union(&self, name: &str) -> Option<&Union> {
        self.unions.get(name)
    }

    /// The schema of this name, as JSON text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.schemas.get(name).map(|entry| entry.text.get())
    }

    /// The schema of this name.
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        let entry = self.schemas.get(name)?;
        Some(entry.schema.get_or_init(|| parse(name, entry.text.get())))
    }

    /// The names of all schemas.
    pub fn schema_names(&self) -> impl Iterator<Item = &str> {
        self.schemas.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_union_leads_somewhere() {
        let contract = Contract::get();
        for (name, union) in &contract.unions {
            let bare = union.bare.iter().map(|bare| &bare.schema);
            for schema in union
                .alternatives
                .values()
                .chain(bare)
                .chain([&union.envelope])
            {
                assert!(contract.schema(schema).is_some(), "{name}: {schema}");
            }
        }
    }

    #[test]
    fn every_body_has_a_schema_and_is_recognised() {
        let contract = Contract::get();
        for kind in BodyKind::ALL {
            assert!(contract.schema(kind.schema()).is_some(), "{kind}");
            assert!(
                contract
                    .recognition
                    .iter()
                    .any(|row| row.body() == Some(*kind)),
                "{kind}"
            );
        }
    }
}
