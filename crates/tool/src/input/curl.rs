//! Command lines of curl, as browsers copy them and scripts hold them.
//!
//! A record is a command, or what is between `--next` in one; whatever else a script does is passed
//! over. Nothing is expanded: a variable stands as it is.

mod options;
mod words;

use std::borrow::Cow;

use kaizala_actions::lint::{
    Exchange, Headers, Part, Request,
    recorded::{Malformed, Recorded, Spot, Spots},
};

use super::split::{Aside, Split, Step, skip_line};
use options::takes_value;
use words::{Word, command_end, is_curl, is_next, words};

/// Finds the commands.
#[derive(Default)]
pub(crate) struct Curl {
    /// Whether the command at hand goes on with another call.
    goes_on: bool,
}

impl Split for Curl {
    fn next(&mut self, bytes: &[u8], last: bool) -> Step {
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
            None if is_mentioned(&bytes[..end]) => Step::Aside {
                done: end,
                what: Aside::Call,
            },
            None => Step::Skip(end.max(1)),
        }
    }

    fn skip(&mut self, bytes: &[u8], _: bool, within: &mut bool) -> Step {
        self.goes_on = false;
        skip_line(bytes, within)
    }
}

/// Whether a command that does not begin with curl seems to call it.
fn is_mentioned(command: &[u8]) -> bool {
    let has = |what: &[u8]| memchr::memmem::find(command, what).is_some();
    !command.starts_with(b"#") && has(b"curl ") && has(b"://")
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
    text: Vec<u8>,
    /// Whether the text is not all.
    is_unknown: bool,
    count: usize,
    spot: Spot,
}

/// What to do about a body that is in a file.
const BODY_FILE: &str = "lint the file itself, with --as OPERATION.DIRECTION";

/// A request, as it is put together.
#[derive(Default)]
struct Call {
    url: Option<Word>,
    method: Option<String>,
    headers: Headers<'static>,
    data: Data,
    json: bool,
    /// Whether data goes into the query.
    get: bool,
    spots: Spots,
}

/// Reads a command, or what begins with `--next` in one.
///
/// # Errors
/// A [`Malformed`] where it is none, or one that the tool cannot follow.
pub(crate) fn read(text: &[u8]) -> Result<Recorded<'_>, Malformed> {
    let mut call = Call::default();
    let mut words = words(text)?.into_iter().skip(1);
    let mut options = true;
    while let Some(word) = words.next() {
        let name = word.lossy();
        if !options || !name.starts_with('-') || name == "-" {
            call.url(word)?;
        } else if name == "--" {
            options = false;
        } else if name.starts_with("--") {
            call.option(&name, &word, || words.next())?;
        } else {
            // `-sXPOST` is `-s -X POST`.
            let mut done = 1;
            while done < word.text.len() {
                let option = format!("-{}", char::from(word.text[done]));
                done += 1;
                call.option(&option, &word, || {
                    let rest = word.after(done);
                    done = word.text.len();
                    rest.or_else(|| words.next())
                })?;
            }
        }
    }
    call.finish(text)
}

