//! What a backslash begins, by where it is.

/// The bytes that an escape stands for, and its length; none where the backslash is just that.
pub(super) type Escape = fn(&[u8]) -> Option<(Vec<u8>, usize)>;

/// Outside quotes.
pub(super) fn unquoted(text: &[u8]) -> Option<(Vec<u8>, usize)> {
    match text {
        [_, b'\r', b'\n', ..] => Some((Vec::new(), 3)),
        [_, b'\n', ..] => Some((Vec::new(), 2)),
        [_, byte, ..] => Some((vec![*byte], 2)),
        [_] => Some((Vec::new(), 1)),
        [] => None,
    }
}

/// In double quotes.
pub(super) fn double(text: &[u8]) -> Option<(Vec<u8>, usize)> {
    match text.get(1)? {
        b'"' => Some((vec![b'"'], 2)),
        _ => here_document(text),
    }
}

/// In a here-document whose end is not quoted.
pub(super) fn here_document(text: &[u8]) -> Option<(Vec<u8>, usize)> {
    match text.get(1)? {
        b'\n' => Some((Vec::new(), 2)),
        byte @ (b'\\' | b'$' | b'`') => Some((vec![*byte], 2)),
        _ => None,
    }
}

/// In `$'…'`.
pub(super) fn ansi(text: &[u8]) -> Option<(Vec<u8>, usize)> {
    let byte = match text.get(1)? {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'a' => 7,
        b'b' => 8,
        b'e' | b'E' => 27,
        b'f' => 12,
        b'v' => 11,
        byte @ (b'\\' | b'\'' | b'"' | b'?') => *byte,
        b'x' => return number(text, 2, 2, 16).map(byte),
        b'0'..=b'7' => return number(text, 1, 3, 8).map(byte),
        b'u' => return number(text, 2, 4, 16).map(character),
        b'U' => return number(text, 2, 8, 16).map(character),
        _ => return None,
    };
    Some((vec![byte], 2))
}

fn byte((code, end): (u32, usize)) -> (Vec<u8>, usize) {
    (vec![code.to_le_bytes()[0]], end)
}

fn character((code, end): (u32, usize)) -> (Vec<u8>, usize) {
    let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    (character.to_string().into(), end)
}

/// The number of a limited count of digits at an offset, and its end.
fn number(text: &[u8], start: usize, most: usize, radix: u32) -> Option<(u32, usize)> {
    let digits = text[start..].iter().take(most);
    let digits = digits.map_while(|byte| char::from(*byte).to_digit(radix));
    let (code, count) = digits.fold((0, 0), |(code, count), digit| {
        (code * radix + digit, count + 1)
    });
    (count > 0).then_some((code, start + count))
}
