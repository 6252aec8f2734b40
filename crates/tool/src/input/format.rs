//! Which formats there are, and which a file has: `Format::detect` distinguishes them by the
//! beginning of the file.

use std::io::{self, Cursor, Read as _};

use clap::ValueEnum;
use kaizala_actions::{
    json::{Event, Scanner, parse, without_mark},
    lint::{Packed, packed},
};
use memchr::memmem;

use super::{decode::Source, http, recognised::unread, shell};

/// How much to know of a file before its format is guessed.
pub(crate) const START: usize = 64 << 10;

/// What a file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Detected from the content
    #[default]
    Auto,
    /// One body
    Json,
    /// A body on each line
    Ndjson,
    /// Bodies one after another, each over any number of lines, or in a list
    Bodies,
    /// Requests with their responses, as JSON objects
    Exchanges,
    /// An HTTP archive, version 1.2
    Har,
    /// Command lines and shell scripts that call curl or wget
    Curl,
    /// A collection of Postman, version 2.0 or 2.1
    Postman,
    /// Requests between ###, as editors send them
    Http,
    /// A flow of Power Automate or Logic Apps
    Flow,
    /// A table with a column of bodies, separated by commas, semicolons or tabs
    Csv,
    /// Any log of JSON objects, one per line, with --map
    Log,
}

impl Format {
    /// By the first bytes of a file.
    pub fn detect(start: &[u8], ended: bool) -> Self {
        let text = without_mark(start).trim_ascii_start();
        if shell::is_script(text) {
            return Self::Curl;
        }
        if http::is_requests(text) {
            return Self::Http;
        }
        if let Some(format) = first_object(text).and_then(of_object) {
            return format;
        }
        if text.starts_with(b"[") {
            return match text[1..].trim_ascii_start() {
                // No body is a list.
                item @ [b'{', ..] => of_object(item).unwrap_or(Self::Bodies),
                _ => Self::Json,
            };
        }
        if is_table(text) {
            return Self::Csv;
        }
        let (line, more) = match memchr::memchr(b'\n', text) {
            Some(end) => (text[..end].trim_ascii_end(), text[end..].trim_ascii_start()),
            None => (text, &[][..]),
        };
        // Be the lines JSON or not.
        let is_line = |line: &[u8]| line.starts_with(b"{") && line.ends_with(b"}");
        let is_more = more.starts_with(b"{") || more.is_empty() && !ended;
        if is_line(line) && line.len() < text.len() && is_more {
            return Self::Ndjson;
        }
        match parse(text, 0).second() {
            Some(_) if text.starts_with(b"{") => Self::Bodies,
            _ => Self::Json,
        }
    }

    /// What a file of it holds many of.
    pub fn record(self) -> &'static str {
        match self {
            Self::Auto | Self::Json | Self::Ndjson | Self::Bodies | Self::Csv => "body",
            Self::Exchanges | Self::Har => "exchange",
            Self::Log => "line",
            Self::Curl => "call of curl or wget that is understood",
            Self::Postman | Self::Http => "request",
            Self::Flow => "call of HTTP or of a connector",
        }
    }

    /// Whether a file holds exchanges, whose bodies are known by method and path. A log can.
    pub fn has_exchanges(self) -> bool {
        !matches!(
            self,
            Self::Auto | Self::Json | Self::Ndjson | Self::Bodies | Self::Csv | Self::Log
        )
    }

    /// Whether what is wrong in a file can be fixed there.
    pub fn is_fixable(self) -> bool {
        matches!(self, Self::Json | Self::Ndjson | Self::Bodies)
    }

    /// Whether a file is one document.
    pub fn is_single(self) -> bool {
        self == Self::Json
    }
}

/// The format of a stream, guessed by its beginning if it is not given, and the whole stream.
///
/// # Errors
/// Whatever reading gives, and what the file is if it is known and not read.
pub(crate) fn known_format(mut source: Source, format: Format) -> io::Result<(Format, Source)> {
    if format != Format::Auto {
        return Ok((format, source));
    }
    let mut start = Vec::new();
    source.by_ref().take(START as u64).read_to_end(&mut start)?;
    // Some of what is known is packed, and can say more.
    if let Some(message) = unread(&start) {
        return Err(io::Error::other(message));
    }
    if let Some(Packed { name, help, .. }) = packed(&start) {
        return Err(io::Error::other(format!("this is {name}: {help}")));
    }
    let format = Format::detect(&start, start.len() < START);
    Ok((format, Box::new(Cursor::new(start).chain(source))))
}

