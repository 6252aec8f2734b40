//! Reads JSON by RFC 8259 to the letter, and beyond it only what [`dialect`](super::dialect) knows,
//! noting each place.

use super::{
    DEPTH, Data, Deviation, Member, Node, Span,
    dialect::Kind,
    string::{self, Problem, Quotes, is_name},
};

/// A whole document: its tree, and where it is no JSON although it could be read.
#[derive(Debug)]
pub struct Parsed<'t> {
    pub node: Node<'t>,
    pub deviations: Vec<Deviation>,
}

/// Why there is no tree.
#[derive(Debug)]
pub enum Fault {
    /// No JSON, at the first place that is not; `deviations` come before it.
    Syntax {
        span: Span,
        problem: String,
        cure: &'static str,
        deviations: Vec<Deviation>,
    },
    /// The bracket that opens one level too many.
    TooDeep(Span),
}

/// Reads one document, which begins at this byte: past a byte order mark.
pub fn parse(text: &[u8], start: usize) -> Result<Parsed<'_>, Fault> {
    let mut parser = Parser {
        text,
        valid: simdutf8::basic::from_utf8(text).ok(),
        at: start,
        depth: 0,
        deviations: Vec::new(),
    };
    match parser.document() {
        Ok(node) => Ok(Parsed {
            node,
            deviations: sorted(parser.deviations),
        }),
        Err(Stop::TooDeep(span)) => Err(Fault::TooDeep(span)),
        Err(Stop::Syntax {
            span,
            problem,
            cure,
        }) => Err(Fault::Syntax {
            span,
            problem,
            cure,
            deviations: sorted(parser.deviations),
        }),
    }
}

/// In the order of the text: a comma turns out to be a trailing one only past the comments behind
/// it.
fn sorted(mut deviations: Vec<Deviation>) -> Vec<Deviation> {
    deviations.sort_by_key(|deviation| deviation.span.start);
    deviations
}

pub(super) enum Stop {
    Syntax {
        span: Span,
        problem: String,
        cure: &'static str,
    },
    TooDeep(Span),
}

impl From<Problem> for Stop {
    fn from((span, problem, cure): Problem) -> Self {
        let problem = problem.to_owned();
        Self::Syntax {
            span,
            problem,
            cure,
        }
    }
}

pub(super) type Result_<T> = Result<T, Stop>;

pub(super) struct Parser<'t> {
    pub(super) text: &'t [u8],
    /// The same if it is UTF-8, which then need not be asked at each string.
    pub(super) valid: Option<&'t str>,
    pub(super) at: usize,
    depth: usize,
    deviations: Vec<Deviation>,
}

