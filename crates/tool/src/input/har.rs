//! HTTP archives: the items of `log.entries` are records, and `har_entry.rs` reads each of them,
//! with its bodies.
//!
//! What is around them is read as JSON, byte by byte as it comes, and nothing of it is kept. Where
//! it is not one archive, a record without content says so, and reading goes on as far as it can.

mod skeleton;

use kaizala_actions::json::Scanner;

use super::split::{Aside, Flaw, Split, Step, skip, width};
use skeleton::{Outcome, Skeleton};

/// Finds the entries.
#[derive(Default)]
pub(crate) struct Har {
    skeleton: Skeleton,
    /// How far the next entry was looked at, and what was open there.
    entry: (usize, Scanner),
    /// Whether it was reported that the archive is cut.
    is_cut: bool,
}

const ABSENT: Flaw = Flaw {
    problem: "there is no archive",
    help: "an HTTP archive is an object with `log.entries`",
};

const CUT: Flaw = Flaw {
    problem: "the archive ends before it is closed",
    help: "record it again, or complete it: it seems to be cut",
};

const NO_COMMA: Flaw = Flaw {
    problem: "no comma before an entry",
    help: "write `,` between two entries",
};

const SECOND_COMMA: Flaw = Flaw {
    problem: "a comma without an entry before it",
    help: "remove it: an entry may be missing",
};

const UNCLOSED: Flaw = Flaw {
    problem: "the list of entries is not closed",
    help: "write `]` after its last entry",
};

impl Split for Har {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        if bytes.is_empty() {
            return self.end(last);
        }
        if self.skeleton.is_in_entries() {
            return self.entry(bytes, last);
        }
        // What was scanned is done: nothing must be counted twice.
        let Step::Skip(length) = skip(bytes, last) else {
            return Step::More;
        };
        for (index, byte) in bytes[..length].iter().enumerate() {
            let done = index + width(&bytes[index..length]);
            match self.skeleton.step(*byte) {
                Outcome::Passed => {}
                Outcome::Entries => return Step::Skip(done),
                Outcome::Ignored => {
                    let what = Aside::Member;
                    return Step::Aside { done, what };
                }
                Outcome::Wrong(flaw) => {
                    let text = index..done;
                    return Step::Broken { text, done, flaw };
                }
            }
        }
        Step::Skip(length)
    }

    fn skip(&mut self, bytes: &[u8], last: bool, within: &mut bool) -> Step {
        if bytes.is_empty() {
            return self.end(last);
        }
        let step = skip(bytes, last);
        if let (Step::Skip(length), true) = (&step, self.skeleton.is_in_entries())
            && let Some(end) = self.entry.1.close(&bytes[..*length])
        {
            self.entry = Default::default();
            *within = false;
            return Step::Skip(end);
        }
        step
    }
}

impl Har {
    fn entry(&mut self, bytes: &[u8], last: bool) -> Step {
        let between = bytes.iter().take_while(|byte| byte.is_ascii_whitespace());
        let before = |flaw| Step::Broken {
            text: 0..0,
            done: 0,
            flaw,
        };
        match (between.count(), bytes[0]) {
            (between @ 1.., _) => Step::Skip(between),
            (_, b',') => {
                let (text, done, flaw) = (0..1, 1, SECOND_COMMA);
                if self.skeleton.comma() {
                    Step::Skip(done)
                } else {
                    Step::Broken { text, done, flaw }
                }
            }
            (_, b']') => {
                self.skeleton.close_entries();
                Step::Skip(1)
            }
            (_, b'}') => {
                self.skeleton.close_entries();
                before(UNCLOSED)
            }
            (_, b'{') => {
                let (seen, scanner) = &mut self.entry;
                // What was looked at already has its comma.
                if *seen == 0 && !self.skeleton.entry() {
                    return before(NO_COMMA);
                }
                match scanner.close(&bytes[*seen..]) {
                    Some(done) => {
                        let done = *seen + done;
                        self.entry = Default::default();
                        Step::record(done)
                    }
                    None if last => {
                        // The entry will be said to be cut.
                        self.is_cut = true;
                        Step::record(bytes.len())
                    }
                    None => {
                        *seen = bytes.len();
                        Step::More
                    }
                }
            }
            // No entry, up to what may be one.
            _ => {
                let end = |byte: &u8| matches!(byte, b'{' | b'}' | b']');
                match bytes.iter().position(end) {
                    Some(end) => {
                        self.skeleton.restart_entries();
                        Step::trimmed(&bytes[..end])
                    }
                    None if last => Step::record(bytes.len()),
                    None => Step::More,
                }
            }
        }
    }

    /// An archive that ends before it is closed is reported once.
    fn end(&mut self, last: bool) -> Step {
        if !last || self.is_cut || self.skeleton.is_closed() {
            return Step::More;
        }
        self.is_cut = true;
        let flaw = if self.skeleton.has_begun() {
            CUT
        } else {
            ABSENT
        };
        let (text, done) = (0..0, 0);
        Step::Broken { text, done, flaw }
    }
}
