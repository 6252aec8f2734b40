//! A call while it is put together, whichever program makes it.

use std::{borrow::Cow, ops::Range};

use kaizala_actions::lint::{
    Headers, UnresolvedKind,
    recorded::{Malformed, Recorded, Spot},
};

use super::word::Word;
use crate::input::message::Message;

/// A call's place in the script, and what it sends.
pub(super) type Call = (Range<usize>, Result<Recorded<'static>, Malformed>);

/// A request, as it is put together.
#[derive(Default)]
pub(super) struct Draft {
    pub url: Option<Word>,
    pub method: Option<String>,
    pub headers: Headers<'static>,
    pub data: Data,
    /// What is added to the query.
    pub query: Vec<u8>,
    /// The media types that are sent unless header fields say otherwise.
    pub content_type: Option<&'static str>,
    /// Whether dot segments stay in the path.
    pub path_as_is: bool,
    /// Places of what was used of the script.
    header_span: Option<Range<usize>>,
}

/// The data of a request.
#[derive(Default)]
pub(super) struct Data {
    pub text: Word,
    pub count: usize,
    /// Whether it is something that cannot be judged as text.
    pub is_unknown: bool,
}

impl Draft {
    /// Takes the URL.
    ///
    /// # Errors
    /// A [`Malformed`] for a second one.
    pub fn url(&mut self, word: Word) -> Result<(), Malformed> {
        if self.url.is_some() {
            return Err(Malformed::new(
                word.span,
                "a second URL for one call",
                "write --next before it, with the options that it needs, or a command of its own",
            ));
        }
        self.url = Some(word);
        Ok(())
    }

    pub fn header(&mut self, word: &Word) {
        self.header_span.get_or_insert_with(|| word.span.clone());
        let text = word.template();
        if let Some((name, value)) = text.split_once(':') {
            // A name without a value takes a header away that would be sent by itself.
            if !value.trim().is_empty() {
                let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
                self.headers.add(name, value);
            }
        } else if let Some(name) = text.strip_suffix(';') {
            self.headers.add(name.to_owned(), "");
        }
    }

    /// What it sends, with places from `start` on; `place` is that of the command.
    pub fn finish(
        self,
        place: &Range<usize>,
        start: usize,
    ) -> Result<Recorded<'static>, Malformed> {
        let Some(url) = self.url else {
            return Err(Malformed::new(
                place.start..place.start + 4,
                "no URL",
                "write the URL of the call",
            ));
        };
        let mut address = url.template();
        if !self.path_as_is
            && let Cow::Owned(plain) = without_dots(&address)
        {
            address = plain;
        }
        if !self.query.is_empty() {
            let fragment = address.find('#').unwrap_or(address.len());
            address.truncate(fragment);
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str(&String::from_utf8_lossy(&self.query));
        }
        let Data {
            text,
            count,
            is_unknown,
        } = self.data;
        let method = self
            .method
            .unwrap_or_else(|| if count > 0 { "POST" } else { "GET" }.to_owned());
        let mut message = Message::new(method, address, url.span);
        message.request.headers = self.headers;
        if let Some(span) = self.header_span {
            message.headers_at(span);
        }
        if is_unknown {
            message.parts(text.span);
        } else if count > 0 {
            if let Some(media_type) = self.content_type {
                message.media_type(media_type);
            }
            let spot = match text.source {
                Some(span) => Spot {
                    span,
                    verbatim: true,
                },
                None => Spot::of(text.span),
            };
            message.body(text.text, spot, text.gaps);
        }
        Ok(message.recorded(&(start..usize::MAX)))
    }
}

impl Data {
    /// Adds a piece behind the others.
    pub fn add(&mut self, word: &Word, separator: &[u8]) {
        if self.count == 0 {
            self.text = word.clone();
        } else {
            let span = self.text.span.clone();
            self.text.append(&Word {
                text: separator.to_vec(),
                ..Word::default()
            });
            self.text.append(word);
            self.text.span = span;
        }
        self.count += 1;
    }
}

/// Removes the dot segments of the path, as curl and wget do (RFC 3986, 5.2.4).
fn without_dots(address: &str) -> Cow<'_, str> {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let host = address[..end].find("://").map_or(0, |at| at + 3);
    let start = address[host..end].find('/').map_or(end, |at| host + at + 1);
    let path = &address[start..end];
    if !path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return address.into();
    }
    let mut kept = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        match segment {
            "." => {}
            ".." => _ = kept.pop(),
            _ => kept.push(segment),
        }
        // What a dot segment ends in is a folder.
        if segments.peek().is_none() && matches!(segment, "." | "..") {
            kept.push("");
        }
    }
    format!("{}{}{}", &address[..start], kept.join("/"), &address[end..]).into()
}

/// A text in another file.
pub(super) fn of_file(word: &Word) -> Word {
    Word::unresolved(word.span.clone(), UnresolvedKind::File)
}

/// What is read from the standard input, which the script may not say.
pub(super) fn of_input(word: &Word, input: Option<&Word>) -> Word {
    input
        .cloned()
        .unwrap_or_else(|| Word::unresolved(word.span.clone(), UnresolvedKind::Command))
}

/// An option whose values are in another file.
pub(super) fn options_in_file(word: &Word, help: &'static str) -> Malformed {
    Malformed::new(
        word.span.clone(),
        "what is sent is in another file, which is not read",
        help,
    )
}

/// An option without its value.
pub(super) fn without_value(word: &Word, option: &str) -> Malformed {
    Malformed::new(
        word.span.clone(),
        format!("{option} without a value"),
        "write the value after it: the command may be cut",
    )
}

/// From where to where these texts are in the script.
pub(super) fn place(words: &[Word], input: Option<&Word>) -> Range<usize> {
    let spans = words.iter().chain(input).map(|word| &word.span);
    let joined =
        |all: Range<usize>, span: Range<usize>| all.start.min(span.start)..all.end.max(span.end);
    spans.cloned().reduce(joined).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dot_segments_are_removed_from_the_path_alone() {
        for (address, plain) in [
            ("http://h/v1/a/../b?c=/../d", "http://h/v1/b?c=/../d"),
            ("http://h/../../v1/./a/.", "http://h/v1/a/"),
            ("h/a/..#/../", "h/#/../"),
            ("http://..", "http://.."),
            ("http://h/a..b/...", "http://h/a..b/..."),
            ("?://../", "?://../"),
            ("", ""),
        ] {
            assert_eq!(without_dots(address), plain);
        }
    }
}
