//! The types that progenitor generates from the OpenAPI document.

#![allow(
    unused_imports,
    clippy::pedantic,
    reason = "generated: the docs are the OpenAPI document's, style and prelude progenitor's"
)]

include!(concat!(env!("OUT_DIR"), "/types.rs"));
