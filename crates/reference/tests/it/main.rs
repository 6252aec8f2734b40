//! The reference of the contract, as pages.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop"
)]

// The forms that send calls, which only a sandbox serves.
mod calls;
// What the pages say where the support matrix says No.
mod denied;
// What can be saved from the pages.
mod downloads;
// What is on the pages, where their links go, and what they do not load.
mod pages;
// The playground, which is there if there is an engine for it.
mod playground;

#[path = "../../../../tests/helpers/html.rs"]
mod html;
