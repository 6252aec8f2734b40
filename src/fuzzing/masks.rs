//! Masks: no copy of a known secret is left in what is shown or recorded of an exchange.

use std::borrow::Cow;

use crate::{
    lint::{Exchange, Linter, Request, Response},
    mask::{self, Hidden},
};

/// A secret that no text has by chance.
const SECRET: &str = "k7Qz9-vX3w_RtB5";

/// Copies of it. In an input, the control character of this number, from 1 on, stands for each.
const COPIES: [&str; 6] = [
    SECRET,
    "K7qZ9-VX3W_rTb5",
    "%6b7Qz9%2DvX3w%5FRtB5",
    "%256b7Qz9%252dvX3w_RtB5",
    r"\u006b7Qz9\u002dvX3w_RtB5",
    // Of `user:` and the secret.
    "dXNlcjprN1F6OS12WDN3X1J0QjU=",
];

/// For an exchange whose token is known, and whose target, header field and bodies are the parts of a
/// text between NUL bytes: what is recorded of it, and what findings about it show, has no copy of
/// the token; masking a text again never shows anything of it.
///
/// # Errors
/// The property that does not hold.
pub fn masks(text: &[u8]) -> Result<(), String> {
    let mut parts = text.split(|byte| *byte == 0).map(planted);
    let mut part = || parts.next().unwrap_or_default();
    let (target, name, value) = (words(&part()), words(&part()), words(&part()));
    let (asked, answered) = (part(), part());
    let request = Request::new("POST", &target)
        .header("accessToken", SECRET)
        .header(&name, &value)
        .body(&asked);
    let response = Response::new(200).header(&name, &value).body(&answered);
    let hidden = request.hidden(Some(&response));

    clean("the target", hidden.words(&request.masked_url()).as_bytes())?;
    for (name, value) in request.headers.masked().iter() {
        clean("a name", hidden.words(name).as_bytes())?;
        clean("a value", hidden.words(value).as_bytes())?;
    }
    for part in [
        target.as_bytes(),
        name.as_bytes(),
        value.as_bytes(),
        &asked,
        &answered,
    ] {
        clean("a text", &stable(&hidden, part)?)?;
        stable(&Hidden::of(part), part)?;
    }
    let exchange = Exchange::new(request).response(response);
    let report = Linter::new().lint_exchange(&exchange);
    for finding in report.parts.iter().flat_map(|part| &part.report.findings) {
        let shown = mask::shown(finding);
        let [expected, help] = [&shown.expected, &shown.help].map(Option::as_deref);
        let texts = [expected, shown.found.as_deref(), help];
        let texts = texts.into_iter().flatten();
        for text in texts.chain([&*shown.message, &shown.pointer]) {
            clean("a finding", text.as_bytes())?;
        }
    }
    Ok(())
}

/// A part of the input with the copies in their places.
fn planted(part: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for byte in part {
        match COPIES.get(usize::from(*byte).wrapping_sub(1)) {
            Some(copy) => text.extend_from_slice(copy.as_bytes()),
            None => text.push(*byte),
        }
    }
    text
}

/// A text masked, if it is as long as before, and masking it again at most masks more: what follows a
/// secret may be a number or a name only once the secret is masked.
fn stable<'t>(hidden: &Hidden, text: &'t [u8]) -> Result<Cow<'t, [u8]>, String> {
    for mask in [Hidden::secrets, Hidden::all] {
        let once = mask(hidden, text);
        let twice = mask(hidden, &once);
        let mut both = twice.iter().zip(&*once);
        let is_same = both.all(|(twice, once)| twice == once || *twice == b'*');
        if !is_same || once.len() != text.len() || twice.len() != text.len() {
            return Err(format!(
                "{}\nbecomes {}\nand then {}",
                words(text),
                words(&once),
                words(&twice)
            ));
        }
    }
    Ok(hidden.all(text))
}

/// No copy is left, and the secret in no case; what is not encoded like a copy may look like one.
fn clean(what: &str, text: &[u8]) -> Result<(), String> {
    let text = words(text);
    let secret = SECRET.to_ascii_lowercase();
    let has_copy = COPIES.iter().any(|copy| text.contains(copy));
    if has_copy || text.to_ascii_lowercase().contains(&secret) {
        Err(format!("{what} has the secret: {text}"))
    } else {
        Ok(())
    }
}

fn words(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}
