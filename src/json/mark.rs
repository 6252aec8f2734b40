//! The byte order mark.

/// The byte order mark, three bytes in UTF-8.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The text without a leading byte order mark.
#[must_use]
pub fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(BYTE_ORDER_MARK.as_bytes())
        .unwrap_or(text)
}
