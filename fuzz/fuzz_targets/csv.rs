//! Tables with a column of bodies.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| kaizala_actions_cli::fuzzing::input("csv", text).unwrap());
