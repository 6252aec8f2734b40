//! The words of a command, as a POSIX shell and bash read them, with their places.

use std::{borrow::Cow, ops::Range};

use kaizala_actions::lint::recorded::Malformed;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Without the quotes.
    pub text: Vec<u8>,
    /// Where it stands, with its quotes.
    pub span: Range<usize>,
    /// Where its text stands, if it does so as it is.
    pub source: Option<Range<usize>>,
}

impl Word {
    pub fn lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.text)
    }

    /// What comes after so many bytes; none if nothing does.
    pub fn after(&self, length: usize) -> Option<Self> {
        let text = self.text.get(length..).filter(|text| !text.is_empty())?;
        Some(Self {
            text: text.to_vec(),
            span: self.span.clone(),
            source: (self.source.clone()).map(|source| source.start + length..source.end),
        })
    }
}

/// The bytes that an escape stands for, and its length.
type Escape = (Vec<u8>, usize);

/// What is open at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Single,
    Double,
    /// `$'…'`.
    Ansi,
    Comment,
}

/// Where the call ends that the text begins with: at a line end, `;`, `&` or `|`, or where curl is
/// to go on with another. None where more must be read to know.
pub(crate) fn command_end(text: &[u8], last: bool) -> Option<usize> {
    let mut open = Open::Nothing;
    let mut at = 0;
    while at < text.len() {
        let byte = text[at];
        let begins_word = at == 0 || text[at - 1].is_ascii_whitespace();
        let mut width = 1;
        match (open, byte) {
            // A line end may have two bytes.
            (Open::Nothing | Open::Double | Open::Ansi, b'\\') => {
                width = 2 + usize::from(text[at..].starts_with(b"\\\r\n"));
            }
            (Open::Single | Open::Ansi, b'\'') | (Open::Double, b'"') => open = Open::Nothing,
            (Open::Nothing, b'$') if text.get(at + 1) == Some(&b'\'') => {
                (open, width) = (Open::Ansi, 2);
            }
            (Open::Nothing, b'\'') => open = Open::Single,
            (Open::Nothing, b'"') => open = Open::Double,
            (Open::Nothing, b'#') if begins_word => open = Open::Comment,
            (Open::Nothing, b'\n' | b';' | b'&' | b'|') | (Open::Comment, b'\n') => {
                return Some(at);
            }
            (Open::Nothing, b'-') if at > 0 && begins_word && is_next(&text[at..], last) => {
                return Some(at);
            }
            _ => {}
        }
        at += width;
    }
    last.then_some(text.len())
}

/// Whether a text begins with the option between two calls, after which all others start anew.
pub(crate) fn is_next(text: &[u8], last: bool) -> bool {
    let rest = text.strip_prefix(b"--next").or(text.strip_prefix(b"-:"));
    rest.is_some_and(|rest| rest.first().map_or(last, u8::is_ascii_whitespace))
}

/// Where curl's own words begin, if it is curl that is called: after a prompt and assignments.
pub(crate) fn is_curl(command: &[u8]) -> Option<usize> {
    let mut at = 0;
    for word in command.split(u8::is_ascii_whitespace) {
        let mut parts = word.rsplit(|byte| matches!(byte, b'/' | b'\\'));
        let name = parts.next().unwrap_or_default();
        if name == b"curl" || name.eq_ignore_ascii_case(b"curl.exe") {
            return Some(at);
        }
        let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
        let is_assignment = word.iter().find(|byte| !is_of_name(byte)) == Some(&b'=');
        let is_known = matches!(
            word,
            b"" | b"$" | b">" | b"%" | b"sudo" | b"time" | b"exec" | b"if" | b"!" | b"do" | b"then"
        );
        if !is_known && !is_assignment {
            return None;
        }
        at += word.len() + 1;
    }
    None
}

/// The words of one command.
///
/// # Errors
/// A [`Malformed`] for a quote without an end.
pub(crate) fn words(text: &[u8]) -> Result<Vec<Word>, Malformed> {
    let mut reader = Reader {
        text,
        at: 0,
        word: None,
        words: Vec::new(),
    };
    reader.read()?;
    Ok(reader.words)
}

struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    word: Option<Word>,
    words: Vec<Word>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Malformed> {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {
                    self.finish();
                    self.at += 1;
                }
                b'#' if self.word.is_none() => break,
                b'\\' => match self.text.get(self.at + 1..) {
                    // A line that goes on.
                    Some([b'\n', ..]) => self.at += 2,
                    Some([b'\r', b'\n', ..]) => self.at += 3,
                    Some([_, ..]) => {
                        self.at += 1;
                        self.take();
                    }
                    _ => self.at += 1,
                },
                b'\'' => self.quoted(1, b'\'', |_| None)?,
                b'"' => self.quoted(1, b'"', double)?,
                b'$' if self.text.get(self.at + 1) == Some(&b'\'') => {
                    self.quoted(2, b'\'', ansi)?;
                }
                b'^' if self
                    .text
                    .get(self.at + 1)
                    .is_none_or(|next| matches!(next, b'"' | b'\n' | b'\r')) =>
                {
                    return Err(Malformed::new(
                        self.at..self.at + 1,
                        "a command for cmd.exe, which quotes otherwise",
                        "copy it as cURL (bash)",
                    ));
                }
                _ => self.take(),
            }
        }
        self.finish();
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn finish(&mut self) {
        self.words.extend(self.word.take().map(|mut word| {
            let is_kept = |source: &Range<_>| !source.is_empty() || word.text.is_empty();
            word.source = word.source.filter(is_kept);
            word
        }));
    }

    /// The word at hand, which begins here if there was none.
    fn word(&mut self) -> &mut Word {
        let at = self.at;
        self.word.get_or_insert_with(|| Word {
            text: Vec::new(),
            span: at..at,
            source: None,
        })
    }

    /// Takes the next byte as it is.
    fn take(&mut self) {
        let (at, byte) = (self.at, self.text[self.at]);
        let word = self.word();
        word.span.end = at + 1;
        word.source = match &word.source {
            _ if word.text.is_empty() => Some(at..at + 1),
            Some(source) if source.end == at => Some(source.start..at + 1),
            _ => None,
        };
        word.text.push(byte);
        self.at += 1;
    }

    /// Takes what is between quotes; `escape` reads what a backslash begins.
    fn quoted(
        &mut self,
        open: usize,
        close: u8,
        escape: fn(&[u8]) -> Option<Escape>,
    ) -> Result<(), Malformed> {
        let start = self.at;
        self.word();
        self.at += open;
        loop {
            match self.peek() {
                None => {
                    return Err(Malformed::new(
                        start..start + open,
                        "a quote without an end",
                        "close it: the command may be cut",
                    ));
                }
                Some(byte) if byte == close => {
                    self.at += 1;
                    let at = self.at;
                    self.word().span.end = at;
                    return Ok(());
                }
                Some(b'\\') => match escape(&self.text[self.at..]) {
                    Some((bytes, length)) => {
                        self.at += length;
                        let word = self.word();
                        // What was written otherwise stands nowhere as it is; an empty range says
                        // so.
                        word.source = Some(0..0);
                        word.text.extend(bytes);
                    }
                    None => self.take(),
                },
                Some(_) => self.take(),
            }
        }
    }
}

/// Escapes in double quotes.
fn double(text: &[u8]) -> Option<Escape> {
    match text.get(1)? {
        b'\n' => Some((Vec::new(), 2)),
        byte @ (b'"' | b'\\' | b'$' | b'`') => Some((vec![*byte], 2)),
        _ => None,
    }
}

/// Escapes in `$'…'`.
fn ansi(text: &[u8]) -> Option<Escape> {
    let byte = match text.get(1)? {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'a' => 7,
        b'b' => 8,
        b'e' | b'E' => 27,
        b'f' => 12,
        b'v' => 11,
        byte @ (b'\\' | b'\'' | b'"' | b'?') => *byte,
        b'x' => return number(text, 2, 2, 16).map(byte),
        b'0'..=b'7' => return number(text, 1, 3, 8).map(byte),
        b'u' => return number(text, 2, 4, 16).map(character),
        b'U' => return number(text, 2, 8, 16).map(character),
        _ => return None,
    };
    Some((vec![byte], 2))
}

fn byte((code, end): (u32, usize)) -> Escape {
    (vec![code.to_le_bytes()[0]], end)
}

fn character((code, end): (u32, usize)) -> Escape {
    let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    (character.to_string().into(), end)
}

/// The number of at most so many digits at a place, and its end.
fn number(text: &[u8], start: usize, most: usize, radix: u32) -> Option<(u32, usize)> {
    let digits = text[start..].iter().take(most);
    let digits = digits.map_while(|byte| char::from(*byte).to_digit(radix));
    let (code, count) = digits.fold((0, 0), |(code, count), digit| {
        (code * radix + digit, count + 1)
    });
    (count > 0).then_some((code, start + count))
}
