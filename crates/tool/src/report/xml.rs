//! Text in XML 1.0.

use std::borrow::Cow;

/// Character data or the value of an attribute. What XML cannot hold, not even as a reference, is
/// replaced as a decoder would.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(needs_care) {
        return text.into();
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            // As they are, an attribute's reader would take them for spaces.
            '\t' => safe += "&#9;",
            '\n' => safe += "&#10;",
            '\r' => safe += "&#13;",
            _ if needs_care(letter) => safe.push(char::REPLACEMENT_CHARACTER),
            _ => safe.push(letter),
        }
    }
    safe.into()
}

/// Marks, and what is no `Char` of <https://www.w3.org/TR/xml/#charsets>.
fn needs_care(letter: char) -> bool {
    matches!(
        letter,
        '&' | '<' | '>' | '"' | '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_xml_has_no_place_for_is_escaped_or_replaced() {
        assert_eq!(
            escape("a<b> & \"c\"\n\u{1b}\u{FFFF}é😀"),
            "a&lt;b&gt; &amp; &quot;c&quot;&#10;\u{FFFD}\u{FFFD}é😀"
        );
    }
}
