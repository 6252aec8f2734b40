//! Exchanges as JSON objects: each on a line, or over several lines as a formatter writes them.
//!
//! A record is a line. Where a bracket is still open at its end, the lines after it belong to it
//! too, up to the one that closes the bracket, or that begins with the next object: a line that was
//! cut does not take the next with it.

use kaizala_actions::json::{Scanner, without_mark};

use super::bodies::Bodies;
use super::split::{Split, Step, skip_line};

/// What is skipped goes on to the line that begins an object.
#[derive(Default)]
pub(crate) struct Exchanges {
    /// Whether what is skipped was skipped to the end of a line.
    at_line: bool,
    /// Whether anything was looked at.
    has_begun: bool,
    /// Where they are the items of a list.
    list: Option<Bodies>,
}

impl Split for Exchanges {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        self.at_line = false;
        if !self.has_begun {
            let start = without_mark(bytes);
            let blanks = start.iter().take_while(|byte| byte.is_ascii_whitespace());
            let blanks = blanks.count();
            // At once: a file can begin with any number of blank lines.
            if blanks > 0 && start.len() == bytes.len() {
                return Step::Skip(blanks);
            }
            match start.get(blanks) {
                None => return record(bytes, last),
                Some(b'[') => self.list = Some(Bodies::default()),
                _ => {}
            }
            self.has_begun = true;
        }
        match &mut self.list {
            Some(items) => items.next(bytes, last),
            None => record(bytes, last),
        }
    }

    fn skip(&mut self, bytes: &[u8], last: bool, within: &mut bool) -> Step {
        if let Some(items) = &mut self.list {
            return items.skip(bytes, last, within);
        }
        if self.at_line && bytes.starts_with(b"{") {
            *within = false;
            return self.next(bytes, last);
        }
        let mut goes_on = !self.at_line;
        let step = skip_line(bytes, &mut goes_on);
        self.at_line = !goes_on;
        step
    }
}

fn record(bytes: &[u8], last: bool) -> Step {
    let mut scanner = Scanner::default();
    let mut end = 0;
    let mut is_whole = false;
    while !is_whole && end < bytes.len() {
        let line = match memchr::memchr(b'\n', &bytes[end..]) {
            Some(length) => &bytes[end..=end + length],
            None if last => &bytes[end..],
            None => return Step::More,
        };
        if end == 0 && line.trim_ascii().is_empty() {
            return Step::Skip(line.len());
        }
        if end > 0 && line.starts_with(b"{") {
            break;
        }
        end += line.len();
        // No string goes on after a line: what it is in will never be closed.
        for byte in line {
            scanner.step(*byte);
        }
        is_whole = scanner.depth() == 0 || scanner.is_in_string();
    }
    if end == bytes.len() && !is_whole && !last || end == 0 {
        return Step::More;
    }
    Step::trimmed(&bytes[..end])
}
