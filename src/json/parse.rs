//! Reads JSON by RFC 8259 to the letter, and beyond it only what [`dialect`](super::dialect) knows,
//! noting each place.

use std::borrow::Cow;

use super::{
    cursor::{Cursor, Span, SyntaxError},
    dialect::{Deviation, DeviationKind, is_name, word},
    flaw::Flaw,
    names::{Names, supersede_repeated},
    node::Node,
    string::{self, quotes},
    tree::{DEPTH, Kind, Tree},
};

/// What was read of a document.
#[derive(Debug)]
pub struct Parsed<'t> {
    /// All that could be read.
    pub tree: Tree<'t>,
    /// Where that ends before the document does.
    pub fault: Option<Fault>,
    /// Where it is no JSON although it could be read.
    pub deviations: Vec<Deviation>,
}

/// Why a document cannot be read to its end.
#[derive(Debug)]
pub enum Fault {
    /// The first place that is no JSON and nothing else that is known.
    Syntax(SyntaxError),
    /// The bracket that opens one level too many.
    TooDeep(Span),
}

impl From<SyntaxError> for Fault {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

/// Reads one document, which begins at this byte: past a byte order mark.
#[must_use]
pub fn parse(text: &[u8], start: usize) -> Parsed<'_> {
    let cursor = Cursor::new(text, start);
    let mut parser = Parser {
        cursor,
        tree: Tree::new(cursor.utf8),
        depth: 0,
        deviations: Vec::new(),
    };
    let fault = parser.document().err();
    if parser.tree.is_empty() {
        parser.tree.open(Kind::Null, start);
    }
    let mut deviations = parser.deviations;
    // A comma turns out to be a trailing one only past the comments behind it.
    deviations.sort_by_key(|deviation| deviation.span.start);
    Parsed {
        tree: parser.tree,
        fault,
        deviations,
    }
}

type Result_<T> = Result<T, Fault>;

struct Parser<'t> {
    cursor: Cursor<'t>,
    tree: Tree<'t>,
    depth: usize,
    deviations: Vec<Deviation>,
}

impl<'t> Parser<'t> {
    fn document(&mut self) -> Result_<()> {
        if i32::try_from(self.cursor.text.len()).is_err() {
            return self.fail("a text of more than 2 GiB", "split it");
        }
        if self.peek()?.is_none() {
            return self.fail("there is no document", "write a JSON object");
        }
        self.value()?;
        match self.peek()? {
            None => Ok(()),
            Some(b'{' | b'[') => self.fail("a second document", "put one body in one file"),
            Some(_) => self.fail(
                "text after the end of the document",
                "remove it, or the bracket that closes the document too early",
            ),
        }
    }

