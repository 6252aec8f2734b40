//! Reads JSON by RFC 8259 to the letter, and beyond it only what [`dialect`](super::dialect) knows,
//! noting each place.

use std::borrow::Cow;

use super::{
    cursor::{Cursor, Span, SyntaxError},
    dialect::{Deviation, Kind},
    string::{self, quotes},
    tree::{DEPTH, Data, Flaw, Member, Node},
};

/// What was read of a document.
#[derive(Debug)]
pub struct Parsed<'t> {
    pub node: Result<Node<'t>, Fault>,
    /// Where it is no JSON although it could be read.
    pub deviations: Vec<Deviation>,
}

/// Why there is no tree.
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
    let mut parser = Parser {
        cursor: Cursor::new(text, start),
        depth: 0,
        deviations: Vec::new(),
    };
    let node = parser.document();
    let mut deviations = parser.deviations;
    // A comma turns out to be a trailing one only past the comments behind it.
    deviations.sort_by_key(|deviation| deviation.span.start);
    Parsed { node, deviations }
}

type Result_<T> = Result<T, Fault>;

struct Parser<'t> {
    cursor: Cursor<'t>,
    depth: usize,
    deviations: Vec<Deviation>,
}

impl<'t> Parser<'t> {
    fn document(&mut self) -> Result_<Node<'t>> {
        if self.peek()?.is_none() {
            return self.fail("there is no document", "write a JSON object");
        }
        let node = self.value()?;
        match self.peek()? {
            None => Ok(node),
            Some(b'{' | b'[') => self.fail("a second document", "put one body in one file"),
            Some(_) => self.fail(
                "text after the end of the document",
                "remove it, or the bracket that closes the document too early",
            ),
        }
    }

    fn value(&mut self) -> Result_<Node<'t>> {
        let next = self.peek()?;
        let start = self.cursor.at;
        let (data, flaw) = match next {
            Some(b'{') => (self.nested(Self::object)?, None),
            Some(b'[') => (self.nested(Self::array)?, None),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(_) if quotes(self.cursor.rest()).is_some() => {
                let (text, flaw) = self.string()?;
                (Data::String(text), flaw)
            }
            Some(byte) if is_name(byte) => (self.word()?, None),
            None => {
                return self.fail(
                    "the document ends where a value is due",
                    "complete it: it seems to be cut",
                );
            }
            Some(b'.' | b'+') => {
                return self.fail("no JSON number", "write a digit first, without a plus sign");
            }
            Some(b',' | b'}' | b']' | b':') => {
                return self.fail(
                    "a value is missing",
                    "write one here, or remove the comma or colon before it",
                );
            }
            Some(_) => {
                return self.fail(
                    "no JSON value",
                    concat!(
                        "write a string in double quotes, a number, true, false, null, ",
                        "an array or an object"
                    ),
                );
            }
        };
        let span = start..self.cursor.at;
        Ok(Node { span, data, flaw })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result_<Data<'t>>) -> Result_<Data<'t>> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        if self.depth == DEPTH {
            return Err(Fault::TooDeep(start..self.cursor.at));
        }
        self.depth += 1;
        let data = read(self)?;
        self.depth -= 1;
        Ok(data)
    }

    fn array(&mut self) -> Result_<Data<'t>> {
        let mut items = Vec::new();
        while self.more(items.is_empty(), b']')? {
            items.push(self.value()?);
        }
        Ok(Data::Array(items))
    }

    fn object(&mut self) -> Result_<Data<'t>> {
        let mut members = Vec::new();
        while self.more(members.is_empty(), b'}')? {
            let start = self.cursor.at;
            let (name, key_flaw) = self.key()?;
            let key = start..self.cursor.at;
            if self.peek()? != Some(b':') {
                return self.fail(
                    "no colon after the key",
                    "write `:` between a key and its value",
                );
            }
            self.cursor.at += 1;
            let value = self.value()?;
            members.push(Member {
                written: name.clone(),
                name,
                schema: None,
                key,
                value,
                key_flaw,
                cut: start..self.cursor.at,
                repeats: false,
            });
        }
        cuts(&mut members);
        Ok(Data::Object(members))
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
                self.deviate(Kind::TrailingComma, comma, String::new());
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

    fn key(&mut self) -> Result_<(Cow<'t, str>, Option<Flaw>)> {
        match self.cursor.byte() {
            Some(_) if quotes(self.cursor.rest()).is_some() => self.string(),
            Some(byte) if is_name(byte) => {
                let (name, span) = self.name();
                self.deviations
                    .push(Deviation::new(Kind::BareKey, span.clone(), &name));
                let is_text = std::str::from_utf8(&self.cursor.text[span.clone()]).is_ok();
                Ok((name, (!is_text).then_some(Flaw::Bytes(span))))
            }
            None => self.cut_object(),
            Some(b',') => self.fail("a member is missing", "remove the comma"),
            Some(_) => self.fail("no key", "write the key in double quotes"),
        }
    }

    fn string(&mut self) -> Result_<(Cow<'t, str>, Option<Flaw>)> {
        Ok(string::read(&mut self.cursor, &mut self.deviations)?)
    }

    fn number(&mut self) -> Result_<(Data<'t>, Option<Flaw>)> {
        let (number, fits) = self.cursor.number()?;
        if self.cursor.byte().is_some_and(is_name) {
            return self.fail(
                "letters after a number",
                "write it as a string, or put a comma between",
            );
        }
        Ok((Data::Number(number), (!fits).then_some(Flaw::Range)))
    }

    fn word(&mut self) -> Result_<Data<'t>> {
        let (name, span) = self.name();
        let (data, json) = match &*name {
            "true" | "True" => (Data::Bool(true), "true"),
            "false" | "False" => (Data::Bool(false), "false"),
            "null" | "None" => (Data::Null, "null"),
            other => {
                let no_number = "leave the member out, or write a number";
                let (problem, cure) = match other {
                    "NaN" => ("`NaN` is no JSON number", no_number),
                    "Infinity" => ("`Infinity` is no JSON number", no_number),
                    "undefined" => ("`undefined` is no JSON value", "leave the member out"),
                    _ => (
                        "a word without quotes",
                        "write a string in double quotes, or true, false or null in lower case",
                    ),
                };
                return Err(Fault::Syntax(SyntaxError {
                    span,
                    problem,
                    cure,
                }));
            }
        };
        if name != json {
            self.deviate(Kind::PythonWord, span, json.to_owned());
        }
        Ok(data)
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
    fn peek(&mut self) -> Result_<Option<u8>> {
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
            self.deviate(Kind::Comment, start..self.cursor.at, String::new());
        }
    }

    fn deviate(&mut self, kind: Kind, span: Span, json: String) {
        self.deviations.push(Deviation { kind, span, json });
    }

    /// Fails at the character that is next.
    fn fail<T>(&self, problem: &'static str, cure: &'static str) -> Result_<T> {
        Err(self.cursor.error(problem, cure).into())
    }
}

/// Lets the cut of each member reach to the next, or from the one before: as they stand in the
/// text, since to remove one must leave the others alone, be they repeated or not.
fn cuts(members: &mut [Member<'_>]) {
    for index in 1..members.len() {
        members[index - 1].cut.end = members[index].key.start;
    }
    if let [.., before, last] = members {
        last.cut.start = before.value.span.end;
    }
}

/// Whether a byte can begin a bare key or a word. Bytes beyond ASCII can: keys of other languages
/// are names too.
fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$') || byte >= 0x80
}