impl Call {
    /// Takes an option, in this word, with its value if it has one.
    fn option(
        &mut self,
        option: &str,
        word: &Word,
        value: impl FnOnce() -> Option<Word>,
    ) -> Result<(), Malformed> {
        let value = || {
            value().ok_or_else(|| {
                Malformed::new(
                    word.span.clone(),
                    format!("{option} without a value"),
                    "write the value after it: the command may be cut",
                )
            })
        };
        match option {
            "-G" | "--get" => self.get = true,
            "-I" | "--head" => self.method = Some("HEAD".to_owned()),
            "-:" | "--next" => {
                return Err(Malformed::new(
                    word.span.clone(),
                    "several calls in one command",
                    "write --next as a word of its own",
                ));
            }
            "-X" | "--request" => self.method = Some(value()?.lossy().into_owned()),
            "--url" => self.url(value()?)?,
            "-H" | "--header" => self.header(&value()?)?,
            "-d" | "--data" | "--data-ascii" | "--data-binary" | "--json" => {
                self.json |= option == "--json";
                let value = value()?;
                if value.text.starts_with(b"@") {
                    return Err(from_file(&value, BODY_FILE));
                }
                self.data.add(value);
            }
            "--data-raw" | "--data-urlencode" => self.data.add(value()?),
            // A part of a form, which is no JSON.
            "-F" | "--form" | "--form-string" => {
                self.data.count += 1;
                self.data.is_unknown = true;
                self.data.spot = Spot::of(value()?.span);
            }
            "--oauth2-bearer" | "-u" | "--user" => {
                let scheme = if option == "--oauth2-bearer" {
                    "Bearer"
                } else {
                    "Basic"
                };
                let value = format!("{scheme} {}", value()?.lossy());
                self.headers.add("Authorization", value);
            }
            "-T" | "--upload-file" => return Err(from_file(&value()?, BODY_FILE)),
            "-K" | "--config" => {
                return Err(from_file(&value()?, "write the options in the command"));
            }
            _ if takes_value(option) => drop(value()?),
            _ => {}
        }
        Ok(())
    }

    fn url(&mut self, word: Word) -> Result<(), Malformed> {
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

    fn header(&mut self, word: &Word) -> Result<(), Malformed> {
        if word.text.starts_with(b"@") {
            return Err(from_file(word, "write the header fields in the command"));
        }
        if self.headers.iter().next().is_none() {
            self.spots[Part::RequestHeaders as usize] = Spot::of(word.span.clone());
        }
        let text = word.lossy();
        if let Some((name, value)) = text.split_once(':') {
            // A name without a value takes a header away that curl would send by itself.
            if !value.trim().is_empty() {
                let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
                self.headers.add(name, value);
            }
        } else if let Some(name) = text.strip_suffix(';') {
            self.headers.add(name.to_owned(), "");
        }
        Ok(())
    }

    fn finish(self, text: &[u8]) -> Result<Recorded<'_>, Malformed> {
        let (mut data, mut spots) = (self.data, self.spots);
        let Some(url) = self.url else {
            return Err(Malformed::new(
                0..text.len().min(4),
                "no URL",
                "write the URL of the call",
            ));
        };
        let mut address = url.lossy().into_owned();
        spots[Part::RequestLine as usize] = Spot::of(url.span);
        spots[Part::RequestBody as usize] = data.spot.clone();
        if self.get {
            if !data.is_unknown && !data.text.is_empty() {
                address.push(if address.contains('?') { '&' } else { '?' });
                address.push_str(&String::from_utf8_lossy(&data.text));
            }
            data = Data::default();
        }
        let implied = if data.count > 0 { "POST" } else { "GET" };
        let method = self.method.unwrap_or_else(|| implied.to_owned());
        let mut request = Request::new(method, address);
        request.headers = self.headers;
        request.has_variables = true;
        if data.count > 0 && request.headers.get("content-type").is_none() {
            if self.json {
                request.headers.add("content-type", "application/json");
            } else if !data.is_unknown {
                let form = "application/x-www-form-urlencoded";
                request.headers.add("content-type", form);
            }
        }
        let body = if data.spot.verbatim {
            Cow::Borrowed(&text[data.spot.span])
        } else {
            Cow::Owned(data.text)
        };
        // A variable may hold anything.
        let is_known = !data.is_unknown && !body.starts_with(b"$");
        request.body = is_known.then_some(body);
        let exchange = Exchange::new(request);
        Ok(Recorded { exchange, spots })
    }
}

impl Data {
    fn add(&mut self, word: Word) {
        self.spot = match word.source {
            _ if self.count > 0 => Spot::of(self.spot.span.clone()),
            Some(span) => Spot {
                span,
                verbatim: true,
            },
            None => Spot::of(word.span),
        };
        if self.count > 0 {
            self.text.push(b'&');
        }
        self.text.extend(word.text);
        self.count += 1;
    }
}

fn from_file(word: &Word, help: &'static str) -> Malformed {
    Malformed::new(
        word.span.clone(),
        "what is sent is in another file, which is not read",
        help,
    )
}

#[cfg(test)]
mod tests;
