//! A file that is one body.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| kaizala_actions_cli::fuzzing::input("json", text).unwrap());
