//! Command lines of curl, as browsers copy them and scripts hold them.
//!
//! A record is a command, or what is between `--next` in one; whatever else a script does is passed
//! over. Nothing is expanded: a variable stands as it is.

mod options;
mod words;

use std::borrow::Cow;

use kaizala_actions::lint::{
    Exchange, Part, Request,
    recorded::{Malformed, Recorded, Spot},
};

use super::split::{Split, Step};
use options::{BODY_FILE, Effect, Letters, effect};
use words::{Word, command_end, is_curl, is_next, words};

/// Finds the commands.
#[derive(Default)]
pub(crate) struct Curl {
    skipping: bool,
    /// Whether the command at hand goes on with another call.
    goes_on: bool,
}

impl Split for Curl {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
        if self.skipping {
            let end = memchr::memchr(b'\n', bytes);
            self.skipping = end.is_none();
            return match end.map_or(bytes.len(), |length| length + 1) {
                0 => Step::More,
                done => Step::Skip(done),
            };
        }
        let between = bytes
            .iter()
            .position(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b';' | b'&' | b'|'))
            .unwrap_or(bytes.len());
        if between > 0 {
            return Step::Skip(between);
        }
        if bytes.is_empty() {
            return Step::More;
        }
        let Some(end) = command_end(bytes, last) else {
            return Step::More;
        };
        let start = if self.goes_on {
            Some(0)
        } else {
            is_curl(&bytes[..end])
        };
        self.goes_on = start.is_some() && is_next(&bytes[end..], last);
        match start {
            Some(start) => Step::Record {
                text: start..start + bytes[start..end].trim_ascii_end().len(),
                done: end,
            },
            None => Step::Skip(end.max(1)),
        }
    }

    fn give_up(&mut self) {
        (self.skipping, self.goes_on) = (true, false);
    }

    fn is_skipping(&self) -> bool {
        self.skipping
    }
}

/// Whether a text is a script that calls curl: its first command does, or any if it says that it is
/// for a shell.
pub(crate) fn is_script(text: &[u8]) -> bool {
    let is_script = text.starts_with(b"#!");
    let commands = text
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty() && !line.starts_with(b"#"));
    commands
        .take(if is_script { usize::MAX } else { 1 })
        .any(|line| is_curl(line).is_some())
}

/// The data of a request, as it is put together.
#[derive(Default)]
struct Data {
    /// None where it cannot be known.
    text: Option<Vec<u8>>,
    count: usize,
    spot: Spot,
}

