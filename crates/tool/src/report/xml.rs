//! Text in XML 1.0.

/// Character data or the value of an attribute. What XML cannot hold, not even as a reference
/// (<https://www.w3.org/TR/xml/#charsets>), is replaced as a decoder would.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
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
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => safe.push(char::REPLACEMENT_CHARACTER),
            _ => safe.push(letter),
        }
    }
    safe
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
