//! The fast pass against the linter proper.
#![no_main]

mod mutator;

libfuzzer_sys::fuzz_target!(|text: &[u8]| kaizala_actions::fuzzing::agreement(text).unwrap());
