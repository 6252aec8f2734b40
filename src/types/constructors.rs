//! `new` for the bodies, generated from the required members.

#![allow(
    clippy::default_trait_access,
    reason = "generated: what a member is left out as is its type's business"
)]

use super::generated as types;

include!(concat!(env!("OUT_DIR"), "/constructors.rs"));
