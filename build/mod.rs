//! From the OpenAPI document to the text that the crate compiles: read, check, generate.
//!
//! `build.rs` is a thin caller of [`run`]; the tests include this folder too, to see the
//! generator refuse documents that contradict themselves.

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

/// One file for `OUT_DIR`: its name and its text.
pub type Output = (&'static str, String);

/// What a text in YAML and its notes make, see [`generate`].
///
/// # Errors
/// As [`parse`] and [`generate`], with the line.
pub fn run(yaml: &str, notes: &str) -> Result<Vec<Output>, Refusal> {
    generate(&parse(yaml)?, notes).map_err(|refusal| Refusal {
        line: lines::find(yaml, &refusal.place),
        ..refusal
    })
}

/// Checks the document, whose tags its notes explain, and makes every generated file from it.
///
/// # Errors
/// A [`Refusal`] where the document contradicts itself or says what the generators do not
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
