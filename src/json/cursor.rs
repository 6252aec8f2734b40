//! A cursor in JSON text, which reads by RFC 8259.

use std::{borrow::Cow, ops::Range};

use wide::u8x16;

use super::number::Number;

/// A range of bytes in the document.
pub type Span = Range<usize>;

/// Where and why a text is not JSON, and how to fix it.
#[derive(Debug)]
pub struct SyntaxError {
    pub span: Span,
    pub problem: &'static str,
    pub help: &'static str,
}

/// The ends of the parts of a number. A missing fraction ends where the integer does.
#[derive(Clone, Copy, Debug)]
pub struct Numeral {
    pub integer: usize,
    pub fraction: usize,
}

/// A position in a text. The methods move it past what they read; after `None` it may be anywhere.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'t> {
    pub text: &'t [u8],
    /// The same text if it is UTF-8. The whole text is validated once, which costs little.
    pub utf8: Option<&'t str>,
    pub at: usize,
}

impl<'t> Cursor<'t> {
    #[must_use]
    pub fn new(text: &'t [u8], at: usize) -> Self {
        Self {
            text,
            utf8: simdutf8::basic::from_utf8(text).ok(),
            at,
        }
    }

    #[inline]
    #[must_use]
    pub fn byte(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// The rest of the text.
    #[inline]
    #[must_use]
    pub fn rest(&self) -> &'t [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The text of a span, with U+FFFD for what is not UTF-8.
    #[inline]
    #[must_use]
    pub fn slice(&self, span: Span) -> Cow<'t, str> {
        match self.utf8.and_then(|text| text.get(span.clone())) {
            Some(text) => Cow::Borrowed(text),
            None => String::from_utf8_lossy(&self.text[span]),
        }
    }

    /// The next byte that is not white space.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte()? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    #[inline]
    pub fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    #[inline]
    pub fn word(&mut self, word: &[u8]) -> Option<()> {
        self.peek()?;
        self.rest().starts_with(word).then(|| self.at += word.len())
    }

    /// Whether another member or item follows; moves past the comma before it.
    #[inline]
    pub fn more(&mut self, first: bool, close: u8) -> Option<bool> {
        if self.peek()? == close {
            self.at += 1;
            return Some(false);
        }
        if !first {
            self.eat(b',')?;
            if self.peek()? == close {
                return None;
            }
        }
        Some(true)
    }

    /// Skips a string without escapes in a UTF-8 text. If another token comes next, the cursor does
    /// not move.
    #[inline]
    pub fn plain(&mut self) -> bool {
        if self.utf8.is_none() || self.byte() != Some(b'"') {
            return false;
        }
        let end = special(self.text, self.at + 1);
        let is_plain = self.text.get(end) == Some(&b'"');
        if is_plain {
            self.at = end + 1;
        }
        is_plain
    }

