//! Records that cannot be read for what is in a body, or too deep.

use crate::json::DEPTH;

/// The members that hold a message, and the one in them that holds its body.
const MESSAGES: [&[u8]; 2] = [b"request", b"response"];
const BODY: &[u8] = b"body";

/// A record with white space in the place of all that bodies hold, byte for byte, and of all that
/// is nested too deep; none if there is no such thing, or nobody can say where it ends. A body is
/// judged by its own text, whatever that is: it need not be JSON for the record to be an exchange.
pub(super) fn blank_bodies(text: &[u8]) -> Option<Vec<u8>> {
    let mut scan = Scan::default();
    let mut blanked = text.to_vec();
    let mut has_holes = false;
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            quote @ (b'"' | b'\'') => {
                let end = string_end(text, at, quote)?;
                scan.name = at + 1..end;
                at = end;
            }
            b'{' | b'[' => scan.open(text, at),
            b'}' | b']' => {
                scan.close(text[at])?;
                if let Some(start) = scan.left_out() {
                    blanked[start + 1..at].fill(b' ');
                    has_holes = true;
                }
            }
            _ => {}
        }
        at += 1;
    }
    (has_holes && scan.open.is_empty()).then_some(blanked)
}

/// Where the quote that opens at a place is closed.
fn string_end(text: &[u8], start: usize, quote: u8) -> Option<usize> {
    let mut at = start + 1;
    while *text.get(at)? != quote {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    Some(at)
}

#[derive(Default)]
struct Scan {
    /// The brackets that are open.
    open: Vec<u8>,
    /// The last string: the key, where a value begins.
    name: std::ops::Range<usize>,
    /// Whether the object on the second level is a message.
    in_message: bool,
    /// The outermost bracket whose content is left out: where, and how many were open around it.
    hole: Option<(usize, usize)>,
}

impl Scan {
    fn open(&mut self, text: &[u8], at: usize) {
        let name = &text[self.name.clone()];
        match self.open.len() {
            1 => self.in_message = MESSAGES.contains(&name),
            2 if self.in_message && name == BODY => self.leave_out(at),
            level if level + 1 == DEPTH => self.leave_out(at),
            _ => {}
        }
        self.open.push(text[at]);
    }

    fn leave_out(&mut self, at: usize) {
        self.hole.get_or_insert((at, self.open.len()));
    }

    /// None for a bracket of another kind than what is open.
    fn close(&mut self, bracket: u8) -> Option<()> {
        let opened = self.open.pop()?;
        ((opened == b'{') == (bracket == b'}')).then_some(())
    }

    /// Where the bracket stands whose content is to be left out, if it was just closed.
    fn left_out(&mut self) -> Option<usize> {
        self.hole
            .take_if(|(_, level)| *level == self.open.len())
            .map(|(start, _)| start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bodies_and_what_is_too_deep_are_left_out() {
        let table = [
            (
                r#"{"request":{"body":{"a":["}"]},"url":{"b":1}}}"#,
                Some(r#"{"request":{"body":{         },"url":{"b":1}}}"#),
            ),
            (
                r#"{"response":{"body":[1,{}]},"body":{"c":1}}"#,
                Some(r#"{"response":{"body":[    ]},"body":{"c":1}}"#),
            ),
            (
                r#"{"request":{"body":{"body":{"d":'"]'}}}}"#,
                Some(r#"{"request":{"body":{                 }}}"#),
            ),
            (
                r#"{"request":{"headers":{"body":{"e":1}}},"x":{"body":{"f":1}}}"#,
                None,
            ),
            (r#"{"request":{"body":"{}"}}"#, None),
            (r#"{"request":{"body":{"a":[1}}}"#, None),
            (r#"{"request":{"body":{"a":"b}}}"#, None),
            (r#"{"request":{"body":{"a":1}"#, None),
        ];
        for (text, expected) in table {
            let found = blank_bodies(text.as_bytes())
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
        let nested =
            |levels: usize, inside: &str| "[".repeat(levels) + inside + &"]".repeat(levels);
        assert_eq!(blank_bodies(nested(DEPTH - 1, "1").as_bytes()), None);
        assert_eq!(
            blank_bodies(nested(DEPTH, "1").as_bytes()),
            Some(nested(DEPTH, " ").into_bytes())
        );
        assert_eq!(
            blank_bodies(nested(DEPTH + 3, "1").as_bytes()),
            Some(nested(DEPTH, "       ").into_bytes())
        );
    }
}
