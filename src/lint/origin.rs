//! Where in its file a text stands.

use serde::Serialize;

use super::{Fix, Part, Position, report::Finding};

/// Where in its file a text stands that was judged: a file may hold many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Origin {
    /// Which record of the file, from 1; none where the file is one document.
    pub record: Option<u64>,
    /// Which part of an exchange; none for a body on its own.
    pub part: Option<Part>,
    /// Where the text begins; where it does not stand in the file as it is, where that begins which
    /// it was made from.
    pub start: Position,
    /// Bytes of the file before that, as they are once the file is decompressed.
    pub offset: u64,
    /// Whether the text stands in the file as it is, so that a place in it is a place in the file.
    /// The body in a HAR file does not: it is a JSON string there.
    pub verbatim: bool,
}

impl Origin {
    /// Of a file that is one document.
    pub const FILE: Self = Self {
        record: None,
        part: None,
        start: Position { line: 1, column: 1 },
        offset: 0,
        verbatim: true,
    };

    /// Of a record that begins there.
    #[must_use]
    pub fn record(number: u64, start: Position, offset: u64) -> Self {
        Self {
            record: Some(number),
            start,
            offset,
            ..Self::FILE
        }
    }

    /// Of a part of the exchange that is the record, made from what stands so many bytes into the
    /// record at that position.
    #[must_use]
    pub fn part(self, part: Part, start: Position, bytes: usize, verbatim: bool) -> Self {
        Self {
            part: Some(part),
            ..self.text(start, bytes, verbatim)
        }
    }

    /// Of a text in the record, made from what stands so many bytes into the record at that
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

    /// The position in the file of a position in the text; of a text that does not stand in the
    /// file as it is, that of what it was made from.
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

    /// The byte of the file for a byte of the text, as [`position`](Self::position).
    #[must_use]
    pub fn byte(&self, in_text: usize) -> u64 {
        if self.verbatim {
            self.offset + in_text as u64
        } else {
            self.offset
        }
    }
}

/// Where in the file a finding is, as renderers show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// Where it begins.
    pub start: Position,
    /// The character after the last.
    pub end: Position,
    /// Bytes of the file before it.
    pub offset: u64,
    /// Its bytes; zero if the text is not in the file as it is.
    pub length: usize,
    /// If the text is not in the file as it is: the position in the text. The others are then those
    /// of the record.
    pub in_text: Option<Position>,
}

impl Origin {
    /// Where in the file a finding of this text is.
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

    /// The fix of a finding; none if the text is not in the file as it is, and so cannot be edited
    /// there.
    #[must_use]
    pub fn fix<'f>(&self, finding: &'f Finding) -> Option<&'f Fix> {
        finding.fix.as_ref().filter(|_| self.verbatim)
    }

    /// What follows the place in the file: the part, and the place in a text that is not there as it
    /// is, as in `request.body 1:37`. Empty for most.
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
