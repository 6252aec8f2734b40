//! What is compressed, or looks like it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kaizala_actions_cli::fuzzing::decode(bytes).unwrap());
