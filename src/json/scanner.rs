//! Strings and brackets of JSON text, without reading its values.

/// What a byte is to the structure of JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// An opening bracket or brace, already included in [`Scanner::depth`].
    Open,
    /// A closing bracket or brace, no longer included in [`Scanner::depth`].
    Close,
    /// The quote that begins a string.
    StringStart,
    /// The quote that ends a string.
    StringEnd,
    /// An unescaped byte of a string.
    InString,
    /// A backslash in a string, or the byte after it.
    Escape,
    /// Any other byte outside strings.
    Other,
}

/// Scans JSON text byte by byte. It has no errors: text that is not JSON is scanned, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scanner {
    depth: usize,
    /// The quote of the open string.
    quote: Option<u8>,
    escaped: bool,
    /// Whether strings may be in single quotes.
    of_literals: bool,
    /// Whether a value or a name may begin here.
    begins: bool,
}

impl Scanner {
    /// Scans literals of JavaScript and Python, too: a single quote begins a string where a value or
    /// a name may begin. An apostrophe in a text without quotes does not.
    #[must_use]
    pub fn of_literals() -> Self {
        Self {
            of_literals: true,
            ..Self::default()
        }
    }

    /// Takes the next byte.
    pub fn step(&mut self, byte: u8) -> Event {
        if let Some(quote) = self.quote {
            if self.escaped || byte == b'\\' {
                self.escaped = !self.escaped;
                return Event::Escape;
            }
            if byte != quote {
                return Event::InString;
            }
            self.quote = None;
            return Event::StringEnd;
        }
        let begins = self.begins;
        self.begins = b"{[(,:".contains(&byte) || begins && byte.is_ascii_whitespace();
        match byte {
            b'"' => {
                self.quote = Some(byte);
                Event::StringStart
            }
            b'\'' if self.of_literals && begins => {
                self.quote = Some(byte);
                Event::StringStart
            }
            b'{' | b'[' => {
                self.depth += 1;
                Event::Open
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                Event::Close
            }
            _ => Event::Other,
        }
    }

    /// The number of open brackets and braces.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Whether a string is open.
    #[must_use]
    pub fn is_in_string(&self) -> bool {
        self.quote.is_some()
    }

    /// Scans past the byte that closes the outermost bracket, and returns the number of bytes;
    /// `None` if there is no such byte.
    pub fn close(&mut self, bytes: &[u8]) -> Option<usize> {
        let closes = |byte: &u8| self.step(*byte) == Event::Close && self.depth == 0;
        Some(bytes.iter().position(closes)? + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_do_not_count() {
        let mut scanner = Scanner::default();
        assert_eq!(scanner.close(br#"{"a": ["}\"", "\\"]"#), None);
        assert_eq!((scanner.depth(), scanner.is_in_string()), (1, false));
        assert_eq!(scanner.close(b"} {"), Some(1));
        assert_eq!(scanner.close(b"]"), Some(1));
    }

    #[test]
    fn single_quotes_are_those_of_literals() {
        // What is closed, and what follows.
        let table = [
            (r#"{'a': '}\'}', b: ['"}', 1]}"#, " x"),
            ("{a: it's}", " '}"),
            (r#"{"a": "'"}"#, " '}"),
            ("{'a' : ( '}' ) }", ""),
        ];
        for (text, rest) in table {
            let whole = format!("{text}{rest}");
            let end = Scanner::of_literals().close(whole.as_bytes());
            assert_eq!(end, Some(text.len()), "{whole}");
        }
        assert_eq!(Scanner::default().close(b"{'}'}"), Some(3));
    }
}