impl<'t> Parser<'t> {
    fn document(&mut self) -> Result_<Node<'t>> {
        self.space()?;
        if self.at == self.text.len() {
            return Err(self.stop("there is no document", "write a JSON object"));
        }
        let node = self.value()?;
        self.space()?;
        match self.peek() {
            None => Ok(node),
            Some(b'{' | b'[') => Err(self.stop("a second document", "put one body in one file")),
            Some(_) => Err(self.stop(
                "text after the end of the document",
                "remove it, or the bracket that closes the document too early",
            )),
        }
    }

    fn value(&mut self) -> Result_<Node<'t>> {
        let start = self.at;
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(byte) if Quotes::open(&self.text[self.at..]).is_some() || byte == b'"' => {
                let (text, flaw) = self.string()?;
                Ok(Node {
                    span: start..self.at,
                    data: Data::String(text),
                    flaw,
                })
            }
            Some(byte) if is_name(byte) => self.word(),
            None => Err(self.stop(
                "the document ends where a value is due",
                "complete it: it seems to be cut",
            )),
            Some(b'.' | b'+') => {
                Err(self.stop("no JSON number", "write a digit first, without a plus sign"))
            }
            Some(b',' | b'}' | b']' | b':') => Err(self.stop(
                "a value is missing",
                "write one here, or remove the comma or colon before it",
            )),
            Some(_) => Err(self.stop(
                "no JSON value",
                concat!(
                    "write a string in double quotes, a number, true, false, null, ",
                    "an array or an object"
                ),
            )),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result_<Data<'t>>) -> Result_<Node<'t>> {
        let start = self.at;
        self.at += 1;
        if self.depth == DEPTH {
            return Err(Stop::TooDeep(start..self.at));
        }
        self.depth += 1;
        let data = read(self)?;
        self.depth -= 1;
        Ok(Node {
            span: start..self.at,
            data,
            flaw: None,
        })
    }

    fn array(&mut self) -> Result_<Data<'t>> {
        let mut items = Vec::new();
        while self.more(b']', !items.is_empty())? {
            items.push(self.value()?);
        }
        Ok(Data::Array(items))
    }

    fn object(&mut self) -> Result_<Data<'t>> {
        let mut members = Vec::new();
        while self.more(b'}', !members.is_empty())? {
            let start = self.at;
            let (name, key_flaw) = self.key()?;
            let key = start..self.at;
            self.space()?;
            if self.peek() != Some(b':') {
                return Err(self.stop(
                    "no colon after the key",
                    "write `:` between a key and its value",
                ));
            }
            self.at += 1;
            self.space()?;
            let value = self.value()?;
            let cut = start..self.at;
            members.push(Member {
                written: name.clone(),
                name,
                schema: None,
                key,
                value,
                key_flaw,
                cut,
                repeats: false,
            });
        }
        cuts(&mut members);
        Ok(Data::Object(members))
    }

    /// Whether one more item or member comes, over the comma before it; `false` past the closing
    /// bracket.
    fn more(&mut self, close: u8, not_first: bool) -> Result_<bool> {
        self.space()?;
        if self.peek() == Some(close) {
            self.at += 1;
            return Ok(false);
        }
        if not_first {
            if self.peek() != Some(b',') {
                return Err(self.missing_comma(close));
            }
            let comma = self.at..self.at + 1;
            self.at += 1;
            self.space()?;
            if self.peek() == Some(close) {
                self.deviate(Kind::TrailingComma, comma, String::new());
                self.at += 1;
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn missing_comma(&self, close: u8) -> Stop {
        match self.peek() {
            None if close == b'}' => self.stop(
                "the document ends inside an object",
                "close it with `}`: it seems to be cut",
            ),
            None => self.stop(
                "the document ends inside an array",
                "close it with `]`: it seems to be cut",
            ),
            Some(b'}' | b']') => self.stop(
                "the wrong closing bracket",
                "close what was opened last first",
            ),
            Some(_) => self.stop("no comma here", "write `,` between two members or items"),
        }
    }

    /// Over white space and comments.
    fn space(&mut self) -> Result_<()> {
        loop {
            match (self.peek(), self.text.get(self.at + 1)) {
                (Some(b' ' | b'\t' | b'\n' | b'\r'), _) => self.at += 1,
                (Some(b'/'), Some(b'/')) | (Some(b'#'), _) => {
                    let length = self.text[self.at..]
                        .iter()
                        .position(|byte| *byte == b'\n')
                        .unwrap_or(self.text.len() - self.at);
                    self.comment(length);
                }
                (Some(b'/'), Some(b'*')) => {
                    let inside = &self.text[self.at + 2..];
                    let Some(length) = inside.windows(2).position(|pair| pair == b"*/") else {
                        return Err(self.stop(
                            "a comment without an end",
                            "JSON has no comments: remove it",
                        ));
                    };
                    self.comment(length + 4);
                }
                _ => return Ok(()),
            }
        }
    }

    fn comment(&mut self, length: usize) {
        self.deviate(Kind::Comment, self.at..self.at + length, String::new());
        self.at += length;
    }

    pub(super) fn deviate(&mut self, kind: Kind, span: Span, json: String) {
        self.deviations.push(Deviation { kind, span, json });
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// A syntax error at the character that is next.
    pub(super) fn stop(&self, problem: &str, cure: &'static str) -> Stop {
        let end = self
            .text
            .len()
            .min(self.at + string::width(&self.text[self.at..]));
        Stop::Syntax {
            span: self.at..end,
            problem: problem.to_owned(),
            cure,
        }
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
