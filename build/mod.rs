//! Generates the code that the crate compiles from the OpenAPI document: parse, check, generate.
//!
//! `build.rs` only calls [`run`]; the tests include this folder as well, to test that the generator
//! refuses contradictory documents.

#[cfg(feature = "client")]
mod accessors;
mod answers;
mod bodies;
#[cfg(feature = "client")]
mod calls;
pub mod checks;
#[cfg(feature = "client")]
mod client;
mod collisions;
#[cfg(feature = "client")]
mod constructors;
mod contract_json;
mod document;
#[cfg(feature = "client")]
mod enums;
mod examples;
mod lines;
mod matrix_table;
mod named;
mod names;
mod notes;
mod openapi;
mod operations;
mod parameters;
mod paths;
mod questions;
mod references;
pub mod refusal;
mod repeats;
pub mod schemas;
#[cfg(feature = "client")]
mod setters;
mod shape;
mod support;
mod table;
#[cfg(feature = "client")]
mod types;
mod unions;
mod values;

use serde_json::Value;

pub use document::parse;
pub use refusal::Refusal;

/// A file for `OUT_DIR`: its name and its text.
pub type Output = (&'static str, String);

/// Parses the YAML text and generates the files, see [`generate`].
///
/// # Errors
/// As for [`parse`] and [`generate`], with the line.
pub fn run(yaml: &str, notes: &str) -> Result<Vec<Output>, Refusal> {
    generate(&parse(yaml)?, notes).map_err(|refusal| Refusal {
        line: lines::find(yaml, &refusal.place),
        ..refusal
    })
}

/// Checks the document, whose tags are explained in its notes, and generates all files from it.
///
/// # Errors
/// A [`Refusal`] if the document contradicts itself, or has something that the generators do not
/// understand.
pub fn generate(document: &Value, notes: &str) -> Result<Vec<Output>, Refusal> {
    let unions = checks::run(document, notes)?;
    #[cfg(feature = "client")]
    let typed = {
        let columns = support::columns(document)?;
        let (types, client) = client::make(document, &unions, &columns)?;
        [
            ("types.rs", prettyplease::unparse(&types)),
            ("client.rs", prettyplease::unparse(&client)),
            ("accessors.rs", accessors::render(&types, &unions)),
            ("unions.rs", enums::render(document, &unions, &columns)?),
            (
                "constructors.rs",
                constructors::render(document, &types, &unions)?,
            ),
        ]
    };
    #[cfg(not(feature = "client"))]
    let typed = [];
    Ok(vec![
        ("operations.rs", operations::render(document)?),
        ("bodies.rs", bodies::render(document)?),
        ("support.rs", support::render(document)?),
        ("contract.json", contract_json::render(document, &unions)?),
        ("document.json", document.to_string()),
    ]
    .into_iter()
    .chain(typed)
    .collect())
}
