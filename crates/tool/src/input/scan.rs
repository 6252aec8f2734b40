//! Passing over text that belongs to no record.

use super::split::Step;

/// Passes over all that is there, but for a character that is not whole yet: columns count
/// characters.
pub(crate) fn skip(bytes: &[u8], last: bool) -> Step {
    let missing = bytes
        .iter()
        .rev()
        .take(3)
        .position(|byte| *byte >= 0xC0)
        .map_or(0, |after| after + 1)
        .min(bytes.len());
    let width = match bytes.get(bytes.len() - missing) {
        Some(0xF0..) => 4,
        Some(0xE0..) => 3,
        _ => 2,
    };
    match bytes.len() - if missing < width && !last { missing } else { 0 } {
        0 => Step::More,
        done => Step::Skip(done),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_passed_over_whole() {
        let table: [(&[u8], bool, Step); 6] = [
            (b"", false, Step::More),
            (b"a\xC3", false, Step::Skip(1)),
            (b"\xC3", false, Step::More),
            (b"\xC3", true, Step::Skip(1)),
            ("aé".as_bytes(), false, Step::Skip(3)),
            (b"a\xF0\x9F\x98", false, Step::Skip(1)),
        ];
        for (bytes, last, expected) in table {
            assert_eq!(skip(bytes, last), expected, "{bytes:?}");
        }
    }
}
