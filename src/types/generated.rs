//! The types that progenitor generates from the OpenAPI document, as they are.

#![allow(
    missing_docs,
    unused_imports,
    clippy::pedantic,
    reason = "generated: its docs are those of the OpenAPI document, its style and its prelude are progenitor's"
)]

include!(concat!(env!("OUT_DIR"), "/types.rs"));
