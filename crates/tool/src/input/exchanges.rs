//! Exchanges as JSON objects: each on a line, or over several lines as a formatter writes them.
//!
//! A record is a line. Where a bracket is still open at its end, the lines after it belong to it
//! too, up to the one that closes the bracket, or that begins with the next object: a line that was
//! cut does not take the next with it.

use kaizala_actions::json::Scanner;

use super::split::{Split, Step};

#[derive(Default)]
pub(crate) struct Exchanges(State);

/// Whether what comes next is kept.
#[derive(Clone, Copy, Default)]
enum State {
    #[default]
    Reading,
    /// Not the rest of this line,
    SkippingLine,
    /// nor any line that begins no object.
    SkippingLines,
}

impl Split for Exchanges {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        match self.0 {
            State::Reading => record(bytes, last),
            State::SkippingLines if bytes.starts_with(b"{") => {
                self.0 = State::Reading;
                record(bytes, last)
            }
            _ if bytes.is_empty() => Step::More,
            _ => {
                let end = memchr::memchr(b'\n', bytes);
                self.0 = if end.is_some() {
                    State::SkippingLines
                } else {
                    State::SkippingLine
                };
                Step::Skip(end.map_or(bytes.len(), |length| length + 1))
            }
        }
    }

    fn give_up(&mut self) {
        self.0 = State::SkippingLine;
    }

    fn is_skipping(&self) -> bool {
        !matches!(self.0, State::Reading)
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
    Step::Record {
        text: 0..bytes[..end].trim_ascii_end().len(),
        done: end,
    }
}
