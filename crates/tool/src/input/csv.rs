//! Comma-separated values with a column of bodies, as databases export them. Semicolons, tabs and
//! bars separate values too, whichever the first line has most of.

use std::ops::Range;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use kaizala_actions::{
    json::BYTE_ORDER_MARK,
    lint::{Headers, nearest, recorded::Spot},
};

use super::split::{Content, Flaw, Found, Split, Step, is_open, skip_line};
use crate::text::brief;

/// What separates values.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// How databases write that there is no value.
const NULLS: [&[u8]; 4] = [b"", b"NULL", b"null", b"\\N"];

/// The default name of the column of bodies, in any case.
const BODY: &str = "body";

const NO_BODY: Flaw = Flaw {
    problem: "the row ends before the column of bodies",
    help: "export the table again, with quotes around values that have line ends in them",
};

const UNQUOTED: Flaw = Flaw {
    problem: "the row has more values than the table has columns, and the body ends early",
    help: "export the table again, with quotes around bodies: the separator is in them",
};

/// Reads rows as they come.
pub(super) struct Csv {
    body_column: Option<String>,
    id_column: Option<String>,
    /// None until the first line is there.
    reader: Option<Reader>,
    /// The numbers of the columns of bodies and ids, once the header is read.
    columns: Option<(usize, Option<usize>)>,
    /// How many columns there are.
    width: usize,
    row: Row,
}

/// What is read of a row.
#[derive(Default)]
struct Row {
    /// How far it is read, and where the value at hand begins.
    at: usize,
    start: usize,
    /// The values that are wanted; of the header, all.
    values: Vec<Value>,
    column: usize,
    /// The value at hand, without its quotes.
    text: Vec<u8>,
}

/// A value that is wanted.
struct Value {
    column: usize,
    text: Vec<u8>,
    /// Its place, without quotes, and whether it is there as it is.
    spot: Spot,
}

impl Csv {
    pub fn new(body_column: Option<String>, id_column: Option<String>) -> Self {
        Self {
            body_column,
            id_column,
            reader: None,
            columns: None,
            width: 0,
            row: Row::default(),
        }
    }

    /// Reads on to the end of the row; false if that is not there yet. At the end of the file,
    /// there may be no row.
    fn read(&mut self, bytes: &[u8], last: bool) -> bool {
        let Self {
            reader: Some(reader),
            columns,
            row,
            ..
        } = self
        else {
            return false;
        };
        let mut buffer = [0; 4096];
        loop {
            let input = &bytes[row.at..];
            if input.is_empty() && !last {
                return false;
            }
            let (result, read, written) = reader.read_field(input, &mut buffer);
            row.at += read;
            let is_wanted =
                columns.is_none_or(|(body, id)| row.column == body || id == Some(row.column));
            if is_wanted {
                row.text.extend_from_slice(&buffer[..written]);
            }
            match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end } => {
                    if is_wanted {
                        row.take(bytes);
                    }
                    row.text.clear();
                    row.start = row.at;
                    row.column += 1;
                    if record_end {
                        return true;
                    }
                }
                ReadFieldResult::End => return true,
            }
        }
    }

    /// Takes the names of the columns from the header.
    fn header(&mut self, names: &[Value]) -> Result<(), String> {
        let names: Vec<_> = names
            .iter()
            .map(|name| String::from_utf8_lossy(&name.text).trim().to_owned())
            .collect();
        let listed = || names.join(", ");
        let find = |wanted: &str, option: &str| {
            let exact = names.iter().position(|name| name == wanted);
            let any = || {
                names
                    .iter()
                    .position(|name| name.eq_ignore_ascii_case(wanted))
            };
            exact.or_else(any).ok_or_else(|| {
                let hint = match nearest(wanted, names.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there are {}", listed()),
                };
                format!("no column `{wanted}`, which {option} names; {hint}")
            })
        };
        let body = match &self.body_column {
            Some(name) => find(name, "--body-column")?,
            None => find(BODY, "").map_err(|_| {
                format!(
                    "name the column of bodies with --body-column; there are {}",
                    listed()
                )
            })?,
        };
        let id = self.id_column.as_ref();
        let id = id.map(|name| find(name, "--id-column")).transpose()?;
        if let Some(name) = id.map(|id| &names[id]).filter(|name| is_secret(name)) {
            return Err(format!(
                "the values of `{name}` are secrets, which are not shown: name another --id-column"
            ));
        }
        self.columns = Some((body, id));
        self.width = names.len();
        Ok(())
    }
}

