//! Texts of documents in messages: short, quoted, and safe for a terminal.

use std::borrow::{Borrow, Cow};

use crate::json::{Node, Span};

/// The name that was probably meant.
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let close = |other: &str| strsim::osa_distance(&lower, &other.to_lowercase());
    // A third of the letters may differ; otherwise it is another word. Compare the lengths first,
    // since a name in a document can be of any length.
    let length = name.chars().count();
    let near = |distance: usize, other: &str| distance * 3 <= other.chars().count();
    let candidates = names.filter(|other| near(length.abs_diff(other.chars().count()), other));
    let found = candidates
        .map(|other| (close(other), other))
        .min_by_key(|(distance, _)| *distance);
    found
        .filter(|(distance, other)| near(*distance, other))
        .map(|(_, other)| other)
}

/// A question whether that was meant, if any of the names is close.
pub(super) fn suggestion<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    Some(format!(
        "did you mean `{}`?",
        shorten(nearest(name, names)?)
    ))
}

/// A list of names.
pub(super) fn list(names: impl IntoIterator<Item = impl Borrow<str>>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// What to do, and the contract's description of the member.
pub(super) fn described(what: &str, description: Option<&String>) -> String {
    match description {
        Some(description) => format!("{what}. {description}"),
        None => what.to_owned(),
    }
}

/// A part of a text.
pub(super) fn part<'t>(text: &'t [u8], span: &Span) -> Option<&'t str> {
    str::from_utf8(text.get(span.clone())?).ok()
}

/// The text at a location; `whole` is the kind of text, for a message.
pub(super) fn snippet(text: &[u8], span: &Span, whole: &str) -> String {
    match text.get(span.clone()) {
        None | Some([]) => format!("the end of the {whole}"),
        Some(bytes) => shorten(&String::from_utf8_lossy(bytes)),
    }
}

/// A name as a JSON string.
pub(super) fn quoted(name: &str) -> String {
    serde_json::Value::from(name).to_string()
}

/// A text of the document, short enough for a message.
pub(super) fn shorten(text: &str) -> String {
    truncate(text, 40)
}

/// A short rendering of a value, for `found`.
pub(super) fn excerpt(node: Node<'_>) -> String {
    const MOST: usize = 60;
    // Only the beginning of a long value is rendered.
    let mut beginning = [0; 8 * MOST];
    let mut rest = &mut beginning[..];
    let _ = serde_json::to_writer(&mut rest, &node);
    let length = 8 * MOST - rest.len();
    truncate(&String::from_utf8_lossy(&beginning[..length]), MOST)
}

/// The first characters of a text, with an ellipsis if it is cut.
#[must_use]
pub fn truncate(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A text of unknown origin, safe for a terminal: characters that are invisible, or change how
/// others look, appear as escapes.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
        return text.into();
    }
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_unprintable(letter) {
            safe.extend(letter.escape_unicode());
        } else {
            safe.push(letter);
        }
    }
    safe.into()
}

/// Whether a character is invisible by itself: control characters, ends of lines and paragraphs,
/// marks of the direction of a line, and what fonts should ignore by Unicode
/// (`Default_Ignorable_Code_Point`), such as tags, fillers and variation selectors, in which text
/// can be hidden.
#[must_use]
pub fn is_unprintable(letter: char) -> bool {
    letter.is_control()
        || letter > '\u{7F}'
            && matches!(
                letter,
                '\u{AD}'
                    | '\u{34F}'
                    | '\u{61C}'
                    | '\u{115F}'..='\u{1160}'
                    | '\u{17B4}'..='\u{17B5}'
                    | '\u{180B}'..='\u{180F}'
                    | '\u{200B}'..='\u{200F}'
                    | '\u{2028}'..='\u{202E}'
                    | '\u{2060}'..='\u{206F}'
                    | '\u{3164}'
                    | '\u{FE00}'..='\u{FE0F}'
                    | '\u{FEFF}'
                    | '\u{FFA0}'
                    // Interlinear annotations too.
                    | '\u{FFF0}'..='\u{FFFB}'
                    // Format controls of hieroglyphs, shorthand and music.
                    | '\u{13430}'..='\u{1343F}'
                    | '\u{1BCA0}'..='\u{1BCA3}'
                    | '\u{1D173}'..='\u{1D17A}'
                    | '\u{E0000}'..='\u{E0FFF}'
                    // Noncharacters.
                    | '\u{FDD0}'..='\u{FDEF}'
            )
        || u32::from(letter) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unicode_says_does_not_show_is_escaped() {
        let hidden =
            regex::Regex::new(r"^[\p{Cc}\p{Zl}\p{Zp}\p{DI}\u{FFF9}-\u{FFFB}\p{Bidi_C}\p{NChar}]$");
        let hidden = hidden.expect("a pattern");
        // Visible signs in front of a number have the same category.
        let signs =
            regex::Regex::new(r"^[\p{Cf}--[\p{PCM}\u{110BD}\u{110CD}]]$").expect("a pattern");
        let wrong: Vec<_> = ('\0'..=char::MAX)
            .filter(|letter| {
                let text = letter.encode_utf8(&mut [0; 4]).to_owned();
                (hidden.is_match(&text) || signs.is_match(&text)) != is_unprintable(*letter)
            })
            .map(|letter| letter.escape_unicode().to_string())
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(printable("a\u{e0041}\u{9b}é"), "a\\u{e0041}\\u{9b}é");
    }
}
