//! The client that progenitor generates from the OpenAPI document, its calls ended by `call`.

#![allow(
    missing_docs,
    unused_imports,
    clippy::pedantic,
    reason = "generated: its docs are those of the OpenAPI document, its style and its prelude are progenitor's"
)]

use crate::types::generated as types;

include!(concat!(env!("OUT_DIR"), "/client.rs"));
