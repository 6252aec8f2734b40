//! Lines and columns.

use std::{error::Error, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A position in a text, as people count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub struct Position {
    /// From 1; a line ends with a line feed.
    pub line: usize,
    /// From 1, in Unicode characters; bytes that are not UTF-8 count as one for each that a decoder
    /// would replace.
    pub column: usize,
}

impl Position {
    /// The position after some more text.
    #[must_use]
    pub fn after(self, text: &[u8]) -> Self {
        match memchr::memrchr(b'\n', text) {
            Some(last) => {
                let lines = memchr::memchr_iter(b'\n', &text[..=last]).count();
                Self {
                    line: self.line + lines,
                    column: 1 + characters(&text[last + 1..]),
                }
            }
            None => Self {
                column: self.column + characters(text),
                ..self
            },
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl FromStr for Position {
    type Err = PositionError;

    /// Reads what `Display` writes.
    ///
    /// ```
    /// use kaizala_actions::lint::Position;
    ///
    /// let position: Position = "6:16".parse()?;
    /// assert_eq!((position.line, position.column), (6, 16));
    /// assert!("6".parse::<Position>().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, PositionError> {
        let number = |text: &str| text.parse().ok().filter(|number| *number > 0);
        let position = text.split_once(':').and_then(|(line, column)| {
            Some(Self {
                line: number(line)?,
                column: number(column)?,
            })
        });
        position.ok_or(PositionError)
    }
}

/// A text that is not a [`Position`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PositionError;

impl fmt::Display for PositionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a position is a line and a column, both from 1, as in 6:16")
    }
}

impl Error for PositionError {}

/// Converts offsets in one text to positions; cheap while they ascend.
#[derive(Clone)]
pub(super) struct Lines<'t> {
    text: &'t [u8],
    /// The last offset that was converted, and its position.
    last: usize,
    position: Position,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t [u8]) -> Self {
        Self {
            text,
            last: 0,
            position: Position { line: 1, column: 1 },
        }
    }

    /// The position of an offset; an offset past the end counts as the end.
    pub fn position(&mut self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        if offset < self.last {
            *self = Self::new(self.text);
        }
        while let Some(length) = memchr::memchr(b'\n', &self.text[self.last..offset]) {
            self.last += length + 1;
            self.position = Position {
                line: self.position.line + 1,
                column: 1,
            };
        }
        self.position.column += characters(&self.text[self.last..offset]);
        self.last = offset;
        self.position
    }
}

fn characters(bytes: &[u8]) -> usize {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return text.chars().count();
    }
    bytes
        .utf8_chunks()
        .map(|chunk| chunk.valid().chars().count() + usize::from(!chunk.invalid().is_empty()))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_with_a_line_feed() {
        let text = "a\r\n हिन्दी😀x".as_bytes();
        let mut lines = Lines::new(text);
        assert_eq!(lines.position(0), Position { line: 1, column: 1 });
        assert_eq!(
            lines.position(text.len() - 1),
            Position { line: 2, column: 9 }
        );
        assert_eq!(
            lines.position(text.len() + 9),
            Position {
                line: 2,
                column: 10
            }
        );
        assert_eq!(lines.position(1), Position { line: 1, column: 2 });
    }

    #[test]
    fn broken_bytes_count_as_a_decoder_would_replace_them() {
        assert_eq!(
            Lines::new(b"\xff\xe2\x80a").position(3),
            Position { line: 1, column: 3 }
        );
    }
}
