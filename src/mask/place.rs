//! Finds where a text names a secret: by a name in front of it, as in `"accessToken": "…"`, or by
//! its place in a URL.

use std::ops::Range;

use super::{canonical::Canonical, names, value};

/// The kind of secret.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Secret,
    /// One phone number, or several.
    Phone,
}

/// Finds these places. Each text is scanned once, however its parts are nested.
pub(super) fn places(text: &Canonical<'_>, mut found: impl FnMut(What, Range<usize>)) {
    let mut end = 0;
    for at in memchr::memchr3_iter(b':', b'=', b'>', &text.text) {
        if at >= end
            && let Some((name, form)) = Name::before(&text.text, at)
        {
            let what = if names::secret(name.letters) {
                What::Secret
            } else if names::phone(name.letters) {
                What::Phone
            } else {
                continue;
            };
            let is_list = what == What::Secret && names::is_list(name.letters);
            end = value::values(text, at + 1, form, is_list, |range| found(what, range));
        }
    }
    for at in memchr::memmem::find_iter(&text.text, "://") {
        user(text, at + 3).for_each(|range| found(What::Secret, range));
    }
}

/// Whether a text names a secret.
pub(super) fn has_secret(text: &Canonical<'_>) -> bool {
    let mut has_secret = false;
    places(text, |what, _| has_secret |= what == What::Secret);
    has_secret
}

/// The name in front of a colon, an equals sign or the end of a tag.
struct Name<'t> {
    letters: &'t [u8],
    start: usize,
    quoted: bool,
}

/// The maximum length of a name.
const MOST: usize = 64;

impl<'t> Name<'t> {
    fn before(text: &'t [u8], at: usize) -> Option<(Self, value::Form)> {
        let name = Self::ending(text, at)?;
        let before = text[..name.start].last();
        match text[at] {
            // `<accessToken>`
            b'>' => (before == Some(&b'<')).then_some((name, value::Form::Element)),
            b'=' => Some((name, value::Form::Parameter)),
            // `{"name": "accessToken", "value": "…"}`
            _ if name.quoted && name.letters.eq_ignore_ascii_case(b"value") => {
                let opening = name.start.checked_sub(1)?;
                let rest = text[..opening].trim_ascii_end().strip_suffix(b",")?;
                let name = Self::ending(text, rest.len()).filter(|name| name.quoted)?;
                Some((name, value::Form::Member))
            }
            _ if name.quoted => Some((name, value::Form::Member)),
            _ => Some((name, value::Form::Field)),
        }
    }

    fn ending(text: &'t [u8], at: usize) -> Option<Self> {
        let mut end = text[..at].trim_ascii_end().len();
        let quoted = matches!(text[..end].last()?, b'"' | b'\'');
        end -= usize::from(quoted);
        // `access_token[0]`
        if text[..end].last() == Some(&b']') {
            let low = end.saturating_sub(8);
            end = low + memchr::memrchr(b'[', &text[low..end])?;
        }
        let is_in = |byte: &&u8| {
            byte.is_ascii_alphanumeric() || b"-_.".contains(byte) || quoted && **byte == b' '
        };
        let length = text[..end]
            .iter()
            .rev()
            .take(MOST)
            .take_while(is_in)
            .count();
        let start = end - length;
        let letters = &text[start..end];
        (length > 0).then_some(Self {
            letters,
            start,
            quoted,
        })
    }
}

/// The user and the password in front of the host of a URL.
fn user(text: &Canonical<'_>, start: usize) -> impl Iterator<Item = Range<usize>> {
    // A URL in a parameter of another is encoded, and so are the characters that end its parts.
    let level = |at: usize| {
        let written = text.written(at);
        (written.first(), written.len())
    };
    let slash = start - 1;
    let is_inner = !text.is_mark(slash);
    let is_mark = |at: usize| text.is_mark(at) || is_inner && level(at) == level(slash);
    // `[a link](https://host)`
    let mut scheme = text.text[..start].iter().rev().skip(3);
    let before = scheme.find(|byte| !byte.is_ascii_alphanumeric());
    let is_in_brackets = before == Some(&b'(');
    let is_end = |at: usize| match text.text[at] {
        b'/' | b'?' | b'#' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\' => is_mark(at),
        b'&' => is_inner && is_mark(at),
        b')' => is_in_brackets,
        byte => byte.is_ascii_whitespace() && is_mark(at),
    };
    let end_from = |start: usize, slash: bool| {
        (start..text.text.len())
            .find(|at| is_end(*at) && (slash || text.text[*at] != b'/'))
            .unwrap_or(text.text.len())
    };
    let end = end_from(start, true);
    let user = memchr::memrchr(b'@', &text.text[start..end]).or_else(|| {
        // A slash in a password ends the authority for every parser, although its author did not
        // mean that.
        let is_cut = text.text.get(end) == Some(&b'/') && has_no_port(&text.text[start..end]);
        let end = end_from(end, !is_cut);
        memchr::memchr(b'@', &text.text[start..end])
    });
    let user = user.map(|length| start..start + length);
    user.into_iter().flat_map(|user| {
        let colon = memchr::memchr(b':', &text.text[user.clone()]);
        let colon = colon.map_or(user.end, |colon| user.start + colon);
        [user.start..colon, user.end.min(colon + 1)..user.end]
    })
}

/// Whether the text behind the colon of an authority is neither a port nor a placeholder for one.
fn has_no_port(authority: &[u8]) -> bool {
    let colon = memchr::memchr(b':', authority).unwrap_or(authority.len());
    let port = authority.get(colon + 1..).unwrap_or_default();
    let first = port.first().copied().unwrap_or(b'0');
    !authority.starts_with(b"[")
        && !b"{$<%".contains(&first)
        && !port.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Logs cut texts anywhere.
    #[test]
    fn whatever_a_text_is_cut_to_places_are_within_it() {
        let texts = [
            r#"{"name": "accessToken", "value": "s%22ecret"}, {'name':'mobileNumber','value':['1', 2]}"#,
            r#"{\"refreshToken\":\"x\\\"y\",\"members\":[{\"mobileNumber\":\"+91 98765 43210\"}]}"#,
            "Authorization: Bearer a b\r\nCookie: sid='1'; x=2\r\naccess_token[0]=%5B1%5D&to=https%3A%2F%2Fu:p%40h%2Fx",
            "<accessToken>s</accessToken> (https://me:p/w@host:80/a?token=1#b) ftp://[::1]:x@y",
        ];
        for text in texts.map(str::as_bytes) {
            for start in 0..text.len() {
                for end in start..=text.len() {
                    let cut = Canonical::of(&text[start..end]);
                    places(&cut, |_, range| {
                        assert!(range.start <= range.end && range.end <= cut.text.len());
                        assert!(cut.place(&range).end <= end - start);
                    });
                }
            }
        }
    }
}
