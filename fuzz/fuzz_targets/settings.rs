//! Settings files, which also have the modes of the proxy.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| kaizala_actions_cli::fuzzing::settings(text).unwrap());