impl Row {
    /// Takes the value that ends here.
    fn take(&mut self, bytes: &[u8]) {
        let field = self.start..self.at;
        let written = bytes.get(field).unwrap_or_default();
        // Line ends before the first value are of no row.
        let blanks = written
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let blanks = if self.column == 0 { blanks.count() } else { 0 };
        let start = self.start + blanks;
        let quote = usize::from(written[blanks..].starts_with(b"\""));
        let length = self.text.len();
        let span = start + quote..start + quote + length;
        let verbatim = bytes.get(span.clone()) == Some(&*self.text);
        let span = if verbatim {
            span
        } else {
            let end = memchr::memrchr(b'"', written).map_or(self.at, |end| self.start + end + 1);
            start..end.max(start)
        };
        self.values.push(Value {
            column: self.column,
            text: std::mem::take(&mut self.text),
            spot: Spot { span, verbatim },
        });
    }
}

impl Split for Csv {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        if self.reader.is_none() {
            let mark = BYTE_ORDER_MARK.as_bytes();
            if bytes.starts_with(mark) {
                return Step::Skip(mark.len());
            }
            let Some(end) = memchr::memchr(b'\n', bytes).or(last.then_some(bytes.len())) else {
                return Step::More;
            };
            self.reader = Some(reader(&bytes[..end]));
        }
        if bytes.is_empty() || !self.read(bytes, last) {
            return Step::More;
        }
        let Row {
            at, values, column, ..
        } = std::mem::take(&mut self.row);
        let Some((body, id)) = self.columns else {
            return match self.header(&values) {
                Ok(()) => Step::Skip(at),
                Err(message) => Step::Refused(brief(&message).into_owned()),
            };
        };
        if column == 0 {
            return Step::Skip(at);
        }
        let find = |wanted| values.iter().find(|value| Some(value.column) == wanted);
        let broken = |flaw| Step::Broken {
            text: trimmed(bytes, 0..at),
            done: at,
            flaw,
        };
        let Some(found) = find(Some(body)) else {
            return broken(NO_BODY);
        };
        if column > self.width && is_open(&found.text) {
            return broken(UNQUOTED);
        }
        let id = find(id).map(|id| String::from_utf8_lossy(&id.text).into());
        let content = if NULLS.contains(&&*found.text) {
            Content::Absent
        } else {
            let span = 0..found.spot.span.len();
            Content::Body {
                text: (!found.spot.verbatim).then(|| found.text.clone()),
                span,
            }
        };
        Step::Records {
            found: vec![Found {
                text: found.spot.span.clone(),
                content,
                id,
            }],
            unread: 0,
            done: at,
        }
    }

    fn skip(&mut self, bytes: &[u8], last: bool, within: &mut bool) -> Step {
        // What was read of the row is dropped.
        self.row.at = 0;
        self.row.start = 0;
        self.row.values.clear();
        self.row.text.clear();
        if self.reader.is_none() {
            return skip_line(bytes, within);
        }
        let has_ended = !bytes.is_empty() && self.read(bytes, last);
        let at = self.row.at;
        if has_ended {
            self.row = Row::default();
            *within = false;
        }
        if at == 0 { Step::More } else { Step::Skip(at) }
    }
}

fn trimmed(bytes: &[u8], range: Range<usize>) -> Range<usize> {
    let blanks = bytes[range.clone()]
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace());
    let start = range.start + blanks.count();
    start..start + bytes[start..range.end].trim_ascii_end().len()
}

/// Whether values of this name are masked in reports.
fn is_secret(name: &str) -> bool {
    const VALUE: &str = "a value of no meaning";
    let mut field = Headers::default();
    field.add(name, VALUE);
    field.masked().get(name) != Some(VALUE)
}

/// A reader for what separates the names of the columns.
fn reader(header: &[u8]) -> Reader {
    let count = |delimiter: u8| memchr::memchr_iter(delimiter, header).count();
    let delimiter = DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|delimiter| count(*delimiter));
    ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .build()
}
