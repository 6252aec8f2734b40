//! Logs, by the map of nginx.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| kaizala_actions_cli::fuzzing::input("log", text).unwrap());
