//! Redacts records that could not be read, whose secrets are unknown.

/// Names of the exchange format, and of HAR, that are not masked.
const KNOWN: &[&str] = &[
    "request", "response", "method", "url", "headers", "body", "status", "name", "value",
    "postData", "content", "text", "curl", "GET", "POST",
];

/// All letters and digits are masked except those of well-known names; offsets do not change.
pub(crate) fn redacted(text: &[u8]) -> Vec<u8> {
    let mut redacted = text.to_vec();
    let is_word = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'-' | b'.' | b'~' | b'%' | b'+' | b'/' | b'=')
            || *byte >= 0x80
    };
    for word in redacted.split_mut(|byte| !is_word(byte)) {
        if !KNOWN.iter().any(|known| known.as_bytes() == &*word) {
            for byte in word.iter_mut().filter(|byte| byte.is_ascii_alphanumeric()) {
                *byte = b'*';
            }
        }
    }
    redacted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_stay_what_they_are() {
        let text = "{\"accessToken\": \"é1-2\", \"body\": 17}".as_bytes();
        assert_eq!(
            String::from_utf8_lossy(&redacted(text)),
            "{\"***********\": \"é*-*\", \"body\": **}"
        );
    }
}
