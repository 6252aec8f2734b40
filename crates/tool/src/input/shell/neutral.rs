//! What is in front of commands or behind them and not of bash: a byte order mark, prompts, line
//! ends of Windows, and the marks by which other shells go on in the next line.

use std::{borrow::Cow, ops::Range};

use kaizala_actions::lint::recorded::Malformed;

use super::program::Program;

/// A script for the parser, of the same length, and what is in it that other shells run.
pub(super) struct Neutral<'s> {
    pub text: Cow<'s, [u8]>,
    /// Places of commands, and what is wrong with each.
    pub foreign: Vec<(Range<usize>, Malformed)>,
}

/// Where the next line begins.
fn line_end(script: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &script[at..]).map_or(script.len(), |length| at + length + 1)
}

pub(super) fn neutral(script: &[u8]) -> Neutral<'_> {
    let mut neutral = Neutral {
        text: script.into(),
        foreign: Vec::new(),
    };
    let mut at = 0;
    while at < script.len() {
        let end = line_end(script, at);
        at = if let Some((end, problem)) = foreign(script, at..end) {
            neutral.blank(at..end);
            neutral.foreign.push((at..end, problem));
            end
        } else {
            neutral.line(&script[at..end], at);
            end
        };
    }
    neutral
}

impl Neutral<'_> {
    /// Leaves line ends, since they end commands.
    fn blank(&mut self, place: Range<usize>) {
        let place = &mut self.text.to_mut()[place];
        place
            .iter_mut()
            .filter(|byte| **byte != b'\n')
            .for_each(|byte| *byte = b' ');
    }

    fn line(&mut self, line: &[u8], at: usize) {
        if line.starts_with(b"\xEF\xBB\xBF") {
            self.blank(at..at + 3);
        }
        // What a console shows before a command.
        let indent = line.len() - line.trim_ascii_start().len();
        let mut words = line[indent..].split(u8::is_ascii_whitespace);
        if let Some(prompt @ [first, ..]) = words.next()
            && matches!(prompt, [.., b'$' | b'%' | b'>' | b'#'])
            && *first != b'#'
            && words.next().is_some_and(|word| Program::of(word).is_some())
        {
            self.blank(at + indent..at + indent + prompt.len());
        }
        // So that a line goes on behind it.
        if line.ends_with(b"\\\r\n") {
            let end = at + line.len();
            self.text.to_mut()[end - 3..end].copy_from_slice(b" \\\n");
        } else if line.ends_with(b"\r\n") {
            let end = at + line.len();
            self.blank(end - 2..end - 1);
        }
        self.redirections(line, at);
    }

    /// The grammar takes redirections that end in `&` behind the begin of a here-document for the
    /// document itself.
    fn redirections(&mut self, line: &[u8], at: usize) {
        let Some(start) = memchr::memmem::find(line, b"<<") else {
            return;
        };
        let name = |byte: &u8| !byte.is_ascii_whitespace();
        let Some(skipped) = line[start..]
            .iter()
            .position(|byte| !matches!(byte, b'<' | b'-' | b' '))
        else {
            return;
        };
        let rest = start + skipped;
        let rest = rest + line[rest..].iter().take_while(|byte| name(byte)).count();
        let tail = line[rest..].trim_ascii_end();
        let is_of_paths = |byte: &u8| byte.is_ascii_alphanumeric() || b" \t/._-$>&".contains(byte);
        if tail.contains(&b'>') && tail.iter().all(is_of_paths) {
            self.blank(at + rest..at + rest + tail.len());
        }
    }
}

/// Where a command ends that another shell runs, if one begins in this line.
fn foreign(script: &[u8], line: Range<usize>) -> Option<(usize, Malformed)> {
    let first = &script[line.clone()];
    let mut words = first.trim_ascii_start().split(u8::is_ascii_whitespace);
    let is_called = |word: &[u8]| Program::of(word).is_some();
    let is_prompt = |word: &&[u8]| word.ends_with(b">");
    let word = words.next()?;
    let is_command = is_called(word) || is_prompt(&word) && words.next().is_some_and(is_called);
    if !is_command {
        return None;
    }
    let is_caret = first.windows(2).any(|pair| pair == b"^\"");
    let mark = match first.trim_ascii_end().last()? {
        b'^' => b'^',
        _ if is_caret => b'^',
        b'`' if memchr::memchr_iter(b'`', first).count() % 2 == 1 => b'`',
        _ => return None,
    };
    let goes_on = |line: &[u8]| line.trim_ascii_end().last() == Some(&mark);
    let (mut at, mut end) = (line.start, line.end);
    while goes_on(&script[at..end]) && end < script.len() {
        (at, end) = (end, line_end(script, end));
    }
    let place = if is_caret {
        first.windows(2).position(|pair| pair == b"^\"")?
    } else {
        first.trim_ascii_end().len() - 1
    };
    let (problem, help) = if mark == b'^' {
        (
            "a command for cmd.exe, which quotes otherwise",
            "copy it as cURL (bash)",
        )
    } else {
        (
            "a command for PowerShell, whose backtick goes on in the next line",
            "write \\ in place of the backtick, and a body in single quotes, as bash reads it",
        )
    };
    Some((end, Malformed::new(place..place + 1, problem, help)))
}
