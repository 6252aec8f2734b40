//! What wget sends, by its words.

use kaizala_actions::lint::recorded::Malformed;

use super::{
    call::{Call, Draft, of_file, of_input, options_in_file, place, without_value},
    options::wget_takes_value,
    word::Word,
};
use crate::input::message::FORM;

/// The calls of a command: one for each URL.
pub(super) fn read(words: &[Word], input: Option<&Word>) -> Vec<Call> {
    let reads = |word: &Word| word.text.ends_with(b"=-") || word.text == b"-";
    let input = input.filter(|_| words.iter().any(reads));
    let place = place(words, input);
    let refuse = |mut problem: Malformed| {
        problem.span = problem.span.start - place.start..problem.span.end - place.start;
        vec![(place.clone(), Err(problem))]
    };
    let urls = match urls(words) {
        Ok(urls) if urls.is_empty() => vec![None],
        Ok(urls) => urls.into_iter().map(Some).collect(),
        Err(problem) => return refuse(problem),
    };
    let calls = urls.into_iter().map(|url| {
        let mut draft = draft(words, input)?;
        draft.url = url;
        draft.finish(&words[0].span, place.start)
    });
    match calls.collect::<Result<Vec<_>, _>>() {
        Ok(calls) => calls
            .into_iter()
            .map(|call| (place.clone(), Ok(call)))
            .collect(),
        Err(problem) => refuse(problem),
    }
}

/// The words that are neither options nor values of options.
fn urls(words: &[Word]) -> Result<Vec<Word>, Malformed> {
    let mut urls = Vec::new();
    each(words, |option, word, _| {
        if option.is_none() {
            urls.push(word.clone());
        }
        Ok(())
    })?;
    Ok(urls)
}

fn draft(words: &[Word], input: Option<&Word>) -> Result<Draft, Malformed> {
    let mut draft = Draft::default();
    each(words, |option, word, value| {
        let value = || value.ok_or_else(|| without_value(word, option.unwrap_or_default()));
        match option {
            Some("--post-data") => {
                draft.method.get_or_insert_with(|| "POST".to_owned());
                draft.data.add(value()?, b"");
            }
            Some("--body-data") => draft.data.add(value()?, b""),
            Some("--post-file" | "--body-file") => {
                if option == Some("--post-file") {
                    draft.method.get_or_insert_with(|| "POST".to_owned());
                }
                let file = value()?;
                let is_input = matches!(&*file.text, b"-" | b"/dev/stdin");
                let data = if is_input {
                    of_input(file, input)
                } else {
                    of_file(file)
                };
                draft.data.add(&data, b"");
            }
            Some("--method") => draft.method = Some(value()?.template().to_ascii_uppercase()),
            Some("--header") => draft.header(value()?),
            Some("--spider") => draft.method = Some("HEAD".to_owned()),
            Some("-i" | "--input-file") => {
                return Err(options_in_file(value()?, "write the URL in the command"));
            }
            _ => {}
        }
        Ok(())
    })?;
    draft.content_type = Some(FORM);
    Ok(draft)
}

/// Iterates over the words: each argument, and each option with its value.
fn each(
    words: &[Word],
    mut take: impl FnMut(Option<&str>, &Word, Option<&Word>) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    let mut rest = words.iter().skip(1);
    let mut options = true;
    while let Some(word) = rest.next() {
        let text = word.lossy();
        if !options || !text.starts_with('-') || text == "-" {
            take(None, word, None)?;
        } else if text == "--" {
            options = false;
        } else if text.starts_with("--") {
            let (name, value) = match text.find('=') {
                Some(at) => (&text[..at], Some(word.after(at + 1).unwrap_or_default())),
                None if wget_takes_value(&text) => (&*text, rest.next().cloned()),
                None => (&*text, None),
            };
            take(Some(name), word, value.as_ref())?;
        } else {
            let mut done = 1;
            while done < word.text.len() {
                let option = format!("-{}", char::from(word.text[done]));
                done += 1;
                let value = if wget_takes_value(&option) {
                    let value = word.after(done);
                    done = word.text.len();
                    value.or_else(|| rest.next().cloned())
                } else {
                    None
                };
                take(Some(&option), word, value.as_ref())?;
            }
        }
    }
    Ok(())
}