/// Whether a text begins with names of columns, and a row with JSON in quotes comes after them.
fn is_table(text: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', text) else {
        return false;
    };
    let is_of_json = |byte: &u8| matches!(byte, b'{' | b'[');
    !text[..end].iter().any(is_of_json) && memmem::find(&text[end..], b"\"{\"\"").is_some()
}

/// The text from the first line on that begins an object; a line that was cut may come before it.
fn first_object(text: &[u8]) -> Option<&[u8]> {
    const LINES: usize = 8;
    let ends = memchr::memchr_iter(b'\n', text).map(|end| end + 1);
    let lines = std::iter::once(0).chain(ends).map(|start| &text[start..]);
    let mut lines = lines.take(if text.starts_with(b"[") { 0 } else { LINES });
    lines.find(|rest| rest.starts_with(b"{"))
}

/// The format that the members of an object, as far as it was read, indicate.
fn of_object(text: &[u8]) -> Option<Format> {
    let (mut scanner, mut name, mut outer) = (Scanner::default(), 0..0, 0..0);
    for (index, byte) in text.iter().enumerate() {
        match (scanner.step(*byte), scanner.depth()) {
            (Event::StringStart, _) => name = index + 1..index + 1,
            (Event::StringEnd, _) => name.end = index,
            (Event::Open, 2) => outer = if *byte == b'{' { name.clone() } else { 0..0 },
            (Event::Close, 0) => return None,
            (Event::Other, 2) if *byte == b':' => {
                match (&text[outer.clone()], &text[name.clone()]) {
                    (b"log", b"entries" | b"version" | b"creator" | b"browser" | b"pages") => {
                        return Some(Format::Har);
                    }
                    (b"request", b"method" | b"url") => return Some(Format::Exchanges),
                    (b"info", b"_postman_id" | b"schema") | (b"collection", b"info") => {
                        return Some(Format::Postman);
                    }
                    (b"definition", b"actions" | b"triggers" | b"$schema")
                    | (b"properties", b"definition") => return Some(Format::Flow),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_known_by_its_beginning() {
        let table: &[(&str, Format)] = &[
            ("", Format::Json),
            ("[]", Format::Json),
            ("{\n}", Format::Json),
            ("{}\n{}", Format::Ndjson),
            ("{}\n", Format::Json),
            ("{\n}\n{\n}", Format::Bodies),
            ("{'a': 1}\n{b: 2}\n", Format::Ndjson),
            ("{\"a\": \"b\" c}\n{}\n", Format::Ndjson),
            ("{} {}", Format::Bodies),
            ("[{}]", Format::Bodies),
            ("[\n {\"log\":{\"entries\":", Format::Har),
            ("[{\"request\":{\"url\":", Format::Exchanges),
            (r#"{"log":{"version":"1.2","#, Format::Har),
            ("\u{feff} {\n \"log\": {\"creator\": {}", Format::Har),
            (r#"{"log":"entries"}"#, Format::Json),
            (r#"{"a":[1,{"request":{"url":""#, Format::Json),
            (
                r#"{"a":[1,{}],"request":{"headers":{"url":1},"url":""#,
                Format::Exchanges,
            ),
            (
                "{\n  \"request\": {\n    \"method\": \"GET\"",
                Format::Exchanges,
            ),
            (
                "quest\":1}\n{\"request\":{\"method\":\"GET",
                Format::Exchanges,
            ),
            (r#"{"request":{"headers":{"url":1}}}"#, Format::Json),
            (r#"{"request":["method"]}"#, Format::Json),
            (
                r#"{"info":{"name":"a","schema":"https://schema"#,
                Format::Postman,
            ),
            (r#"{"collection":{"info":{"#, Format::Postman),
            (r#"{"properties":{"definition":{"actions":{"#, Format::Flow),
            ("### a\nPOST https://example.com\n\n{}", Format::Http),
            ("@a = 1\n\nGET {{a}}/v1", Format::Http),
            ("GET", Format::Json),
            ("curl https://example.com", Format::Curl),
            ("$ curl -d 1 x", Format::Curl),
            ("# a comment\n\n  curl \\\n x", Format::Curl),
            ("#!/bin/sh\nset -e\nTOKEN=1\ncurl x\n", Format::Curl),
            ("id,body\n1,\"{\"\"a\"\":1}\"\n", Format::Csv),
            ("id,body\n1,2\n", Format::Json),
            ("curly", Format::Json),
            ("set -e\ncurl x", Format::Curl),
        ];
        for (text, format) in table {
            assert_eq!(Format::detect(text.as_bytes(), true), *format, "{text}");
        }
    }
}