    fn value(&mut self) -> Result_<()> {
        let next = self.peek()?;
        match next {
            Some(b'"') => self.string().map(drop),
            Some(b'{') => self.nested(Kind::Object, Self::object),
            Some(b'[') => self.nested(Kind::Array, Self::array),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) if quotes(self.cursor.rest()).is_some() => self.string().map(drop),
            Some(byte) if is_name(byte) => self.word(),
            None => self.fail(
                "the document ends where a value is due",
                "complete it: it seems to be cut",
            ),
            Some(b'.' | b'+') => {
                self.fail("no JSON number", "write a digit first, without a plus sign")
            }
            Some(b',' | b'}' | b']' | b':') => self.fail(
                "a value is missing",
                "write one here, or remove the comma or colon before it",
            ),
            Some(_) => self.fail(
                "no JSON value",
                concat!(
                    "write a string in double quotes, a number, true, false, null, ",
                    "an array or an object"
                ),
            ),
        }
    }

    fn nested(&mut self, kind: Kind, read: fn(&mut Self, usize) -> Result_<()>) -> Result_<()> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        if self.depth == DEPTH {
            return Err(Fault::TooDeep(start..self.cursor.at));
        }
        self.depth += 1;
        let at = self.tree.open(kind, start);
        let outcome = read(self, at);
        self.tree.close(at, self.cursor.at);
        self.depth -= 1;
        outcome
    }

    fn array(&mut self, _: usize) -> Result_<()> {
        let mut first = true;
        while self.more(first, b']')? {
            self.value()?;
            first = false;
        }
        Ok(())
    }

    fn object(&mut self, object: usize) -> Result_<()> {
        let mut names = Names::default();
        while self.more(names.is_empty(), b'}')? {
            let key = self.key()?;
            let value = self.member_value();
            if value.is_err() {
                self.tree.drop_last(key);
            }
            value?;
            names.add(self.tree.written(key).as_bytes());
        }
        if names.may_repeat() {
            self.tree.close(object, self.cursor.at);
            if supersede_repeated(Node::new(&self.tree, object)) {
                self.tree.repeats();
            }
        }
        Ok(())
    }

    fn member_value(&mut self) -> Result_<()> {
        if self.peek()? != Some(b':') {
            return self.fail(
                "no colon after the key",
                "write `:` between a key and its value",
            );
        }
        self.cursor.at += 1;
        self.value()
    }

    /// Whether one more item or member comes, over the comma before it; `false` past the closing
    /// bracket.
    fn more(&mut self, first: bool, close: u8) -> Result_<bool> {
        let mut next = self.peek()?;
        if !first && next != Some(close) {
            if next != Some(b',') {
                return self.no_comma(close);
            }
            let comma = self.cursor.at..self.cursor.at + 1;
            self.cursor.at += 1;
            next = self.peek()?;
            if next == Some(close) {
                self.deviate(DeviationKind::TrailingComma, comma, String::new());
            }
        }
        let is_closed = next == Some(close);
        self.cursor.at += usize::from(is_closed);
        Ok(!is_closed)
    }

    fn no_comma<T>(&self, close: u8) -> Result_<T> {
        match self.cursor.byte() {
            None if close == b'}' => self.cut_object(),
            None => self.fail(
                "the document ends inside an array",
                "close it with `]`: it seems to be cut",
            ),
            Some(b'}' | b']') => self.fail(
                "the wrong closing bracket",
                "close what was opened last first",
            ),
            Some(_) => self.fail("no comma here", "write `,` between two members or items"),
        }
    }

    fn cut_object<T>(&self) -> Result_<T> {
        self.fail(
            "the document ends inside an object",
            "close it with `}`: it seems to be cut",
        )
    }

    fn key(&mut self) -> Result_<usize> {
        match self.cursor.byte() {
            Some(_) if quotes(self.cursor.rest()).is_some() => self.string(),
            Some(byte) if is_name(byte) => {
                let (name, span) = self.name();
                let deviation = Deviation::new(DeviationKind::BareKey, span.clone(), &name);
                self.deviations.push(deviation);
                let at = self.tree.open(Kind::String, span.start);
                self.tree.decode(at, |decoded| decoded.push_str(&name));
                if std::str::from_utf8(&self.cursor.text[span.clone()]).is_err() {
                    self.tree.add_flaw(at, Flaw::Bytes(span.clone()));
                }
                self.tree.close(at, span.end);
                Ok(at)
            }
            None => self.cut_object(),
            Some(b',') => self.fail("a member is missing", "remove the comma"),
            Some(_) => self.fail("no key", "write the key in double quotes"),
        }
    }

    /// A string, and which slot it has.
    fn string(&mut self) -> Result_<usize> {
        let start = self.cursor.at;
        if self.cursor.plain() {
            return Ok(self.tree.add(Kind::String, start..self.cursor.at));
        }
        let at = self.tree.open(Kind::String, start);
        let (cursor, deviations) = (&mut self.cursor, &mut self.deviations);
        let read = |decoded: &mut String| string::read(cursor, decoded, deviations);
        let read = self.tree.decode(at, read);
        if let Some(flaw) = read.inspect_err(|_| self.tree.drop_last(at))? {
            self.tree.add_flaw(at, flaw);
        }
        self.tree.close(at, self.cursor.at);
        Ok(at)
    }

    fn number(&mut self) -> Result_<()> {
        let start = self.cursor.at;
        let (_, fits) = self.cursor.number()?;
        if self.cursor.byte().is_some_and(is_name) {
            return self.fail(
                "letters after a number",
                "write it as a string, or put a comma between",
            );
        }
        let at = self.tree.add(Kind::Number, start..self.cursor.at);
        if !fits {
            self.tree.add_flaw(at, Flaw::Range);
        }
        Ok(())
    }

    fn word(&mut self) -> Result_<()> {
        let (name, span) = self.name();
        let (kind, json) = match word(&name) {
            Ok(word) => word,
            Err((problem, cure)) => {
                return Err(Fault::Syntax(SyntaxError {
                    span,
                    problem,
                    cure,
                }));
            }
        };
        self.tree.add(kind, span.clone());
        if name != json {
            self.deviate(DeviationKind::PythonWord, span, json.to_owned());
        }
        Ok(())
    }

    fn name(&mut self) -> (Cow<'t, str>, Span) {
        let is_in_name = |byte: &u8| is_name(*byte) || byte.is_ascii_digit();
        let length = self
            .cursor
            .rest()
            .iter()
            .take_while(|byte| is_in_name(byte))
            .count();
        let span = self.cursor.at..self.cursor.at + length;
        self.cursor.at = span.end;
        (self.cursor.slice(span.clone()), span)
    }

    /// What comes after white space and comments.
    #[inline]
    fn peek(&mut self) -> Result_<Option<u8>> {
        match self.cursor.peek() {
            Some(b'#' | b'/') => self.past_comments(),
            next => Ok(next),
        }
    }

    #[cold]
    fn past_comments(&mut self) -> Result_<Option<u8>> {
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
                        return self.fail(
                            "a comment without an end",
                            "JSON has no comments: remove it",
                        );
                    }
                },
                _ => return Ok(next),
            };
            let start = self.cursor.at;
            self.cursor.at += length;
            self.deviate(DeviationKind::Comment, start..self.cursor.at, String::new());
        }
    }

    fn deviate(&mut self, kind: DeviationKind, span: Span, json: String) {
        self.deviations.push(Deviation { kind, span, json });
    }

    /// Fails at the character that is next.
    fn fail<T>(&self, problem: &'static str, cure: &'static str) -> Result_<T> {
        Err(self.cursor.error(problem, cure).into())
    }
}
