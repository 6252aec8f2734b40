//! Scripts of a shell, and command lines as browsers copy them: the calls of curl and wget in them.
//!
//! A record is a call; whatever else a script does is passed over. Nothing is run or expanded: a
//! variable is a gap in what is sent.

mod call;
mod commands;
mod curl;
mod escapes;
mod neutral;
mod options;
mod program;
mod streams;
mod wget;
mod word;

#[cfg(test)]
mod tests;

use std::ops::Range;

use kaizala_actions::lint::recorded::Malformed;
use tree_sitter::Node;

use super::split::{Found, MOST, Split, Step, skip_line};
use commands::{Commands, commands, parse};
use neutral::neutral;
use program::{Command, Program, RUNNERS};

/// How much of a script is read at a time; twice as much where one statement has no end in it. What
/// the parser does not understand takes time by the square of its length.
const WINDOW: usize = 16 << 10;

/// The most nodes of one statement. A body in quotes is one.
const NODES: usize = 10_000;

/// Finds the calls.
pub(crate) struct Shell {
    window: usize,
}

impl Default for Shell {
    fn default() -> Self {
        Self { window: WINDOW }
    }
}

impl Split for Shell {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        let blank = bytes.len() - bytes.trim_ascii_start().len();
        if blank > 0 {
            return Step::Skip(blank);
        }
        while bytes.len() > self.window && self.window < MOST {
            let lines = memchr::memrchr(b'\n', &bytes[..self.window]).map_or(0, |end| end + 1);
            let is_line = lines == 0;
            let lines = if is_line { self.window } else { lines };
            let calls = calls(&bytes[..lines], false);
            if calls.done > 0 && !is_line || calls.done == lines {
                self.window = WINDOW;
                return calls.step();
            }
            self.window *= 2;
        }
        if !last || bytes.is_empty() || bytes.len() > MOST {
            return Step::More;
        }
        calls(bytes, true).step()
    }

    fn skip(&mut self, bytes: &[u8], _: bool, within: &mut bool) -> Step {
        self.window = WINDOW;
        skip_line(bytes, within)
    }
}

/// The calls in the beginning of a script.
struct Calls {
    found: Vec<Found>,
    /// How many more there seem to be.
    unread: usize,
    /// How much of the script they are in.
    done: usize,
}

impl Calls {
    fn step(self) -> Step {
        let Self {
            found,
            unread,
            done,
        } = self;
        if found.is_empty() && unread == 0 {
            Step::Skip(done)
        } else {
            Step::Records {
                found,
                unread,
                done,
            }
        }
    }
}

/// Finds the calls of a script that is whole, or those before its last statement.
fn calls(script: &[u8], is_whole: bool) -> Calls {
    let neutral = neutral(script);
    let Some(tree) = parse(&neutral.text) else {
        return endless(script);
    };
    let root = tree.root_node();
    let done = if is_whole {
        script.len()
    } else {
        last_statement(root, script)
    };
    if done == 0 && root.descendant_count() > NODES {
        return endless(script);
    }
    let foreign = neutral.foreign.into_iter();
    let mut found: Vec<_> = foreign
        .map(|(place, problem)| unread(script, place, problem))
        .collect();
    let Commands { called, mentions } = commands(&tree, &neutral.text);
    for called in called {
        match called {
            Ok(command) => read(command, &mut found),
            Err((place, problem)) => found.push(unread(script, place, problem)),
        }
    }
    found.retain(|found| found.text.start < done);
    found.sort_by_key(|found| found.text.start);
    let mentions = mentions.iter().filter(|at| **at < done).count();
    Calls {
        found,
        unread: mentions,
        done,
    }
}

/// Where the last statement begins of a script that is cut. One that the parser does not understand
/// for that is several nodes.
fn last_statement(root: Node<'_>, script: &[u8]) -> usize {
    let mut cursor = root.walk();
    let (mut start, mut end) = (script.len(), 0);
    for (index, node) in root.named_children(&mut cursor).enumerate() {
        let between = script.get(end..node.start_byte()).unwrap_or_default();
        if index == 0 || memchr::memchr2(b'\n', b';', between).is_some() {
            start = node.start_byte();
        }
        end = node.end_byte();
    }
    start
}

/// Of a statement that has no end.
fn endless(script: &[u8]) -> Calls {
    let problem = Malformed::new(
        0..0,
        "a statement that is too long to be read as one",
        "divide it, or record what is sent",
    );
    let found = is_script(script).then(|| Found::new(0..script.len(), Err(problem)));
    Calls {
        found: found.into_iter().collect(),
        unread: 0,
        done: script.len(),
    }
}

fn unread(script: &[u8], place: Range<usize>, problem: Malformed) -> Found {
    let length = script[place.clone()].trim_ascii_end().len();
    Found::new(place.start..place.start + length, Err(problem))
}

/// What a command calls, once or several times.
fn read(command: Command, found: &mut Vec<Found>) {
    let Command {
        program,
        words,
        input,
    } = command;
    let calls = match program {
        Program::Curl => curl::read(&words, input.as_ref()),
        Program::Wget => wget::read(&words, input.as_ref()),
    };
    found.extend(
        calls
            .into_iter()
            .map(|(place, read)| Found::new(place, read)),
    );
}

/// Whether a text is a script that calls curl or wget.
pub(crate) fn is_script(text: &[u8]) -> bool {
    if text.starts_with(b"{") || text.starts_with(b"[") || text.starts_with(b"\"") {
        return false;
    }
    let lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    lines.filter(|line| !line.starts_with(b"#")).any(has_call)
}

/// Whether a line has the name of the program where a command can have it.
fn has_call(line: &[u8]) -> bool {
    let is_between = |byte: &u8| byte.is_ascii_whitespace() || BEFORE_COMMANDS.contains(byte);
    let words = line
        .split(is_between)
        .filter(|word| Program::of(word).is_some());
    words.into_iter().any(|word| {
        let start = word.as_ptr() as usize - line.as_ptr() as usize;
        let before = line[..start].trim_ascii_end();
        let last = before
            .split(u8::is_ascii_whitespace)
            .next_back()
            .unwrap_or_default();
        let has_arguments = start + word.len() < line.len();
        has_arguments && (before.is_empty() || runs(last))
    })
}

/// What can come right before a command.
const BEFORE_COMMANDS: &[u8] = b"$(`|;&{!=\"";

/// Whether a command can follow what ends in this word.
fn runs(word: &[u8]) -> bool {
    let is_keyword = matches!(
        word,
        b"if" | b"then" | b"else" | b"elif" | b"do" | b"while" | b"until"
    );
    let is_prompt = matches!(word, [.., b'$' | b'>' | b'%' | b'#']);
    let is_option = word.starts_with(b"-") || word[0].is_ascii_digit() || word.contains(&b'=');
    is_keyword
        || is_prompt
        || is_option
        || RUNNERS.iter().any(|runner| runner.as_bytes() == word)
        || word
            .last()
            .is_some_and(|byte| BEFORE_COMMANDS.contains(byte))
}
