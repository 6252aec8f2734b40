//! Reads JSON strictly by RFC 8259, and beyond it only what [`dialect`](super::dialect) allows,
//! noting each deviation.

use super::{
    cursor::{Cursor, Span, SyntaxError},
    dialect::{Deviation, DeviationKind, is_name},
    faults,
    names::{Names, supersede_repeated},
    node::Node,
    string::opening,
    tokens::Tokens,
    tree::{DEPTH, Kind, Tree},
};

/// The result of reading a document.
#[derive(Debug)]
pub struct Parsed<'t> {
    /// The part that could be read.
    pub tree: Tree<'t>,
    /// The end of that part, if it is not the end of the document.
    pub fault: Option<Fault>,
    /// The deviations from JSON that could be read.
    pub deviations: Vec<Deviation>,
}

/// Why a document cannot be read to its end.
#[derive(Debug)]
pub enum Fault {
    /// The first place that is neither JSON nor an allowed deviation.
    Syntax(SyntaxError),
    /// The bracket that exceeds the maximum depth.
    TooDeep(Span),
}

impl From<SyntaxError> for Fault {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

/// The problem of a second document after the first.
const SECOND: &str = "a second document";

impl Parsed<'_> {
    /// The start of a second document after the first.
    #[must_use]
    pub fn second(&self) -> Option<usize> {
        match &self.fault {
            Some(Fault::Syntax(error)) if error.problem == SECOND => Some(error.span.start),
            _ => None,
        }
    }
}

/// Reads one document from this offset, past a byte order mark.
#[must_use]
pub fn parse(text: &[u8], start: usize) -> Parsed<'_> {
    let mut parser = Parser::new(Cursor::new(text, start));
    let fault = parser.document().err();
    let Tokens {
        mut tree,
        mut deviations,
        ..
    } = parser.tokens;
    if tree.is_empty() {
        tree.open(Kind::Null, start);
    }
    // Whether a comma is a trailing one is only known past the comments behind it.
    deviations.sort_by_key(|deviation| deviation.span.start);
    Parsed {
        tree,
        fault,
        deviations,
    }
}

