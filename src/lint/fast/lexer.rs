//! A cursor over JSON text: RFC 8259 to the letter, or `None`.

use super::program::{Key, Object};
use crate::json::{scan_number, special};

pub(super) struct Lexer<'t> {
    /// Whose bytes are looked at. That they are UTF-8 is found out for all of them at once, which
    /// costs next to nothing.
    str: &'t str,
    text: &'t [u8],
    at: usize,
}

/// What a value is, by its first byte.
#[derive(Clone, Copy)]
pub(super) enum First {
    Text,
    Number,
    Boolean,
    Array,
    Object,
}

/// What comes next in an object.
pub(super) enum Next {
    /// The value of the declared member of this index.
    Member(usize),
    /// Nothing more.
    End,
}

impl<'t> Lexer<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            str: text,
            text: text.as_bytes(),
            at: 0,
        }
    }

    /// Whether only white space is left.
    pub fn at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    pub fn mark(&self) -> usize {
        self.at
    }

    pub fn restore(&mut self, mark: usize) {
        self.at = mark;
    }

    /// What comes next; null is nothing that is clean.
    pub fn first(&mut self) -> Option<First> {
        Some(match self.peek()? {
            b'"' => First::Text,
            b'-' | b'0'..=b'9' => First::Number,
            b't' | b'f' => First::Boolean,
            b'[' => First::Array,
            b'{' => First::Object,
            _ => return None,
        })
    }

    pub fn open_object(&mut self) -> Option<()> {
        self.eat(b'{')
    }

    /// Over one declared member's key and colon, or the end of the object. A key with an escape,
    /// and one that is not declared, are not for the fast pass. The member of index `guess` is
    /// tried first: most documents have them in the order of the contract.
    #[inline]
    pub fn member(&mut self, first: bool, object: &Object, guess: usize) -> Option<Next> {
        if !self.more(first, b'}')? {
            return Some(Next::End);
        }
        self.eat(b'"')?;
        let rest = self.text.get(self.at..)?;
        let index = match object.members.get(guess) {
            Some(member) if member.key.begins(rest) => guess,
            _ => object
                .members
                .iter()
                .position(|member| member.key.begins(rest))?,
        };
        self.at += object.members[index].key.len();
        self.eat(b':')?;
        Some(Next::Member(index))
    }

    /// A cursor at the value of what looks like a member of this name, the last that there is,
    /// unless it is far from the end.
    pub fn peek_tag(&self, key: &Key) -> Option<Self> {
        const TRIES: usize = 8;
        let mut rest = self.text;
        for _ in 0..TRIES {
            let colon = rest
                .iter()
                .rposition(|byte| *byte == b':')
                .filter(|colon| *colon > self.at)?;
            rest = &rest[..colon];
            if rest.trim_ascii_end().ends_with(key.bytes()) {
                return Some(Self {
                    at: colon + 1,
                    ..*self
                });
            }
        }
        None
    }

    pub fn open_array(&mut self) -> Option<()> {
        self.eat(b'[')
    }

    /// Whether there is one more item.
    #[inline]
    pub fn item(&mut self, first: bool) -> Option<bool> {
        self.more(first, b']')
    }

    pub fn boolean(&mut self) -> Option<()> {
        self.word(b"true").or_else(|| self.word(b"false"))
    }

    /// An integer that is written as one.
    pub fn integer(&mut self) -> Option<i64> {
        let (text, whole) = self.numeral()?;
        text.parse().ok().filter(|_| whole)
    }

    /// A number that can be held.
    pub fn number(&mut self) -> Option<f64> {
        let (text, whole) = self.numeral()?;
        let fits = !whole || text.parse::<i64>().is_ok();
        text.parse()
            .ok()
            .filter(|number: &f64| fits && number.is_finite())
    }

    /// A string whose content is needed; with an escape it is not for the fast pass.
    pub fn text(&mut self) -> Option<&'t str> {
        self.peek()?;
        let start = self.at + 1;
        let escaped = self.string()?;
        self.str.get(start..self.at - 1).filter(|_| !escaped)
    }

    /// Which of these strings comes next, spelt without escapes.
    #[inline]
    pub fn one_of(&mut self, values: &[Key]) -> Option<usize> {
        self.eat(b'"')?;
        let rest = self.text.get(self.at..)?;
        let index = values.iter().position(|value| value.begins(rest))?;
        self.at += values[index].len();
        Some(index)
    }

    /// Over one value of any kind that is clean in itself.
    pub fn any(&mut self, depth: usize) -> Option<()> {
        match self.peek()? {
            b'"' => self.string().map(drop),
            b'{' => {
                let depth = depth.checked_sub(1)?;
                self.open_object()?;
                let mut names: Vec<&str> = Vec::new();
                while self.more(names.is_empty(), b'}')? {
                    let name = self.text()?;
                    // Each is compared with all: past a few, a proper parser is cheaper.
                    if names.len() == 32 || names.contains(&name) {
                        return None;
                    }
                    names.push(name);
                    self.eat(b':')?;
                    self.any(depth)?;
                }
                Some(())
            }
            b'[' => {
                let depth = depth.checked_sub(1)?;
                self.open_array()?;
                let mut first = true;
                while self.item(first)? {
                    first = false;
                    self.any(depth)?;
                }
                Some(())
            }
            b't' | b'f' => self.boolean(),
            b'n' => self.word(b"null"),
            _ => self.number().map(drop),
        }
    }

    /// Over one value, without much of a look at it.
    pub fn skip(&mut self) -> Option<()> {
        let mut open = 0_usize;
        loop {
            match self.peek()? {
                b'"' => drop(self.string()?),
                b'{' | b'[' => {
                    open += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    open = open.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' => self.at += 1,
                _ => {
                    while !matches!(
                        self.byte()?,
                        b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t' | b'"'
                    ) {
                        self.at += 1;
                    }
                }
            }
            if open == 0 {
                return Some(());
            }
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// The next byte that is not white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte()? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    #[inline]
    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Whether there is one more member or item, over the comma before it.
    #[inline]
    fn more(&mut self, first: bool, close: u8) -> Option<bool> {
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

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.peek()?;
        self.text[self.at..]
            .starts_with(word)
            .then(|| self.at += word.len())
    }

    /// Over a string of any content; whether there are escapes in it.
    #[inline]
    pub fn string(&mut self) -> Option<bool> {
        self.eat(b'"')?;
        self.at = special(self.text, self.at);
        let escaped = self.byte()? != b'"';
        if escaped {
            self.escapes()?;
        }
        self.at += 1;
        Some(escaped)
    }

    /// To the closing quote.
    #[cold]
    fn escapes(&mut self) -> Option<()> {
        loop {
            match self.byte()? {
                b'"' => return Some(()),
                b'\\' => self.escape()?,
                _ => return None, // a control character
            }
            if self.byte() != Some(b'\\') {
                self.at = special(self.text, self.at);
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        self.at += 2;
        match self.text.get(self.at - 1)? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => match self.hex()? {
                0xD800..0xDC00 => {
                    let low = self.text.get(self.at..)?.starts_with(b"\\u");
                    self.at += 2;
                    (low && (0xDC00..0xE000).contains(&self.hex()?)).then_some(())
                }
                0xDC00..0xE000 => None,
                _ => Some(()),
            },
            _ => None,
        }
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        digits.iter().try_fold(0, |all, digit| {
            Some(all << 4 | char::from(*digit).to_digit(16)?)
        })
    }

    /// A number as it is written, and whether it has neither fraction nor exponent.
    fn numeral(&mut self) -> Option<(&'t str, bool)> {
        self.peek()?;
        let (end, whole) = scan_number(self.text, self.at).ok()?;
        let text = self.str.get(self.at..end)?;
        self.at = end;
        Some((text, whole))
    }
}
