//! From the OpenAPI document to the text that the crate compiles: read, check, generate.
//!
//! `build.rs` is a thin caller of [`generate`]; the tests include this folder too, to see the
//! generator refuse documents that contradict themselves.

mod answers;
mod bodies;
#[cfg(feature = "client")]
mod calls;
mod checks;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod columns;
#[cfg(feature = "client")]
mod constructors;
mod document;
#[cfg(feature = "client")]
mod enums;
mod lean;
mod questions;
mod support;
mod table;
mod unions;

use std::fmt;

use serde_json::Value;

pub use document::parse;

/// One file for `OUT_DIR`: its name and its text.
pub type Output = (&'static str, String);

/// Why a document is refused: where, what, and what to do about it.
#[derive(Debug, PartialEq)]
pub struct Refusal {
    /// JSON Pointer into the document, or line and column while it is not yet a document.
    pub place: String,
    pub problem: String,
    pub cure: String,
}

impl Refusal {
    fn new(place: impl Into<String>, problem: impl Into<String>, cure: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            problem: problem.into(),
            cure: cure.into(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {}: {}; {}", self.place, self.problem, self.cure)
    }
}

impl std::error::Error for Refusal {}

/// Checks the document and makes every generated file from it.
///
/// # Errors
/// A [`Refusal`] where the document contradicts itself or says what the generators do not
/// understand.
pub fn generate(document: &Value) -> Result<Vec<Output>, Refusal> {
    let unions = unions::find(document)?;
    checks::run(document, &unions)?;
    #[cfg(feature = "client")]
    let typed = {
        let columns = columns::find(document)?;
        let client = client::make(document, &unions, &columns)?;
        let constructors = constructors::render(document, &client, &unions)?;
        let (types, client) = client::split(client)?;
        [
            ("types.rs", prettyplease::unparse(&types)),
            ("client.rs", prettyplease::unparse(&client)),
            ("unions.rs", enums::render(document, &unions, &columns)?),
            ("constructors.rs", constructors),
        ]
    };
    #[cfg(not(feature = "client"))]
    let typed = [];
    Ok(vec![
        ("bodies.rs", bodies::render(document)?),
        ("support.rs", support::render(document)?),
        ("contract.json", lean::render(document, &unions)?),
        ("document.json", document.to_string()),
    ]
    .into_iter()
    .chain(typed)
    .collect())
}