    /// A string without escapes.
    #[inline]
    pub fn plain_string(&mut self) -> Option<&'t str> {
        self.peek()?;
        let start = self.at + 1;
        self.plain().then_some(())?;
        self.utf8?.get(start..self.at - 1)
    }

    /// Skips the content of a string up to its end, an escape or a control character, in a UTF-8
    /// text.
    pub fn run(&mut self) -> &'t str {
        let start = self.at;
        let run = self
            .utf8
            .and_then(|utf8| utf8.get(start..special(self.text, start)));
        let run = run.unwrap_or_default();
        self.at += run.len();
        run
    }

    /// Skips a string with any content.
    #[inline]
    pub fn string(&mut self) -> Option<()> {
        self.eat(b'"')?;
        self.at = special(self.text, self.at);
        if self.byte()? != b'"' {
            self.after_special()?;
        }
        self.at += 1;
        Some(())
    }

    /// Skips to the closing quote, from an escape.
    #[cold]
    fn after_special(&mut self) -> Option<()> {
        loop {
            match self.byte()? {
                b'"' => return Some(()),
                b'\\' => drop(char::from_u32(self.escape()?)?),
                _ => return None, // a control character
            }
            if self.byte() != Some(b'\\') {
                self.at = special(self.text, self.at);
            }
        }
    }

    /// The code point of an escape; not a character for half of a surrogate pair. If there is no
    /// escape, the cursor does not move.
    pub fn escape(&mut self) -> Option<u32> {
        let byte = match *self.text.get(self.at + 1)? {
            byte @ (b'"' | b'\\' | b'/') => byte,
            b'n' => b'\n',
            b't' => b'\t',
            b'r' => b'\r',
            b'b' => 0x08,
            b'f' => 0x0C,
            _ => return self.unicode_escape(),
        };
        self.at += 2;
        Some(byte.into())
    }

    fn unicode_escape(&mut self) -> Option<u32> {
        let first = self.utf16_unit()?;
        let mut next = *self;
        if let 0xD800..0xDC00 = first
            && let Some(second @ 0xDC00..0xE000) = next.utf16_unit()
        {
            *self = next;
            return Some(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
        }
        Some(first)
    }

    /// The number in a `\uXXXX`.
    fn utf16_unit(&mut self) -> Option<u32> {
        let escape = self.text.get(self.at..self.at + 6)?;
        let unit = escape
            .strip_prefix(b"\\u")?
            .iter()
            .try_fold(0, |all, digit| {
                Some(all << 4 | char::from(*digit).to_digit(16)?)
            })?;
        self.at += 6;
        Some(unit)
    }

    /// A number, and whether int64 or a double can hold it.
    ///
    /// # Errors
    /// If there is no number.
    pub fn number(&mut self) -> Result<(Number, bool), SyntaxError> {
        let start = self.at;
        self.numeral()?;
        Ok(Number::read(&self.slice(start..self.at)))
    }

    /// Skips a number.
    ///
    /// # Errors
    /// If there is no number; the cursor is then at the first wrong character.
    #[inline]
    pub fn numeral(&mut self) -> Result<Numeral, SyntaxError> {
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        let zero = self.byte() == Some(b'0');
        if self.digits("no digit after the minus sign", "write a digit")? > 1 && zero {
            return Err(SyntaxError {
                span: start..self.at,
                problem: "a number with leading zeros",
                help: "remove them, or write a string",
            });
        }
        let integer = self.at;
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits(
                "no digit after the decimal point",
                "write one, or remove the point",
            )?;
        }
        let fraction = self.at;
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits(
                "no digit in the exponent",
                "write one, or remove the exponent",
            )?;
        }
        Ok(Numeral { integer, fraction })
    }

    /// Skips digits and returns their number; at least one is required.
    #[inline]
    fn digits(&mut self, problem: &'static str, help: &'static str) -> Result<usize, SyntaxError> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        match self.at - start {
            0 => Err(self.error(problem, help)),
            count => Ok(count),
        }
    }

    /// An error at the next character.
    #[must_use]
    pub fn error(&self, problem: &'static str, help: &'static str) -> SyntaxError {
        SyntaxError {
            span: self.at..self.at + width(self.rest()),
            problem,
            help,
        }
    }
}

/// The offset of the next quote, backslash or control character, or the end.
#[inline]
fn special(bytes: &[u8], mut at: usize) -> usize {
    const QUOTE: u8x16 = u8x16::splat(b'"');
    const BACKSLASH: u8x16 = u8x16::splat(b'\\');
    const LAST_CONTROL: u8x16 = u8x16::splat(0x1F);
    while let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let block = u8x16::new(*block);
        let found = block.simd_eq(QUOTE)
            | block.simd_eq(BACKSLASH)
            | block.min(LAST_CONTROL).simd_eq(block);
        match found.to_bitmask() {
            0 => at += 16,
            found => return at + found.trailing_zeros() as usize,
        }
    }
    while bytes
        .get(at)
        .is_some_and(|byte| !matches!(byte, b'"' | b'\\' | ..0x20))
    {
        at += 1;
    }
    at
}

/// The length of the first character of a text; invalid bytes count as one character.
pub(super) fn width(text: &[u8]) -> usize {
    let most = &text[..text.len().min(4)];
    let chunk = most.utf8_chunks().next();
    chunk.map_or(0, |chunk| match chunk.valid().chars().next() {
        Some(character) => character.len_utf8(),
        None => chunk.invalid().len(),
    })
}
