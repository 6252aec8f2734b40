//! What is shown and recorded of exchanges, without secrets.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| kaizala_actions::fuzzing::masks(text).unwrap());