/// Reads a command, or what begins with `--next` in one.
///
/// # Errors
/// A [`Malformed`] where it is none, or one that the tool cannot follow.
pub(crate) fn read(text: &[u8]) -> Result<Recorded<'_>, Malformed> {
    let words = words(text)?;
    let mut spots: [Spot; Part::ALL.len()] = Default::default();
    let (mut url, mut method, mut get, mut json) = (None, None, false, false);
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut data = Data {
        text: Some(Vec::new()),
        ..Data::default()
    };
    let mut words = words.into_iter().skip(1);
    let mut options = true;
    while let Some(word) = words.next() {
        let name = word.lossy();
        if !options || !name.starts_with('-') || name == "-" {
            set_url(&mut url, word)?;
            continue;
        }
        if name == "--" {
            options = false;
            continue;
        }
        // `-sXPOST` is `-s -X POST`.
        let mut letters = Letters::of(&word);
        while let Some((option, rest)) = letters.next() {
            let effect = effect(&option);
            let value = match effect {
                Effect::Flag | Effect::Get | Effect::Head | Effect::Next => None,
                _ => Some(match rest.filter(|rest| !rest.text.is_empty()) {
                    Some(rest) => {
                        letters.end();
                        rest
                    }
                    None => words.next().ok_or_else(|| {
                        Malformed::new(
                            word.span.clone(),
                            format!("{option} without a value"),
                            "write the value after it: the command may be cut",
                        )
                    })?,
                }),
            };
            let Some(value) = value else {
                match effect {
                    Effect::Get => get = true,
                    Effect::Head => method = Some("HEAD".to_owned()),
                    Effect::Next => {
                        return Err(Malformed::new(
                            word.span.clone(),
                            "several calls in one command",
                            "write --next as a word of its own",
                        ));
                    }
                    _ => {}
                }
                continue;
            };
            match effect {
                Effect::Method => method = Some(value.lossy().into_owned()),
                Effect::Url => set_url(&mut url, value)?,
                Effect::Header => header(&mut headers, &mut spots, &value)?,
                Effect::Data => data.add(value, true)?,
                Effect::Raw => data.add(value, false)?,
                Effect::Json => {
                    json = true;
                    data.add(value, true)?;
                }
                Effect::Form => data.unknown(&value),
                Effect::Bearer => headers.push((
                    "Authorization".to_owned(),
                    format!("Bearer {}", value.lossy()),
                )),
                Effect::User => headers.push((
                    "Authorization".to_owned(),
                    format!("Basic {}", value.lossy()),
                )),
                Effect::File(help) => return Err(from_file(&value, help)),
                Effect::Next | Effect::Ignored | Effect::Flag | Effect::Get | Effect::Head => {}
            }
        }
    }
    let Some(url) = url else {
        return Err(Malformed::new(
            0..text.len().min(4),
            "no URL",
            "write the URL of the call",
        ));
    };
    let mut address = url.lossy().into_owned();
    spots[Part::RequestLine as usize] = Spot {
        span: url.span,
        verbatim: false,
    };
    spots[Part::RequestBody as usize] = data.spot.clone();
    if get {
        if let Some(text) = data.text.as_deref().filter(|text| !text.is_empty()) {
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str(&String::from_utf8_lossy(text));
        }
        data = Data {
            text: Some(Vec::new()),
            ..Data::default()
        };
    }
    let has_data = data.count > 0;
    let method = method.unwrap_or_else(|| if has_data { "POST" } else { "GET" }.to_owned());
    let mut request = Request::new(method, address);
    let has = |name: &str| {
        headers
            .iter()
            .any(|(other, _)| other.eq_ignore_ascii_case(name))
    };
    if has_data && !has("content-type") {
        let media_type = match (json, &data.text) {
            (true, _) => "application/json",
            (false, Some(_)) => "application/x-www-form-urlencoded",
            (false, None) => "",
        };
        if !media_type.is_empty() {
            headers.push(("content-type".to_owned(), media_type.to_owned()));
        }
    }
    for (name, value) in headers {
        request.headers.add(name, value);
    }
    let is_variable = |body: &[u8]| body.starts_with(b"$");
    request.body = match data.text {
        Some(_) if data.spot.verbatim => Some(Cow::Borrowed(&text[data.spot.span.clone()])),
        body => body.map(Cow::Owned),
    }
    .filter(|body| !is_variable(body));
    Ok(Recorded::new(Exchange::new(request), spots))
}

impl Data {
    /// `files` says whether `@` is for a file.
    fn add(&mut self, word: Word, files: bool) -> Result<(), Malformed> {
        if files && word.text.starts_with(b"@") {
            return Err(from_file(&word, BODY_FILE));
        }
        if let Some(text) = &mut self.text {
            if self.count > 0 {
                text.push(b'&');
            }
            text.extend_from_slice(&word.text);
        }
        self.spot = match (self.count, word.source) {
            (0, Some(source)) => Spot {
                span: source,
                verbatim: true,
            },
            (0, None) => Spot {
                span: word.span,
                verbatim: false,
            },
            _ => Spot {
                verbatim: false,
                ..self.spot.clone()
            },
        };
        self.count += 1;
        Ok(())
    }

    fn unknown(&mut self, word: &Word) {
        *self = Self {
            text: None,
            count: self.count + 1,
            spot: Spot {
                span: word.span.clone(),
                verbatim: false,
            },
        };
    }
}

fn from_file(word: &Word, help: &'static str) -> Malformed {
    Malformed::new(
        word.span.clone(),
        "what is sent is in another file, which is not read",
        help,
    )
}

fn set_url(url: &mut Option<Word>, word: Word) -> Result<(), Malformed> {
    if url.is_some() {
        return Err(Malformed::new(
            word.span,
            "a second URL for one call",
            "write --next before it, with the options that it needs, or a command of its own",
        ));
    }
    *url = Some(word);
    Ok(())
}

fn header(
    headers: &mut Vec<(String, String)>,
    spots: &mut [Spot],
    word: &Word,
) -> Result<(), Malformed> {
    if word.text.starts_with(b"@") {
        return Err(from_file(word, "write the header fields in the command"));
    }
    if headers.is_empty() {
        spots[Part::RequestHeaders as usize] = Spot {
            span: word.span.clone(),
            verbatim: false,
        };
    }
    let text = word.lossy();
    if let Some((name, value)) = text.split_once(':') {
        // A name without a value takes a header away that curl would send by itself.
        if !value.trim().is_empty() {
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    } else if let Some(name) = text.strip_suffix(';') {
        headers.push((name.to_owned(), String::new()));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
