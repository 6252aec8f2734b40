//! Where JSON values end, without reading them.

/// How deep in brackets, and whether in a string, a scan is. It knows no errors: what is no JSON ends somewhere too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Scan {
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

    /// Goes over a line; answers whether all that was opened is closed. No string goes on after it.
    pub fn line(&mut self, line: &[u8]) -> bool {
        let mut rest = line;
        while let Some(done) = self.close(rest) {
            rest = &rest[done..];
        }
        (self.in_string, self.escaped) = (false, false);
        self.depth == 0
    }
}
