//! The words of a command, as bash makes them of quotes and escapes, with their places.

use std::{borrow::Cow, ops::Range};

use kaizala_actions::lint::{Unresolved, UnresolvedKind, recorded::Malformed};
use tree_sitter::Node;

use super::escapes::{self, Escape};

/// A word, or another text of a script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// Without the quotes; what is expanded is as it is in the script.
    pub text: Vec<u8>,
    /// Its place, with its quotes.
    pub span: Range<usize>,
    /// Where the text is in the script, if it is there as it is.
    pub source: Option<Range<usize>>,
    /// Places of the text that are expanded.
    pub gaps: Vec<Unresolved>,
}

impl Word {
    /// An empty one, at a place.
    pub fn at(span: Range<usize>) -> Self {
        Self {
            span,
            ..Self::default()
        }
    }

    /// One that stands for a text that is not in the script.
    pub fn unresolved(span: Range<usize>, what: UnresolvedKind) -> Self {
        let gaps = vec![Unresolved::new(0..0, what)];
        Self {
            gaps,
            ..Self::at(span)
        }
    }

    pub fn lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.text)
    }

    /// As a template that the linter knows: `$NAME` for whatever is expanded.
    pub fn template(&self) -> String {
        let (mut text, mut at) = (String::new(), 0);
        for Unresolved { span, what, .. } in &self.gaps {
            text += &String::from_utf8_lossy(&self.text[at..span.start]);
            let name: String = String::from_utf8_lossy(&self.text[span.clone()])
                .chars()
                .skip_while(|character| !is_of_name(*character))
                .take_while(|character| is_of_name(*character))
                .collect();
            let is_named = *what == UnresolvedKind::Variable && !name.is_empty();
            text.push('$');
            text += if is_named { &name } else { "value" };
            at = span.end;
        }
        text + &String::from_utf8_lossy(&self.text[at..])
    }

    /// The rest after this many bytes; `None` if it is empty.
    pub fn after(&self, length: usize) -> Option<Self> {
        let text = self.text.get(length..).filter(|text| !text.is_empty())?;
        let gaps = self.gaps.iter().filter(|gap| gap.span.start >= length);
        let gaps = gaps
            .map(|gap| Unresolved::new(gap.span.start - length..gap.span.end - length, gap.what));
        Some(Self {
            text: text.to_vec(),
            span: self.span.clone(),
            source: (self.source.clone()).map(|source| source.start + length..source.end),
            gaps: gaps.collect(),
        })
    }

    /// Adds a text that is in the script as it is.
    pub fn push(&mut self, text: &[u8], at: Range<usize>) {
        self.source = match self.source.take() {
            _ if self.text.is_empty() => Some(at.clone()),
            Some(source) if source.end == at.start => Some(source.start..at.end),
            _ => None,
        };
        self.text.extend_from_slice(text);
    }

    /// Adds a text that is not in the script as it is.
    fn push_made(&mut self, text: &[u8]) {
        if !text.is_empty() {
            self.text.extend_from_slice(text);
            self.source = None;
        }
    }

    /// Adds what another word has.
    pub fn append(&mut self, other: &Self) {
        let before = self.text.len();
        match &other.source {
            Some(source) => self.push(&other.text, source.clone()),
            None => self.push_made(&other.text),
        }
        let moved = |gap: &Unresolved| {
            Unresolved::new(before + gap.span.start..before + gap.span.end, gap.what)
        };
        self.gaps.extend(other.gaps.iter().map(moved));
    }

    /// Adds an expansion.
    fn expand(&mut self, text: &[u8], at: Range<usize>, what: UnresolvedKind) {
        let start = self.text.len();
        self.push(text, at);
        self.gaps
            .push(Unresolved::new(start..self.text.len(), what));
    }

    /// Adds a part of the script in which a backslash begins an escape.
    fn unescape(&mut self, script: &[u8], range: Range<usize>, escape: Escape) {
        let mut at = range.start;
        while at < range.end {
            let rest = &script[at..range.end];
            let plain = memchr::memchr(b'\\', rest).unwrap_or(rest.len());
            if plain > 0 {
                self.push(&rest[..plain], at..at + plain);
                at += plain;
                continue;
            }
            if let Some((bytes, length)) = escape(rest) {
                self.push_made(&bytes);
                at += length;
            } else {
                self.push(&rest[..1], at..at + 1);
                at += 1;
            }
        }
    }
}

fn is_of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// What is expanded, if a node is that.
fn expansion(node: Node<'_>) -> Option<UnresolvedKind> {
    match node.kind() {
        "simple_expansion" | "expansion" | "arithmetic_expansion" => Some(UnresolvedKind::Variable),
        "command_substitution" | "process_substitution" => Some(UnresolvedKind::Command),
        _ => None,
    }
}

/// Reads the words of a script; `output` is what a substituted command prints, as far as that is in
/// the script.
pub(super) struct Words<'s, O> {
    pub script: &'s [u8],
    pub output: O,
}

