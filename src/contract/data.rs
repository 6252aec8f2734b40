//! The contract as data for the linter.

use std::{collections::HashMap, sync::OnceLock};

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{document::parse, operation::Operation, schema::Schema};
use crate::{body::BodyKind, support::Method};

static CONTRACT: OnceLock<Contract> = OnceLock::new();

/// The contract as data for the linter.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct Contract {
    schemas: HashMap<String, Entry>,
    unions: HashMap<String, Union>,
    /// The types of question, in the order of the document, with the schema of their answers
    /// (D-22).
    pub answers: IndexMap<String, Schema>,
    recognition: Vec<Recognition>,
    /// The end of the server's address, as in `/v1` (D-25).
    pub base: String,
    /// The header for the access token (D-28).
    #[serde(rename = "tokenHeader")]
    pub token_header: String,
    /// The operations, in the order of the paths.
    pub operations: Vec<Operation>,
}

/// The schemas that a body or an alternative starts with; parsed when first needed, since most runs
/// need few.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct Entry {
    text: Box<RawValue>,
    #[serde(skip)]
    schema: OnceLock<Schema>,
}

/// How the alternatives of a union are distinguished.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct Union {
    /// The member whose value names the alternative.
    pub tag: String,
    /// Tag value to schema.
    pub alternatives: IndexMap<String, String>,
    /// The alternative without the tag.
    pub bare: Option<Bare>,
    /// The schema of what all tagged alternatives have in common.
    pub envelope: String,
    /// Whether an unknown tag is kept.
    pub open: bool,
    /// The column of the support matrix that decides about a tag; `None` if the union itself is the
    /// list.
    pub column: Option<Method>,
}

/// The alternative of a union that has no tag.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct Bare {
    /// The member that it has instead of the tag.
    pub selector: String,
    /// The name of its schema.
    pub schema: String,
}

/// The members by which a kind of body is recognised.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct Recognition {
    body: String,
    /// JSON Pointers; all members of one list must be present.
    #[serde(rename = "anyOf")]
    pub any_of: Vec<Vec<String>>,
}

impl Recognition {
    /// The body that has these members.
    #[must_use]
    pub fn body(&self) -> Option<BodyKind> {
        self.body.parse().ok()
    }
}

impl Contract {
    /// The embedded contract.
    #[must_use]
    pub fn get() -> &'static Self {
        CONTRACT.get_or_init(|| {
            let text = include_str!(concat!(env!("OUT_DIR"), "/contract.json"));
            parse("the contract", text)
        })
    }

    /// Replaces the embedded contract, which must not have been used yet; returns whether it was
    /// replaced. For the test of contracts that the build makes from other documents.
    #[doc(hidden)]
    #[must_use]
    pub fn replace_embedded(self) -> bool {
        CONTRACT.set(self).is_ok()
    }

    /// The rows of recognition; the first that matches decides.
    #[must_use]
    pub fn recognition(&self) -> &[Recognition] {
        &self.recognition
    }

    /// The union of this name.
    #[must_use]
    pub fn union(&self, name: &str) -> Option<&Union> {
        self.unions.get(name)
    }

    /// The union whose alternatives share what this schema says.
    #[must_use]
    pub fn union_of(&self, envelope: &str) -> Option<&Union> {
        let mut unions = self.unions.values();
        unions.find(|union| union.envelope == envelope)
    }

    /// The schema of this name, as JSON text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.schemas.get(name).map(|entry| entry.text.get())
    }

    /// The schema of this name.
    #[must_use]
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
