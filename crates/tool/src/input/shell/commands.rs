//! The commands of a script that call curl or wget, as tree-sitter's grammar of bash finds them.
//!
//! That parser goes on after what it does not understand, which a console's record or a script that
//! was cut has; others that are well kept give up on the whole. It is in C, has exact places, and
//! does not recurse.

use std::{collections::HashMap, ops::Range};

use kaizala_actions::lint::recorded::Malformed;
use tree_sitter::{Node, Parser, Tree};

use super::{
    program::{Command, Program, is_command},
    streams::{Stream, Streams},
};

/// A command that calls, or why it cannot be read and where it is.
pub(super) type Called = Result<Command, (Range<usize>, Malformed)>;

/// The tree of a script; none where the parser gives up.
pub(super) fn parse(script: &[u8]) -> Option<Tree> {
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_bash::LANGUAGE.into())
        .ok()?;
    parser.parse(script, None)
}

/// The commands of a script.
pub(super) struct Commands {
    /// Those that call, in their order.
    pub called: Vec<Called>,
    /// Where others seem to have one call in a way that is not understood.
    pub mentions: Vec<usize>,
}

/// Finds the commands in a tree.
pub(super) fn commands(tree: &Tree, script: &[u8]) -> Commands {
    let mut found = Finder::default();
    found.walk(tree.root_node());
    let Finder {
        commands,
        errors,
        streams,
        extra,
    } = found;
    let streams = Streams {
        script,
        streams: &streams,
    };
    let (mut called, mut mentions): (Vec<Called>, _) = (Vec::new(), Vec::new());
    for node in commands {
        let more = extra.get(&node.id()).map_or(&[][..], Vec::as_slice);
        match streams.command(node, more).transpose() {
            Some(command) => called.push(command),
            None if is_mention(&script[node.byte_range()]) => mentions.push(node.start_byte()),
            None => {}
        }
    }
    let place = |called: &Called| match called {
        Ok(command) => command.words.first().map_or(0..0, |word| word.span.clone()),
        Err((place, _)) => place.clone(),
    };
    for error in errors {
        let is_in = |called: &Called| error.contains(&place(called).start);
        if let Some((place, problem)) = unread(script, &error)
            && !called.iter().any(is_in)
        {
            called.push(Err((place, problem)));
        }
    }
    called.sort_by_key(|called| place(called).start);
    Commands { called, mentions }
}

/// Whether a command seems to have another program call.
fn is_mention(command: &[u8]) -> bool {
    let has = |what: &str| memchr::memmem::find(command, what.as_bytes()).is_some();
    let is_shown = command.starts_with(b"echo ") || command.starts_with(b"printf ");
    !is_shown && (has("curl ") || has("wget ")) && has("://")
}

/// A call in what the parser did not understand.
fn unread(script: &[u8], error: &Range<usize>) -> Option<(Range<usize>, Malformed)> {
    let text = &script[error.clone()];
    let mut words = text.split(u8::is_ascii_whitespace);
    let called = words.find(|word| Program::of(word).is_some())?;
    let start = called.as_ptr() as usize - script.as_ptr() as usize;
    let line = memchr::memchr(b'\n', &script[start..error.end]);
    let place = start..line.map_or(error.end, |length| start + length);
    let problem = Malformed::new(
        0..called.len(),
        "a command that a shell would not understand here",
        "look for a quote or a bracket without an end before it",
    );
    Some((place, problem))
}

/// What is found on the way through a tree.
#[derive(Default)]
struct Finder<'t> {
    commands: Vec<Node<'t>>,
    /// Where the parser did not understand the script.
    errors: Vec<Range<usize>>,
    /// What commands read, by their nodes.
    streams: HashMap<usize, Stream<'t>>,
    /// Words of commands that come after a here-document began.
    extra: HashMap<usize, Vec<Node<'t>>>,
}

impl<'t> Finder<'t> {
    fn walk(&mut self, root: Node<'t>) {
        let mut cursor = root.walk();
        loop {
            let node = cursor.node();
            self.visit(node);
            if cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return;
                }
            }
        }
    }

    fn visit(&mut self, node: Node<'t>) {
        match node.kind() {
            "command" => {
                self.commands.push(node);
                self.redirects(node, node);
            }
            "redirected_statement" => {
                if let Some(reader) = node.child_by_field_name("body").and_then(last_command) {
                    self.redirects(node, reader);
                }
            }
            "pipeline" => self.pipeline(node, None),
            "ERROR" => {
                let is_within = |error: &Range<usize>| error.end >= node.end_byte();
                if !self.errors.last().is_some_and(is_within) {
                    self.errors.push(node.byte_range());
                }
            }
            _ => {}
        }
    }

    /// What the redirections in a node are to a command.
    fn redirects(&mut self, node: Node<'t>, reader: Node<'t>) {
        let mut cursor = node.walk();
        for redirect in node.named_children(&mut cursor) {
            let stream = match redirect.kind() {
                "heredoc_redirect" => {
                    self.beside(redirect, reader);
                    Stream::HereDocument(redirect)
                }
                "herestring_redirect" => Stream::HereString(redirect),
                "file_redirect" if redirect.child(0).is_some_and(|sign| sign.kind() == "<") => {
                    Stream::File(redirect)
                }
                _ => continue,
            };
            self.streams.insert(reader.id(), stream);
        }
    }

    /// What is on the line where a here-document begins, after that.
    fn beside(&mut self, redirect: Node<'t>, reader: Node<'t>) {
        let mut cursor = redirect.walk();
        for child in redirect.children(&mut cursor) {
            match child.kind() {
                "heredoc_start" | "heredoc_body" | "heredoc_end" | "file_redirect" => {}
                "pipeline" => self.pipeline(child, Some(reader)),
                _ if child.is_named() => self.extra.entry(reader.id()).or_default().push(child),
                _ => {}
            }
        }
    }

    fn pipeline(&mut self, pipeline: Node<'t>, first: Option<Node<'t>>) {
        let (mut cursor, mut before) = (pipeline.walk(), first);
        for part in pipeline.named_children(&mut cursor) {
            let reader = match part.kind() {
                "redirected_statement" => part.child_by_field_name("body"),
                _ => Some(part),
            };
            if let (Some(writer), Some(reader)) = (before, reader.filter(is_command)) {
                let stream = Stream::Output(writer);
                self.streams.entry(reader.id()).or_insert(stream);
            }
            before = Some(part);
        }
    }
}

/// The command that a redirection behind a node is for.
fn last_command(mut node: Node<'_>) -> Option<Node<'_>> {
    while matches!(
        node.kind(),
        "list" | "pipeline" | "negated_command" | "redirected_statement"
    ) {
        let last = node.named_child_count().checked_sub(1)?;
        node = match node.kind() {
            "redirected_statement" => node.child_by_field_name("body")?,
            _ => node.named_child(u32::try_from(last).ok()?)?,
        };
    }
    Some(node).filter(is_command)
}
