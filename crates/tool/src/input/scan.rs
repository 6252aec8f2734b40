//! Passing over text that belongs to no record.

use super::split::Step;

/// Passes over all that is there, but for a character that is not whole yet: columns count
/// characters.
pub(crate) fn skip(bytes: &[u8], last: bool) -> Step {
    // No character has more than four bytes.
    let tail = &bytes[bytes.len().saturating_sub(4)..];
    let cut = tail.utf8_chunks().last().filter(|_| !last);
    match bytes.len() - cut.map_or(0, |chunk| chunk.invalid().len()) {
        0 => Step::More,
        done => Step::Skip(done),
    }
}

/// Passes over the rest of a line, as far as it is there; `within` says whether there is more of it.
pub(crate) fn skip_line(bytes: &[u8], within: &mut bool) -> Step {
    if bytes.is_empty() {
        return Step::More;
    }
    let end = memchr::memchr(b'\n', bytes);
    *within = end.is_none();
    Step::Skip(end.map_or(bytes.len(), |length| length + 1))
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
