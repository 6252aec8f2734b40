//! What holds for each format as a whole, whatever its renderer quotes: no reader of the report
//! takes a quotation for more than that.

use std::{
    borrow::Cow,
    fmt::Write as _,
    io::{self, Write},
};

use kaizala_actions::lint::{Coverage, is_unprintable};

use super::{Checked, Renderer, Summary};
use crate::inert::inert;

/// A renderer whose output goes through a filter. The output of each call is a whole: lines, or
/// JSON whose strings end in it.
pub(crate) struct Guard<R> {
    renderer: R,
    filter: fn(&str) -> Cow<'_, str>,
    rendered: Vec<u8>,
}

impl<R> Guard<R> {
    pub fn new(renderer: R, filter: fn(&str) -> Cow<'_, str>) -> Self {
        Self {
            renderer,
            filter,
            rendered: Vec::new(),
        }
    }

    pub fn pass(
        &mut self,
        render: impl FnOnce(&mut R, &mut Vec<u8>) -> io::Result<()>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.rendered.clear();
        render(&mut self.renderer, &mut self.rendered)?;
        // Renderers write UTF-8: then nothing is copied.
        let text = String::from_utf8_lossy(&self.rendered);
        out.write_all((self.filter)(&text).as_bytes())
    }
}

impl<R: Renderer> Renderer for Guard<R> {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.pass(|renderer, text| renderer.document(checked, text), out)
    }

    fn unread(&mut self, message: &str, out: &mut dyn Write) -> io::Result<()> {
        self.pass(|renderer, text| renderer.unread(message, text), out)
    }

    fn cover(&mut self, coverage: &Coverage) {
        self.renderer.cover(coverage);
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.pass(|renderer, text| renderer.finish(summary, text), out)
    }
}

/// JSON in which nothing is hidden, and no command: as escapes, which say the same.
pub(crate) fn safe_json(text: &str) -> Cow<'_, str> {
    match visible(text) {
        Cow::Borrowed(text) => inert(text),
        Cow::Owned(text) => inert(&text).into_owned().into(),
    }
}

/// JSON without control characters and what else does not show.
fn visible(text: &str) -> Cow<'_, str> {
    // Most of it is ASCII; without a branch for each byte, many are compared at once.
    let shows = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    if text.bytes().fold(true, |all, byte| all & shows(byte)) {
        return text.into();
    }
    // Outside of strings, serde_json writes spaces and line feeds alone.
    let is_hidden = |letter: char| letter != '\n' && is_unprintable(letter);
    if !text.contains(is_hidden) {
        return text.into();
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if is_hidden(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // Into a string, which takes everything.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(letter);
        }
    }
    safe.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_says_the_same_in_characters_that_show() {
        let words = "a\u{7f}\u{9b}31m\u{202e}\u{ad}\u{e0041}\u{1f600}é\n";
        let json = serde_json::to_string_pretty(&[words]).expect("JSON");
        let safe = safe_json(&json);
        assert_eq!(
            safe,
            "[\n  \"a\\u007f\\u009b31m\\u202e\\u00ad\\udb40\\udc41😀é\\n\"\n]"
        );
        assert_eq!(
            serde_json::from_str::<[String; 1]>(&safe).expect("JSON"),
            [words]
        );
    }
}
