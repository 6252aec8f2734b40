//! Where in its file a text stands.

use serde::Serialize;

use crate::lint::{Part, Position};

/// Where in its file a text stands that was judged: a file may hold many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Origin {
    /// Which record of the file, from 1; none where the file is one document.
    pub record: Option<u64>,
    /// Which part of an exchange; none for a body on its own.
    pub part: Option<Part>,
    /// Where the text begins; where it does not stand in the file as it is, where that begins which it was made from.
    pub start: Position,
    /// Bytes of the file before that, as they are once the file is decompressed.
    pub offset: u64,
    /// Whether the text stands in the file as it is, so that a place in it is a place in the file. The body in a HAR file
    /// does not: it is a JSON string there.
    pub verbatim: bool,
}

impl Origin {
    /// Of a file that is one document.
    pub const FILE: Self = Self { record: None, part: None, start: Position { line: 1, column: 1 }, offset: 0, verbatim: true };

    /// Of a record that begins there.
    #[must_use]
    pub fn record(number: u64, start: Position, offset: u64) -> Self {
        Self { record: Some(number), part: None, start, offset, verbatim: true }
    }

    /// Of a part of the exchange that is the record, made from what stands so many bytes into the record at that position.
    #[must_use]
    pub fn part(self, part: Part, start: Position, bytes: usize, verbatim: bool) -> Self {
        Self { part: Some(part), start, offset: self.offset + bytes as u64, verbatim, ..self }
    }

    /// The position in the file of a position in the text; of a text that does not stand in the file as it is, that of
    /// what it was made from.
    #[must_use]
    pub fn position(&self, in_text: Position) -> Position {
        match in_text {
            _ if !self.verbatim => self.start,
            Position { line: 1, column } => Position { line: self.start.line, column: self.start.column + column - 1 },
            Position { line, column } => Position { line: self.start.line + line - 1, column },
        }
    }

    /// The byte of the file for a byte of the text, as [`position`](Self::position).
    #[must_use]
    pub fn byte(&self, in_text: usize) -> u64 {
        if self.verbatim { self.offset + in_text as u64 } else { self.offset }
    }
}