impl<'t, O: Fn(Node<'t>) -> Option<Word>> Words<'_, O> {
    /// The word that a node is.
    ///
    /// # Errors
    /// A [`Malformed`] for a quote without an end, and for characters that only look like quotes.
    pub fn word(&self, node: Node<'t>) -> Result<Word, Malformed> {
        let mut word = Word::at(node.byte_range());
        self.add(node, &mut word)?;
        if word.text.is_empty() {
            word.source = None;
        }
        Ok(word)
    }

    fn add(&self, node: Node<'t>, word: &mut Word) -> Result<(), Malformed> {
        let range = node.byte_range();
        let text = &self.script[range.clone()];
        match node.kind() {
            "concatenation" | "command_name" => {
                let mut cursor = node.walk();
                for child in node.children(&mut cursor) {
                    self.add(child, word)?;
                }
            }
            "raw_string" => {
                let inner = range.start + 1..range.end.saturating_sub(1).max(range.start + 1);
                if text.len() < 2 || !text.ends_with(b"'") {
                    return Err(unclosed(range.start));
                }
                word.push(&self.script[inner.clone()], inner);
            }
            "ansi_c_string" => {
                if text.len() < 3 || !text.ends_with(b"'") {
                    return Err(unclosed(range.start));
                }
                word.unescape(self.script, range.start + 2..range.end - 1, escapes::ansi);
            }
            "string" | "translated_string" => self.quoted(node, word)?,
            _ if let Some(what) = expansion(node) => self.expansion(node, what, word),
            _ => {
                is_plain(text, range.start)?;
                word.unescape(self.script, range, escapes::unquoted);
            }
        }
        Ok(())
    }

    fn quoted(&self, node: Node<'t>, word: &mut Word) -> Result<(), Malformed> {
        let range = node.byte_range();
        let text = &self.script[range.clone()];
        let open = 1 + usize::from(text.starts_with(b"$"));
        let is_closed = text.len() > open && text.ends_with(b"\"");
        let last = node.child(node.child_count().saturating_sub(1));
        if !is_closed || last.is_some_and(|last| last.is_missing()) {
            return Err(unclosed(range.start));
        }
        self.expanded(
            node,
            range.start + open..range.end - 1,
            word,
            escapes::double,
        );
        Ok(())
    }

    /// Adds a part of the script with what is expanded in it.
    fn expanded(&self, node: Node<'t>, range: Range<usize>, word: &mut Word, escape: Escape) {
        let (mut cursor, mut at) = (node.walk(), range.start);
        for child in node.named_children(&mut cursor) {
            if let Some(what) = expansion(child)
                && child.start_byte() >= at
                && child.end_byte() <= range.end
            {
                word.unescape(self.script, at..child.start_byte(), escape);
                self.expansion(child, what, word);
                at = child.end_byte();
            }
        }
        word.unescape(self.script, at..range.end, escape);
    }

    fn expansion(&self, node: Node<'t>, what: UnresolvedKind, word: &mut Word) {
        let range = node.byte_range();
        match (self.output)(node) {
            // A shell leaves out the line ends behind what is printed.
            Some(output) => word.append(&output.trimmed_end()),
            None => word.expand(&self.script[range.clone()], range, what),
        }
    }

    /// The text of a here-document.
    pub fn here_document(&self, redirect: Node<'t>) -> Word {
        let mut cursor = redirect.walk();
        let (mut is_raw, mut word) = (false, Word::at(redirect.byte_range()));
        for child in redirect.named_children(&mut cursor) {
            let range = child.byte_range();
            match child.kind() {
                "heredoc_start" => {
                    let start = &self.script[range];
                    is_raw = start
                        .iter()
                        .any(|byte| matches!(byte, b'\'' | b'"' | b'\\'));
                }
                "heredoc_body" => {
                    word.span = range.clone();
                    if is_raw {
                        word.push(&self.script[range.clone()], range);
                    } else {
                        self.expanded(child, range, &mut word, escapes::here_document);
                    }
                }
                _ => {}
            }
        }
        word
    }
}

impl Word {
    fn trimmed_end(mut self) -> Self {
        let length = self.text.trim_ascii_end().len();
        let cut = self.text.len() - length;
        self.text.truncate(length);
        if let Some(source) = &mut self.source {
            source.end = source.end.saturating_sub(cut).max(source.start);
        }
        self
    }
}

fn unclosed(at: usize) -> Malformed {
    Malformed::new(
        at..at + 1,
        "a quote without an end",
        "close it: the command may be cut",
    )
}

/// Refuses what an editor made of quotes and hyphens.
fn is_plain(text: &[u8], start: usize) -> Result<(), Malformed> {
    let Ok(text) = str::from_utf8(text) else {
        return Ok(());
    };
    let found = text.char_indices().find(|(at, character)| match character {
        '“' | '”' | '„' | '‘' | '’' | '‚' | '«' | '»' => true,
        '–' | '—' | '−' | '‐' | '‑' => *at == 0,
        _ => false,
    });
    let Some((at, character)) = found else {
        return Ok(());
    };
    let (what, help) = if matches!(character, '–' | '—' | '−' | '‐' | '‑') {
        ("dash", "write - for an option, and -- for a long one")
    } else {
        ("quote", "write \" or ' in its place")
    };
    Err(Malformed::new(
        start + at..start + at + character.len_utf8(),
        format!("a typographic {what}, which a shell does not understand"),
        help,
    ))
}
