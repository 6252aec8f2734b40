//! Files of requests, as the REST client of VS Code and the HTTP client of `JetBrains` have them.

use std::ops::Range;

use kaizala_actions::{
    json::without_mark,
    lint::recorded::{Malformed, Spot},
};

use super::{
    message::Message,
    split::Found,
    template::{Filler, Variables, gaps},
};

/// The methods that a line can begin with.
const METHODS: &[&str] = &[
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "PATCH", "OPTIONS", "TRACE",
];

/// The requests of a file.
pub(super) fn read(file: &[u8]) -> Vec<Found> {
    let text = match str::from_utf8(file) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let problem = Malformed::new(at..at + 1, "not UTF-8", "save the file as UTF-8");
            return vec![Found::new(0..file.len(), Err(problem))];
        }
    };
    let begin = file.len() - without_mark(file).len();
    let mut variables = Variables::default();
    for (name, value) in lines(text, begin..text.len()).filter_map(|line| variable(&text[line])) {
        variables.set(name, Some(value.to_owned()));
    }
    let mut filler = Filler::new(None, file.len());
    filler.enter(variables);
    let mut found = Vec::new();
    let mut start = begin;
    for line in lines(text, begin..text.len()) {
        if text[line.clone()].starts_with("###") {
            found.extend(request(text, start..line.start, &mut filler));
            start = line.end;
        }
    }
    found.extend(request(text, start..text.len(), &mut filler));
    found
}

/// Whether a text is such a file: a request line comes first, behind comments and variables.
pub(super) fn is_requests(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start);
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !is_comment(line) && variable(line).is_none());
    lines.next().is_some_and(|line| {
        let (method, rest) = line.split_once(char::is_whitespace).unwrap_or(("", line));
        let is_url = rest.starts_with("http") || rest.starts_with("{{") || rest.starts_with('/');
        METHODS.contains(&method) && is_url || text.contains("\n###") && is_url && method.is_empty()
    })
}

/// The lines of a part of a text, with their ends.
fn lines(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = part.start;
    text[part].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..at
    })
}

/// `@name = value`.
fn variable(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim().strip_prefix('@')?.split_once('=')?;
    Some((name.trim(), value.trim()))
}

fn request(text: &str, part: Range<usize>, filler: &mut Filler<'_>) -> Option<Found> {
    let mut lines = lines(text, part.clone()).peekable();
    // What is before the request line.
    let first = loop {
        let line = lines.next()?;
        let shown = text[line.clone()].trim();
        if shown.starts_with('<') {
            script(text, line, &mut lines);
        } else if !is_comment(shown) && !shown.is_empty() && variable(shown).is_none() {
            break line;
        }
    };
    let shown = text[first.clone()].trim();
    let (method, url) = match shown.split_once(char::is_whitespace) {
        Some((method, url)) if method.chars().all(|it| it.is_ascii_alphabetic()) => (method, url),
        _ => ("GET", shown),
    };
    let url = url.rsplit_once(" HTTP/").map_or(url, |(url, _)| url);
    let mut url = url.trim().to_owned();
    let mut end = first.end;
    while let Some(line) = lines.next_if(|line| {
        text[line.clone()].starts_with([' ', '\t']) && !text[line.clone()].trim().is_empty()
    }) {
        url += text[line.clone()].trim();
        end = line.end;
    }
    let mut message = Message::new(
        method.to_ascii_uppercase(),
        filler.address(&url),
        first.start..end,
    );
    let mut headers: Option<Range<usize>> = None;
    for line in lines.by_ref() {
        let shown = text[line.clone()].trim();
        if shown.is_empty() {
            break;
        }
        if let (false, Some((name, value))) = (is_comment(shown), shown.split_once(':')) {
            let (name, value) = (name.trim().to_owned(), filler.address(value.trim()));
            message.request.headers.add(name, value);
            headers.get_or_insert(line.clone()).end = line.end;
        }
    }
    if let Some(headers) = headers {
        message.headers_at(headers);
    }
    body(text, lines, filler, &mut message);
    let length = text[first.start..part.end].trim_ascii_end().len();
    Some(message.found(first.start..first.start + length))
}

fn is_comment(line: &str) -> bool {
    line.starts_with('#') || line.starts_with("//")
}

/// Takes the body, which ends where a script handles the response.
fn body(
    text: &str,
    lines: impl Iterator<Item = Range<usize>>,
    filler: &mut Filler<'_>,
    message: &mut Message,
) {
    let mut place: Option<Range<usize>> = None;
    for line in lines {
        let shown = text[line.clone()].trim();
        let handlers = ["> ", ">>", "<>", "< {%"];
        if handlers.iter().any(|handler| shown.starts_with(handler)) {
            break;
        } else if place.is_none() && (shown.starts_with("< ") || shown.starts_with("<@")) {
            let end = line.start + text[line.clone()].trim_end().len();
            return message.body_in_file(line.start..end);
        } else if place.is_some() || !shown.is_empty() {
            place.get_or_insert(line.clone()).end = line.end;
        }
    }
    let Some(place) = place else { return };
    let place = place.start..place.start + text[place.clone()].trim_ascii_end().len();
    let written = &text[place.clone()];
    let sent = filler.filled(written);
    let spot = Spot {
        verbatim: sent == written,
        span: place,
    };
    let gaps = gaps(&sent);
    message.body(sent.into_bytes(), spot, gaps);
}

/// Passes over a script that begins in a line.
fn script(text: &str, line: Range<usize>, lines: &mut impl Iterator<Item = Range<usize>>) {
    let begins = &text[line];
    if begins.contains("{%") && !begins.contains("%}") {
        lines.find(|line| text[line.clone()].contains("%}"));
    }
}
