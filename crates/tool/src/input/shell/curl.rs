//! What curl sends, by its words.

use kaizala_actions::lint::recorded::{Malformed, Recorded};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use super::{
    call::{Call, Draft, of_file, of_input, options_in_file, place, without_value},
    options::takes_value,
    word::Word,
};
use crate::input::message::FORM;

/// What curl does not encode.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The calls of a command, which `--next` divides.
pub(super) fn read(words: &[Word], input: Option<&Word>) -> Vec<Call> {
    let is_next = |word: &Word| matches!(&*word.text, b"--next" | b"-:");
    let starts = words
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, word)| is_next(word));
    let starts: Vec<_> = std::iter::once(0).chain(starts.map(|(at, _)| at)).collect();
    let ends = starts[1..].iter().copied().chain([words.len()]);
    let calls = starts.iter().zip(ends).map(|(start, end)| {
        let words = &words[*start..end];
        let reads = |word: &Word| word.text.ends_with(b"@-") || word.text == b"-";
        let input = input.filter(|_| words.iter().any(reads));
        let place = place(words, input);
        let read = call(words, input, place.start).map_err(|mut problem| {
            problem.span = problem.span.start - place.start..problem.span.end - place.start;
            problem
        });
        (place, read)
    });
    calls.collect()
}

/// Reads what is between `--next`.
fn call(all: &[Word], input: Option<&Word>, start: usize) -> Result<Recorded<'static>, Malformed> {
    let mut call = Curl {
        input,
        draft: Draft::default(),
        get: false,
    };
    let mut words = all.iter().skip(1).cloned();
    let mut options = true;
    while let Some(word) = words.next() {
        let name = word.lossy().into_owned();
        if !options || !name.starts_with('-') || name == "-" {
            call.draft.url(word)?;
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
    let Curl { mut draft, get, .. } = call;
    if get {
        let data = std::mem::take(&mut draft.data);
        if data.count > 0 && !data.is_unknown {
            let more = std::mem::replace(&mut draft.query, data.text.template().into());
            if !more.is_empty() {
                draft.query.push(b'&');
                draft.query.extend(more);
            }
        }
    }
    draft.finish(&all[0].span, start)
}

struct Curl<'i> {
    input: Option<&'i Word>,
    draft: Draft,
    /// Whether data goes into the query.
    get: bool,
}

impl Curl<'_> {
    /// Takes an option, in this word, with its value if it has one.
    fn option(
        &mut self,
        option: &str,
        word: &Word,
        value: impl FnOnce() -> Option<Word>,
    ) -> Result<(), Malformed> {
        let value = || value().ok_or_else(|| without_value(word, option));
        match option {
            "-G" | "--get" => self.get = true,
            "--path-as-is" => self.draft.path_as_is = true,
            "-I" | "--head" => self.draft.method = Some("HEAD".to_owned()),
            "-:" => {
                return Err(Malformed::new(
                    word.span.clone(),
                    "several calls in one command",
                    "write --next as a word of its own",
                ));
            }
            "-X" | "--request" => self.draft.method = Some(value()?.template()),
            "--url" => self.draft.url(value()?)?,
            "-H" | "--header" => {
                let value = value()?;
                if value.text.starts_with(b"@") {
                    return Err(options_in_file(
                        &value,
                        "write the header fields in the command",
                    ));
                }
                self.draft.header(&value);
            }
            "-d" | "--data" | "--data-ascii" | "--data-binary" => self.data(&value()?, b"&", FORM),
            // Its pieces are joined by nothing, whatever comes before.
            "--json" => self.data(&value()?, b"", "application/json"),
            "--data-raw" => {
                self.draft.content_type.get_or_insert(FORM);
                self.draft.data.add(&value()?, b"&");
            }
            "--data-urlencode" => {
                self.draft.content_type.get_or_insert(FORM);
                self.draft.data.add(&urlencoded(&value()?), b"&");
            }
            "--url-query" => {
                let value = value()?;
                let value = match value.text.strip_prefix(b"+") {
                    Some(_) => value.after(1).unwrap_or_default(),
                    None => urlencoded(&value),
                };
                if !self.draft.query.is_empty() {
                    self.draft.query.push(b'&');
                }
                self.draft.query.extend(value.template().into_bytes());
            }
            // A multipart form, which is not JSON.
            "-F" | "--form" | "--form-string" => {
                self.draft.data.is_unknown = true;
                self.draft.data.add(&Word::at(value()?.span), b"");
            }
            "--oauth2-bearer" | "-u" | "--user" => {
                let scheme = if option == "--oauth2-bearer" {
                    "Bearer"
                } else {
                    "Basic"
                };
                let value = format!("{scheme} {}", value()?.template());
                self.draft.headers.add("Authorization", value);
            }
            "-T" | "--upload-file" => {
                let value = value()?;
                let data = if matches!(&*value.text, b"-" | b".") {
                    of_input(&value, self.input)
                } else {
                    of_file(&value)
                };
                self.draft.method.get_or_insert_with(|| "PUT".to_owned());
                self.draft.data.add(&data, b"");
            }
            "-K" | "--config" => {
                return Err(options_in_file(
                    &value()?,
                    "write the options in the command",
                ));
            }
            _ if takes_value(option) => drop(value()?),
            _ => {}
        }
        Ok(())
    }

    /// Takes data that may be in a file or read from the standard input.
    fn data(&mut self, value: &Word, separator: &[u8], media_type: &'static str) {
        if media_type != FORM {
            self.draft.content_type = Some(media_type);
        }
        self.draft.content_type.get_or_insert(media_type);
        let data = match &*value.text {
            b"@-" => of_input(value, self.input),
            [b'@', ..] => of_file(value),
            _ => value.clone(),
        };
        self.draft.data.add(&data, separator);
    }
}

/// As `--data-urlencode` has it: what is behind the first `=` is encoded, or all.
fn urlencoded(word: &Word) -> Word {
    if word.text.first() == Some(&b'@') {
        return of_file(word);
    }
    let is_mark = |mark: u8| word.text.iter().position(|byte| *byte == mark);
    let mark = is_mark(b'=').or_else(|| is_mark(b'@'));
    let (name, value) = mark.map_or((&b""[..], &word.text[..]), |at| {
        (&word.text[..at], &word.text[at + 1..])
    });
    if mark.is_some_and(|at| word.text[at] == b'@') {
        return of_file(word);
    }
    if !word.gaps.is_empty() {
        return word.clone();
    }
    // A blank is a plus, as in a form.
    let encoded = percent_encode(value, UNRESERVED)
        .to_string()
        .replace("%20", "+");
    let equals = if name.is_empty() { "" } else { "=" };
    let mut text = name.to_vec();
    text.extend_from_slice(equals.as_bytes());
    text.extend_from_slice(encoded.as_bytes());
    Word {
        text,
        source: None,
        ..word.clone()
    }
}
