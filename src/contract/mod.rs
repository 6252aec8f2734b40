//! The contract as data: the OpenAPI document, and the schemas of its bodies as the linter follows
//! them.
//!
//! The build makes both from `openapi/kaizala-actions.yaml` and embeds them; nothing here reads a
//! file.

mod data;
mod dialect;
mod document;
mod form;
mod json_schema;
mod operation;
mod schema;

pub use data::{Bare, Contract, Recognition, Union};
pub use dialect::Dialect;
pub use document::{JSON, NOTES, YAML, document};
pub use form::{Form, document_in};
pub use json_schema::{json_schema, json_schema_in};
pub use operation::{
    Content, DeclaredResponse, In, Operation, Parameter, ParameterError, Values, decoded,
};
pub use schema::{Schema, Type};
