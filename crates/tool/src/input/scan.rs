//! Where JSON values end, without reading them.

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

/// How deep in brackets, and whether in a string, a scan is. It knows no errors: what is no JSON
/// ends somewhere too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scan {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// Goes over some bytes; answers past which of them the outermost bracket is closed, if one is.
    pub fn close(&mut self, bytes: &[u8]) -> Option<usize> {
        for (index, byte) in bytes.iter().enumerate() {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_string => self.escaped = true,
                b'"' => self.in_string = !self.in_string,
                _ if self.in_string => {}
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Some(index + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Goes over a line; answers whether all that was opened is closed, or never will be: no string
    /// goes on after a line.
    pub fn line(&mut self, line: &[u8]) -> bool {
        let mut rest = line;
        while let Some(done) = self.close(rest) {
            rest = &rest[done..];
        }
        self.depth == 0 || self.in_string
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
