//! Reads records that cannot be read as a whole: those with malformed or too deeply nested bodies.

use crate::json::DEPTH;

/// The members that hold a message, and the one in them that holds its body.
const MESSAGES: [&[u8]; 2] = [b"request", b"response"];
const BODY: &[u8] = b"body";

/// A copy of a record in which the contents of all bodies, and of everything that is nested too
/// deep, are replaced by white space of the same length; `None` if there is nothing to replace, or
/// if its end cannot be found. A body is judged by its own text, which need not be JSON for the
/// record to be an exchange.
pub(super) fn blank_bodies(text: &[u8]) -> Option<Vec<u8>> {
    let mut blanked = None;
    // The positions of the open brackets, and the outermost whose content is left out.
    let (mut open, mut hole) = (Vec::new(), None);
    // The last string, which is the key where a value begins.
    let mut name = 0..0;
    let mut in_message = false;
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' | b'\'' => {
                let end = string_end(text, at)?;
                name = at + 1..end;
                at = end;
            }
            b'{' | b'[' => {
                let key = &text[name.clone()];
                if open.len() == 1 {
                    in_message = MESSAGES.contains(&key);
                }
                if open.len() == 2 && in_message && key == BODY || open.len() + 1 == DEPTH {
                    hole.get_or_insert(at);
                }
                open.push(at);
            }
            b'}' | b']' => {
                let start = open.pop()?;
                if (text[start] == b'{') != (*byte == b'}') {
                    return None;
                }
                if hole.take_if(|hole| *hole == start).is_some() {
                    let blanked = blanked.get_or_insert_with(|| text.to_vec());
                    blanked[start + 1..at].fill(b' ');
                }
            }
            _ => {}
        }
        at += 1;
    }
    blanked.filter(|_| open.is_empty())
}

/// The position of the closing quote of the string that opens here.
fn string_end(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    while *text.get(at)? != text[start] {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    Some(at)
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
