//! The client that progenitor generates from the OpenAPI document; its calls end in `call`.

#![allow(
    unused_imports,
    clippy::pedantic,
    reason = "generated: the docs are the OpenAPI document's, style and prelude progenitor's"
)]

use crate::types::generated as types;

include!(concat!(env!("OUT_DIR"), "/client.rs"));
