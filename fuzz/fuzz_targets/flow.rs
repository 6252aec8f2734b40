//! Definitions of flows.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| kaizala_actions_cli::fuzzing::input("flow", text).unwrap());
