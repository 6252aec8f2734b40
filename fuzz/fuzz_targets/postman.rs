//! Collections of Postman.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| kaizala_actions_cli::fuzzing::input("postman", text).unwrap());
