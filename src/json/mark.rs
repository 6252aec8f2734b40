//! The byte order mark.

/// The mark, which is three bytes in UTF-8.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A text without the mark that it may begin with.
#[must_use]
pub fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(BYTE_ORDER_MARK.as_bytes())
        .unwrap_or(text)
}
