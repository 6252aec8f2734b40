//! A body on each line.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| kaizala_actions::fuzzing::input("ndjson", text).unwrap());