/// Reads the value at a cursor, and nothing behind it. `None` if there is none.
pub(crate) fn value(cursor: Cursor<'_>) -> Option<Tree<'_>> {
    let mut parser = Parser::new(cursor);
    parser.value().ok()?;
    Some(parser.tokens.tree)
}

type Result_<T> = Result<T, Fault>;

struct Parser<'t> {
    tokens: Tokens<'t>,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn new(cursor: Cursor<'t>) -> Self {
        Self {
            tokens: Tokens::new(cursor),
            depth: 0,
        }
    }

    fn document(&mut self) -> Result_<()> {
        if i32::try_from(self.tokens.cursor.text.len()).is_err() {
            return self.fail("a text of more than 2 GiB", "split it");
        }
        if self.tokens.peek()?.is_none() {
            return self.fail("there is no document", "write a JSON object");
        }
        self.value()?;
        match self.tokens.peek()? {
            None => Ok(()),
            Some(b'{' | b'[') => self.fail(SECOND, "put one body in one file"),
            Some(_) => self.fail(
                "text after the end of the document",
                "remove it, or the bracket that closes the document too early",
            ),
        }
    }

    fn value(&mut self) -> Result_<()> {
        let next = self.tokens.peek()?;
        match next {
            Some(b'"') => Ok(self.tokens.string().map(drop)?),
            Some(b'{') => self.nested(Kind::Object, Self::object),
            Some(b'[') => self.nested(Kind::Array, Self::array),
            Some(b'-' | b'0'..=b'9') => Ok(self.tokens.number()?),
            Some(_) if opening(self.tokens.cursor.rest()).is_some() => {
                Ok(self.tokens.string().map(drop)?)
            }
            Some(byte) if is_name(byte) => Ok(self.tokens.word()?),
            Some(b'`') => Err(faults::template(self.tokens.cursor.at).into()),
            None => self.fail(
                "the document ends where a value is due",
                "complete it: it seems to be cut",
            ),
            Some(b'.' | b'+') => self.fail(
                "not a JSON number",
                "write a digit first, without a plus sign",
            ),
            Some(b',' | b'}' | b']' | b':') => self.fail(
                "a value is missing",
                "write one here, or remove the comma or colon before it",
            ),
            Some(_) => self.fail(
                "not a JSON value",
                concat!(
                    "write a string in double quotes, a number, true, false, null, ",
                    "an array or an object"
                ),
            ),
        }
    }

    fn nested(&mut self, kind: Kind, read: fn(&mut Self, usize) -> Result_<()>) -> Result_<()> {
        let start = self.tokens.cursor.at;
        self.tokens.cursor.at += 1;
        if self.depth == DEPTH {
            return Err(Fault::TooDeep(start..self.tokens.cursor.at));
        }
        self.depth += 1;
        let at = self.tokens.tree.open(kind, start);
        let outcome = read(self, at);
        self.tokens.tree.close(at, self.tokens.cursor.at);
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
            let key = self.key(object)?;
            let value = self.member_value(object, names.is_empty());
            if value.is_err() {
                self.tokens.tree.drop_last(key);
            }
            value?;
            names.add(self.tokens.tree.written(key).as_bytes());
        }
        if names.may_repeat() {
            self.tokens.tree.close(object, self.tokens.cursor.at);
            if supersede_repeated(Node::new(&self.tokens.tree, object)) {
                self.tokens.tree.repeats();
            }
        }
        Ok(())
    }

    fn member_value(&mut self, object: usize, is_first: bool) -> Result_<()> {
        let next = self.tokens.peek()?;
        if next != Some(b':') {
            let set = faults::no_colon(self.tokens.cursor.text, &self.tokens.last, next);
            if let Some(error) = set {
                let opening = self.tokens.tree.slot(object).span().start;
                return Err(error(is_first, opening).into());
            }
            return self.fail(
                "no colon after the key",
                "write `:` between a key and its value",
            );
        }
        self.tokens.cursor.at += 1;
        self.value()
    }

    /// Whether another item or member follows; moves past the comma before it. `false` past the
    /// closing bracket.
    fn more(&mut self, first: bool, close: u8) -> Result_<bool> {
        let mut next = self.tokens.peek()?;
        if !first && next != Some(close) {
            if next != Some(b',') {
                return self.no_comma(close);
            }
            let comma = self.tokens.cursor.at..self.tokens.cursor.at + 1;
            self.tokens.cursor.at += 1;
            next = self.tokens.peek()?;
            if next == Some(close) {
                self.tokens
                    .deviate(DeviationKind::TrailingComma, comma, String::new());
            }
        }
        let is_closed = next == Some(close);
        self.tokens.cursor.at += usize::from(is_closed);
        Ok(!is_closed)
    }

    fn no_comma<T>(&self, close: u8) -> Result_<T> {
        match self.tokens.cursor.byte() {
            None if close == b'}' => self.cut_object(),
            None => self.fail(
                "the document ends inside an array",
                "close it with `]`: it seems to be cut",
            ),
            Some(b'}' | b']') => self.fail(
                "the wrong closing bracket",
                "close what was opened last first",
            ),
            Some(_) => {
                let error = faults::no_comma(&self.tokens.cursor, &self.tokens.last);
                match error {
                    Some(error) => Err(error.into()),
                    None => self.fail("no comma here", "write `,` between two members or items"),
                }
            }
        }
    }

    fn cut_object<T>(&self) -> Result_<T> {
        self.fail(
            "the document ends inside an object",
            "close it with `}`: it seems to be cut",
        )
    }

    fn key(&mut self, object: usize) -> Result_<usize> {
        match self.tokens.cursor.byte() {
            Some(_) if opening(self.tokens.cursor.rest()).is_some() => Ok(self.tokens.string()?),
            Some(byte) if is_name(byte) => Ok(self.tokens.bare_key()),
            None => self.cut_object(),
            Some(b',') => self.fail("a member is missing", "remove the comma"),
            Some(b'-' | b'0'..=b'9') => {
                let mut ahead = self.tokens.cursor;
                let is_item = ahead.numeral().is_ok() && matches!(ahead.peek(), Some(b',' | b'}'));
                if is_item {
                    let opening = self.tokens.tree.slot(object).span().start;
                    return Err(faults::set(opening).into());
                }
                self.fail("no key", "write the key in double quotes")
            }
            Some(_) => self.fail("no key", "write the key in double quotes"),
        }
    }

    /// Fails at the next character.
    fn fail<T>(&self, problem: &'static str, help: &'static str) -> Result_<T> {
        Err(self.tokens.cursor.error(problem, help).into())
    }
}
