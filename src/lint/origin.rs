//! The location of a text in its file.

use serde::Serialize;

use super::{Fix, Part, Position, report::Finding};

/// The location of a judged text in its file, which may contain many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Origin {
    /// The number of the record in the file, from 1; `None` if the file is one document.
    pub record: Option<u64>,
    /// The part of the exchange; `None` for a body on its own.
    pub part: Option<Part>,
    /// Where the text begins. If the file does not contain it verbatim, where its source begins.
    pub start: Position,
    /// The offset of that place in the file, in bytes, after decompression.
    pub offset: u64,
    /// Whether the file contains the text verbatim, so that a location in the text is a location in
    /// the file. The body in a HAR file is not verbatim: it is a JSON string there.
    pub verbatim: bool,
}

impl Origin {
    /// The origin of a file that is one document.
    pub const FILE: Self = Self {
        record: None,
        part: None,
        start: Position { line: 1, column: 1 },
        offset: 0,
        verbatim: true,
    };

    /// The origin of a record that begins there.
    #[must_use]
    pub fn record(number: u64, start: Position, offset: u64) -> Self {
        Self {
            record: Some(number),
            start,
            offset,
            ..Self::FILE
        }
    }

    /// The origin of a part of the exchange in this record. Its source begins `offset` bytes into
    /// the record, at that position.
    #[must_use]
    pub fn part(self, part: Part, start: Position, bytes: usize, verbatim: bool) -> Self {
        Self {
            part: Some(part),
            ..self.text(start, bytes, verbatim)
        }
    }

    /// The origin of a text in the record, whose source begins `bytes` bytes into the record, at that
    /// position.
    #[must_use]
    pub fn text(self, start: Position, bytes: usize, verbatim: bool) -> Self {
        Self {
            start,
            offset: self.offset + bytes as u64,
            verbatim,
            ..self
        }
    }

    /// The position in the file of a position in the text; if the file does not contain the text
    /// verbatim, that of its source.
    #[must_use]
    pub fn position(&self, in_text: Position) -> Position {
        match in_text {
            _ if !self.verbatim => self.start,
            Position { line: 1, column } => Position {
                line: self.start.line,
                column: self.start.column + column - 1,
            },
            Position { line, column } => Position {
                line: self.start.line + line - 1,
                column,
            },
        }
    }

    /// The offset in the file of an offset in the text, as for [`position`](Self::position).
    #[must_use]
    pub fn byte(&self, in_text: usize) -> u64 {
        if self.verbatim {
            self.offset + in_text as u64
        } else {
            self.offset
        }
    }
}

/// The location of a finding in the file, as reports show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// Where it begins.
    pub start: Position,
    /// The character after the last.
    pub end: Position,
    /// Its offset in the file, in bytes.
    pub offset: u64,
    /// Its length in bytes; zero if the file does not contain the text verbatim.
    pub length: usize,
    /// The position in the text, if the file does not contain it verbatim. The other fields then
    /// locate the record.
    pub in_text: Option<Position>,
}

impl Origin {
    /// The location in the file of a finding about this text.
    #[must_use]
    pub fn place(&self, finding: &Finding) -> Location {
        let Finding {
            start,
            end,
            offset,
            length,
            ..
        } = finding;
        Location {
            start: self.position(*start),
            end: self.position(*end),
            offset: self.byte(*offset),
            length: if self.verbatim { *length } else { 0 },
            in_text: (!self.verbatim).then_some(*start),
        }
    }

    /// The fix of a finding; `None` if the file does not contain the text verbatim, so that it
    /// cannot be edited there.
    #[must_use]
    pub fn fix<'f>(&self, finding: &'f Finding) -> Option<&'f Fix> {
        finding.fix.as_ref().filter(|_| self.verbatim)
    }

    /// What follows the location in the file: the part, and the position in a text that the file
    /// does not contain verbatim, as in `request.body 1:37`. Usually empty.
    #[must_use]
    pub fn within(&self, place: &Location) -> String {
        let part = self.part.map(|part| part.name().to_owned());
        let in_text = place.in_text.map(|position| position.to_string());
        part.into_iter()
            .chain(in_text)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Linter;

    const RECORD: Position = Position {
        line: 17,
        column: 5,
    };

    fn places(origin: Origin) -> Vec<(Location, String)> {
        let report = Linter::new().lint_unknown(b"{\"actionType\": \"job\",\n \"actionBody\": {}}");
        report
            .findings
            .iter()
            .map(|finding| (origin.place(finding), origin.within(&origin.place(finding))))
            .collect()
    }

    #[test]
    fn a_place_in_a_record_is_one_in_the_file() {
        let (place, within) = &places(Origin::record(3, RECORD, 900))[0];
        let expected = Location {
            start: Position {
                line: 17,
                column: 20,
            },
            end: Position {
                line: 17,
                column: 25,
            },
            offset: 915,
            length: 5,
            in_text: None,
        };
        assert_eq!((*place, within.as_str()), (expected, ""));
        assert_eq!(
            places(Origin::record(3, RECORD, 900))[1].0.start,
            Position {
                line: 18,
                column: 16
            }
        );
    }

    #[test]
    fn a_place_in_a_text_that_is_not_in_the_file_is_that_of_the_record_and_its_own() {
        let origin = Origin {
            part: Some(Part::RequestBody),
            verbatim: false,
            ..Origin::record(3, RECORD, 900)
        };
        let (place, within) = &places(origin)[1];
        assert_eq!(
            (place.start, place.end, place.offset, place.length),
            (RECORD, RECORD, 900, 0)
        );
        assert_eq!(within, "request.body 2:16");
        let verbatim = Origin {
            verbatim: true,
            ..origin
        };
        assert_eq!(places(verbatim)[0].1, "request.body");
    }
}
