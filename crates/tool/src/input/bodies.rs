//! Bodies one after another, each over any number of lines, and those in a list.

use kaizala_actions::json::{BYTE_ORDER_MARK, Scanner};

use super::split::{Flaw, Split, Step, skip};

/// Each object is a record, and so is all that is between two.
#[derive(Default)]
pub(crate) struct Bodies {
    /// How far the next object was looked at, and what was open there.
    object: Option<(usize, Scanner)>,
    has_begun: bool,
    /// Whether a list is open.
    in_list: bool,
}

const UNCLOSED: Flaw = Flaw {
    problem: "the list is not closed",
    help: "write `]` at its end: it seems to be cut",
};

impl Split for Bodies {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        let mark = BYTE_ORDER_MARK.as_bytes();
        if !self.has_begun && bytes.len() < mark.len() && !last {
            return Step::More;
        }
        let has_begun = std::mem::replace(&mut self.has_begun, true);
        if !has_begun && bytes.starts_with(mark) {
            return Step::Skip(mark.len());
        }
        let is_between = |byte: &&u8| byte.is_ascii_whitespace() || **byte == b',' && self.in_list;
        match (bytes.iter().take_while(is_between).count(), bytes.first()) {
            (_, None) => self.end(last),
            (between @ 1.., _) => Step::Skip(between),
            (_, Some(b'[')) if !self.in_list => {
                self.in_list = true;
                Step::Skip(1)
            }
            (_, Some(b']')) if self.in_list => {
                self.in_list = false;
                Step::Skip(1)
            }
            // A list in a list is not a body, but it is one record.
            (_, Some(b'{' | b'[')) => {
                let (seen, scanner) = self.object.get_or_insert((0, Scanner::of_literals()));
                match scanner.close(&bytes[*seen..]) {
                    Some(done) => {
                        let done = *seen + done;
                        self.object = None;
                        Step::record(done)
                    }
                    None if last => {
                        // The linter reports that the body is cut.
                        self.in_list = false;
                        Step::record(bytes.len())
                    }
                    None => {
                        *seen = bytes.len();
                        Step::More
                    }
                }
            }
            // No body, up to what may be one.
            _ => {
                let ends = |byte: &u8| matches!(byte, b'{' | b'[' | b']');
                match bytes[1..].iter().position(ends) {
                    Some(end) => Step::trimmed(&bytes[..=end]),
                    None if last => Step::trimmed(bytes),
                    None => Step::More,
                }
            }
        }
    }

    fn skip(&mut self, bytes: &[u8], last: bool, within: &mut bool) -> Step {
        let step = skip(bytes, last);
        if let Step::Skip(length) = step
            && let Some((_, scanner)) = &mut self.object
            && let Some(end) = scanner.close(&bytes[..length])
        {
            self.object = None;
            *within = false;
            return Step::Skip(end);
        }
        step
    }
}

impl Bodies {
    /// A list that ends before it is closed is reported once.
    fn end(&mut self, last: bool) -> Step {
        if !last || !std::mem::replace(&mut self.in_list, false) {
            return Step::More;
        }
        Step::Broken {
            text: 0..0,
            done: 0,
            flaw: UNCLOSED,
        }
    }
}
