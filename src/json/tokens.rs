//! The tokens of a document: scalars and keys, in JSON or nearly, and what is allowed between them.

use std::borrow::Cow;

use super::{
    cursor::{Cursor, Span, SyntaxError},
    dialect::{Deviation, DeviationKind, is_name, space, word},
    faults,
    flaw::Flaw,
    string,
    tree::{Kind, Tree},
};

/// Reads tokens into a tree, in order.
pub(super) struct Tokens<'t> {
    pub cursor: Cursor<'t>,
    pub tree: Tree<'t>,
    pub deviations: Vec<Deviation>,
    /// The last scalar or key.
    pub last: Span,
}

impl<'t> Tokens<'t> {
    pub fn new(cursor: Cursor<'t>) -> Self {
        Self {
            cursor,
            tree: Tree::new(cursor.utf8),
            deviations: Vec::new(),
            last: cursor.at..cursor.at,
        }
    }

    /// A key without quotes, and its slot.
    pub fn bare_key(&mut self) -> usize {
        let (name, span) = self.name();
        self.last = span.clone();
        let deviation = Deviation::new(DeviationKind::BareKey, span.clone(), &name);
        self.deviations.push(deviation);
        let at = self.tree.open(Kind::String, span.start);
        self.tree.decode(at, |decoded| decoded.push_str(&name));
        if std::str::from_utf8(&self.cursor.text[span.clone()]).is_err() {
            self.tree.add_flaw(at, Flaw::Bytes(span.clone()));
        }
        self.tree.close(at, span.end);
        at
    }

    /// A string, and its slot.
    pub fn string(&mut self) -> Result<usize, SyntaxError> {
        let start = self.cursor.at;
        if self.cursor.plain() {
            self.last = start..self.cursor.at;
            return Ok(self.tree.add(Kind::String, start..self.cursor.at));
        }
        let at = self.tree.open(Kind::String, start);
        let (cursor, deviations) = (&mut self.cursor, &mut self.deviations);
        let read = |decoded: &mut String| string::read(cursor, decoded, deviations);
        let read = self.tree.decode(at, read);
        if let Some(flaw) = read.inspect_err(|_| self.tree.drop_last(at))? {
            self.tree.add_flaw(at, flaw);
        }
        self.last = start..self.cursor.at;
        self.tree.close(at, self.cursor.at);
        Ok(at)
    }

    pub fn number(&mut self) -> Result<(), SyntaxError> {
        let start = self.cursor.at;
        let (_, fits) = self.cursor.number()?;
        let rest = self.cursor.rest();
        if rest.first().copied().is_some_and(is_name) && space(rest).is_none() {
            return Err(self.cursor.error(
                "letters after a number",
                "write it as a string, or put a comma between",
            ));
        }
        self.last = start..self.cursor.at;
        let at = self.tree.add(Kind::Number, start..self.cursor.at);
        if !fits {
            self.tree.add_flaw(at, Flaw::Range);
        }
        Ok(())
    }

    pub fn word(&mut self) -> Result<(), SyntaxError> {
        let (name, span) = self.name();
        self.last = span.clone();
        let (kind, json) = match word(&name) {
            Ok(word) => word,
            Err((problem, help)) => {
                let error = SyntaxError {
                    span,
                    problem,
                    help,
                };
                return Err(faults::word(self.cursor.rest(), error));
            }
        };
        self.tree.add(kind, span.clone());
        if name != json {
            self.deviate(DeviationKind::PythonWord, span, json.to_owned());
        }
        Ok(())
    }

    pub fn name(&mut self) -> (Cow<'t, str>, Span) {
        let rest = self.cursor.rest();
        let is_in_name = |(at, byte): &(usize, &u8)| {
            (is_name(**byte) || byte.is_ascii_digit()) && space(&rest[*at..]).is_none()
        };
        let length = rest.iter().enumerate().take_while(is_in_name).count();
        let span = self.cursor.at..self.cursor.at + length;
        self.cursor.at = span.end;
        (self.cursor.slice(span.clone()), span)
    }

    /// The next byte after white space and comments.
    #[inline]
    pub fn peek(&mut self) -> Result<Option<u8>, SyntaxError> {
        match self.cursor.peek() {
            Some(b'#' | b'/' | 0x0B | 0x0C | 0x80..) => self.past_comments(),
            next => Ok(next),
        }
    }

    #[cold]
    fn past_comments(&mut self) -> Result<Option<u8>, SyntaxError> {
        loop {
            let next = self.cursor.peek();
            let rest = self.cursor.rest();
            let length = match rest {
                [b'#', ..] | [b'/', b'/', ..] => {
                    rest.iter().take_while(|byte| **byte != b'\n').count()
                }
                [b'/', b'*', inside @ ..] => match inside.windows(2).position(|pair| pair == b"*/")
                {
                    Some(length) => length + 4,
                    None => {
                        return Err(self.cursor.error(
                            "a comment without an end",
                            "JSON has no comments: remove it",
                        ));
                    }
                },
                _ => {
                    let Some(space) = space(rest) else {
                        return Ok(next);
                    };
                    let start = self.cursor.at;
                    self.cursor.at += space.len_utf8();
                    let json = if space == '\u{FEFF}' { "" } else { " " };
                    let kind = DeviationKind::Space(space);
                    self.deviate(kind, start..self.cursor.at, json.to_owned());
                    continue;
                }
            };
            let start = self.cursor.at;
            self.cursor.at += length;
            self.deviate(DeviationKind::Comment, start..self.cursor.at, String::new());
        }
    }

    pub fn deviate(&mut self, kind: DeviationKind, span: Span, json: String) {
        self.deviations.push(Deviation { kind, span, json });
    }
}
