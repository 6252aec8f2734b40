//! HTTP archives: the items of `log.entries` are records, and the rest, before and after, is passed
//! over as it comes.

use kaizala_actions::json::{Event, Scanner};

use super::split::{Split, Step, skip};

/// The longest name of a member that is of interest.
const NAME: usize = "entries".len();

#[derive(Default)]
pub(crate) struct Har {
    state: State,
    head: Head,
    /// Whether it was told that the archive is cut.
    told: bool,
}

#[derive(Default)]
enum State {
    /// Before the list.
    #[default]
    Head,
    /// In it; how far the next item was looked at, and what was open there.
    Entries(usize, Scanner),
    /// Past the list.
    Tail,
}

/// The way to `log.entries`.
#[derive(Default)]
struct Head {
    scanner: Scanner,
    /// Whether the last object on the second level is `log`.
    in_log: bool,
    /// The string at hand, or the last one, as far as it is short.
    name: Vec<u8>,
}

impl Head {
    /// Goes over bytes up to the opening bracket of the list, and past it.
    fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        for (index, byte) in bytes.iter().enumerate() {
            match self.scanner.step(*byte) {
                Event::InString if self.name.len() <= NAME => self.name.push(*byte),
                Event::Open => {
                    let depth = self.scanner.depth();
                    if depth == 3 && *byte == b'[' && self.in_log && self.name == b"entries" {
                        return Some(index + 1);
                    }
                    if depth == 2 {
                        self.in_log = *byte == b'{' && self.name == b"log";
                    }
                    self.name.clear();
                }
                Event::StringStart | Event::Close => self.name.clear(),
                // The string before a comma was a value.
                Event::Other if *byte == b',' => self.name.clear(),
                _ => {}
            }
        }
        None
    }
}

impl Split for Har {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        if bytes.is_empty() {
            return self.end(last);
        }
        if matches!(self.state, State::Entries(..)) {
            return self.entry(bytes, last);
        }
        // What is looked at is done with: nothing is to be counted twice.
        let Step::Skip(length) = skip(bytes, last) else {
            return Step::More;
        };
        let found = match &mut self.state {
            State::Head => self.head.find(&bytes[..length]),
            State::Entries(..) | State::Tail => None,
        };
        if found.is_some() {
            self.state = State::Entries(0, Scanner::default());
        }
        Step::Skip(found.unwrap_or(length))
    }

    fn skip(&mut self, bytes: &[u8], last: bool, within: &mut bool) -> Step {
        if bytes.is_empty() {
            return self.end(last);
        }
        let step = skip(bytes, last);
        if let (Step::Skip(length), State::Entries(_, scanner)) = (&step, &mut self.state)
            && let Some(end) = scanner.close(&bytes[..*length])
        {
            self.state = State::Entries(0, Scanner::default());
            *within = false;
            return Step::Skip(end);
        }
        step
    }
}

impl Har {
    fn entry(&mut self, bytes: &[u8], last: bool) -> Step {
        let State::Entries(seen, scanner) = &mut self.state else {
            return Step::More;
        };
        let between = bytes
            .iter()
            .position(|byte| !byte.is_ascii_whitespace() && *byte != b',')
            .unwrap_or(bytes.len());
        match bytes.get(between) {
            _ if between > 0 => Step::Skip(between),
            Some(b']') => {
                self.state = State::Tail;
                Step::Skip(1)
            }
            Some(b'{') => match scanner.close(&bytes[*seen..]) {
                Some(done) => {
                    let done = *seen + done;
                    self.state = State::Entries(0, Scanner::default());
                    Step::record(done)
                }
                None if last => {
                    // It will be told of as an entry that is cut.
                    self.told = true;
                    Step::record(bytes.len())
                }
                None => {
                    *seen = bytes.len();
                    Step::More
                }
            },
            // No entry, up to what may be one.
            _ => match bytes.iter().position(|byte| matches!(byte, b'{' | b']')) {
                Some(end) => Step::trimmed(&bytes[..end]),
                None if last => Step::record(bytes.len()),
                None => Step::More,
            },
        }
    }

    /// An archive that ends before its list does is told of once, as a record of nothing.
    fn end(&mut self, last: bool) -> Step {
        if !last || self.told || matches!(self.state, State::Tail) {
            return Step::More;
        }
        self.told = true;
        Step::record(0)
    }
}
