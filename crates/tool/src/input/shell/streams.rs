//! What commands of a script read and print, as far as the script says.

use std::{collections::HashMap, ops::Range};

use kaizala_actions::lint::{Unresolved, UnresolvedKind, recorded::Malformed};
use tree_sitter::Node;

use super::{
    program::{Command, Program, RUNNERS, is_command},
    word::{Word, Words},
};

/// How many commands in a row that only pass on what they read are followed.
const PASSED_ON: usize = 8;

/// What a command reads.
#[derive(Clone, Copy)]
pub(super) enum Stream<'t> {
    HereDocument(Node<'t>),
    HereString(Node<'t>),
    File(Node<'t>),
    /// What another command prints.
    Output(Node<'t>),
}

/// Reads commands and what they read and print.
pub(super) struct Streams<'s, 't> {
    pub script: &'s [u8],
    pub streams: &'s HashMap<usize, Stream<'t>>,
}

impl<'t> Streams<'_, 't> {
    fn words(&self, passed: usize) -> Words<'_, impl Fn(Node<'t>) -> Option<Word>> {
        Words {
            script: self.script,
            output: move |node: Node<'t>| {
                let inner = node
                    .named_child(0)
                    .filter(|_| node.named_child_count() == 1)?;
                let inner = match inner.kind() {
                    "redirected_statement" => inner.child_by_field_name("body")?,
                    _ => inner,
                };
                is_command(&inner)
                    .then(|| self.printed(inner, passed + 1))
                    .flatten()
            },
        }
    }

    /// None for a command that calls neither.
    pub fn command(
        &self,
        node: Node<'t>,
        more: &[Node<'t>],
    ) -> Result<Option<Command>, (Range<usize>, Malformed)> {
        let words = self.words(0);
        let mut cursor = node.walk();
        let is_word = |child: &Node<'_>| {
            !matches!(child.kind(), "variable_assignment" | "comment")
                && !child.kind().ends_with("_redirect")
        };
        let children: Vec<_> = node.named_children(&mut cursor).filter(is_word).collect();
        let Some((at, program)) = self.called(&children) else {
            return Ok(None);
        };
        let refuse = |mut problem: Malformed| {
            let span = problem.span;
            let start = children[at].start_byte().min(span.start);
            problem.span = span.start - start..span.end - start;
            (start..node.end_byte().max(span.end), problem)
        };
        let all = children[at..].iter().chain(more);
        let mut read: Vec<Word> = Vec::new();
        for child in all {
            let word = words.word(*child).map_err(refuse)?;
            // The grammar divides some words that a shell does not.
            match read.last_mut() {
                Some(last) if last.span.end == word.span.start => {
                    last.append(&word);
                    last.span.end = word.span.end;
                }
                _ => read.push(word),
            }
        }
        if at > 0 && matches!(self.text(children[0]), b"xargs" | b"parallel") {
            read.iter_mut()
                .filter(|word| word.text == b"{}")
                .for_each(|word| {
                    word.gaps = vec![Unresolved::new(0..2, UnresolvedKind::Variable)];
                });
        }
        let input = self.input(node, 0);
        Ok(Some(Command {
            program,
            words: read,
            input,
        }))
    }

    /// Which of the words of a command is the program.
    fn called(&self, words: &[Node<'t>]) -> Option<(usize, Program)> {
        let first = self.text(*words.first()?);
        if let Some(program) = Program::of(first) {
            return Some((0, program));
        }
        let name = first.rsplit(|byte| *byte == b'/').next()?;
        if !RUNNERS.iter().any(|runner| runner.as_bytes() == name) {
            return None;
        }
        words
            .iter()
            .enumerate()
            .find_map(|(at, word)| Some((at, Program::of(self.text(*word))?)))
    }

    fn text(&self, node: Node<'t>) -> &[u8] {
        &self.script[node.byte_range()]
    }

    /// What a command reads; none where the script does not say.
    fn input(&self, command: Node<'t>, passed: usize) -> Option<Word> {
        let words = self.words(passed);
        Some(match *self.streams.get(&command.id())? {
            Stream::HereDocument(redirect) => words.here_document(redirect),
            Stream::HereString(redirect) => {
                let last = redirect.named_child_count().checked_sub(1)?;
                let node = redirect.named_child(u32::try_from(last).ok()?)?;
                words.word(node).ok()?
            }
            Stream::File(redirect) => Word::unresolved(redirect.byte_range(), UnresolvedKind::File),
            Stream::Output(writer) => self
                .printed(writer, passed + 1)
                .unwrap_or_else(|| Word::unresolved(writer.byte_range(), UnresolvedKind::Command)),
        })
    }

    /// What a command prints, if that is plain.
    fn printed(&self, node: Node<'t>, passed: usize) -> Option<Word> {
        if passed > PASSED_ON {
            return None;
        }
        let node = match node.kind() {
            "redirected_statement" => node.child_by_field_name("body")?,
            _ => node,
        };
        let mut cursor = node.walk();
        let mut children = node.named_children(&mut cursor);
        let name = self.text(children.next()?);
        let words = self.words(passed);
        let arguments = children.filter(|child| !child.kind().ends_with("_redirect"));
        let arguments: Option<Vec<_>> = arguments.map(|child| words.word(child).ok()).collect();
        let mut arguments = arguments?;
        match name {
            b"cat" => {
                let is_plain = arguments.iter().all(|word| word.text == b"-");
                is_plain.then(|| self.input(node, passed)).flatten()
            }
            b"echo" => {
                let options = arguments
                    .iter()
                    .take_while(|word| matches!(&*word.text, b"-n" | b"-E"));
                let options = options.count();
                arguments.drain(..options);
                if arguments.first()?.text.starts_with(b"-") {
                    return None;
                }
                let mut all = arguments.remove(0);
                for argument in arguments {
                    all.append(&Word {
                        text: b" ".to_vec(),
                        ..Word::default()
                    });
                    all.append(&argument);
                }
                Some(all)
            }
            b"printf" => match &mut arguments[..] {
                [format, value] if matches!(&*format.text, b"%s" | b"%s\\n") => {
                    Some(std::mem::take(value))
                }
                [text] if !text.text.contains(&b'%') && !text.text.contains(&b'\\') => {
                    Some(std::mem::take(text))
                }
                _ => None,
            },
            _ => None,
        }
    }
}
