//! What `Linter::fix` leaves.
#![no_main]

#[path = "../../tests/helpers/fixing.rs"]
mod fixing;
mod mutator;

use kaizala_actions::body::BodyKind;

libfuzzer_sys::fuzz_target!(|text: &[u8]| {
    for kind in BodyKind::ALL {
        fixing::fixed(*kind, text).unwrap();
    }
});
