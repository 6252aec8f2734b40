//! The secrets of exchanges: access tokens and what else lets somebody in.

use std::borrow::Cow;

use crate::contract::Contract;

/// What stands where a secret stood.
pub const MASK: &str = "***";

/// Header fields and parameters other than the contract's that let somebody in.
const FIELDS: &[&str] = &[
    "access_token",
    "authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
];

/// The shortest secret that is looked for elsewhere: a shorter one would be found in innocent
/// words.
const LEAST: usize = 8;

/// In how many places within what is starred out another secret is looked for, which may go on
/// after it: in one that repeats itself, each place would be one.
const OVERLAPPING: usize = 64;

/// Names of the exchange format, and of HAR, that can be shown of a record that could not be read.
const KNOWN: &[&str] = &[
    "request", "response", "method", "url", "headers", "body", "status", "name", "value",
    "postData", "content", "text", "curl", "GET", "POST",
];

/// Whether the value of a header field, or of a parameter by that name, is a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    name.eq_ignore_ascii_case(&Contract::get().token_header)
        || FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field))
}

/// A value as it may be shown; the scheme of `Authorization` is no secret.
pub(crate) fn shown<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    if value.is_empty() || !is_secret(name) {
        return value.into();
    }
    match scheme(value) {
        Some(scheme) => format!("{scheme} {MASK}").into(),
        None => MASK.into(),
    }
}

/// The word before a token that says what it is, as in `Bearer`.
pub(crate) fn scheme(value: &str) -> Option<&str> {
    let (scheme, _) = value.split_once(' ')?;
    ["bearer", "basic", "digest", "negotiate"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scheme))
        .then_some(scheme)
}

/// The query of a URL, and what comes after, without the values of secret parameters.
pub(crate) fn url(url: &str) -> Cow<'_, str> {
    let Some((path, query)) = url.split_once('?') else {
        return url.into();
    };
    let shown = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, value)) if !value.is_empty() && is_secret(name) => format!("{name}={MASK}"),
        _ => pair.to_owned(),
    });
    format!("{path}?{}", shown.collect::<Vec<_>>().join("&")).into()
}

/// Secrets that are looked for elsewhere, in one pass for all of them.
pub(crate) struct Secrets<'s> {
    /// In order, so that the one that a text begins with is found by halving.
    sorted: Vec<&'s [u8]>,
}

impl<'s> Secrets<'s> {
    /// Those of these values that are long enough.
    pub fn new(values: impl Iterator<Item = &'s str>) -> Self {
        let long = values.filter(|value| value.len() >= LEAST);
        let mut sorted: Vec<_> = long.map(str::as_bytes).collect();
        sorted.sort_unstable();
        sorted.dedup();
        Self { sorted }
    }

    /// A text with the secrets starred out, so that all places stay what they are. The beginning of
    /// one is enough: messages cut what they quote.
    pub fn without<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        let mut masked = Cow::Borrowed(text);
        let (mut end, mut begun) = (0, 0);
        for at in 0..text.len() {
            if at >= end {
                begun = 0;
            }
            if begun < OVERLAPPING
                && let Some(length) = self.begin(&text[at..])
            {
                begun += 1;
                end = end.max(at + length);
            }
            if at < end {
                masked.to_mut()[at] = b'*';
            }
        }
        masked
    }

    /// How much of a secret a text begins with, if that is enough to tell.
    fn begin(&self, text: &[u8]) -> Option<usize> {
        let next = self.sorted.partition_point(|secret| *secret <= text);
        // What has most in common with the text stands beside it in the order.
        let beside = self.sorted[next.saturating_sub(1)..].iter().take(2);
        let common = beside.map(|secret| {
            let pairs = secret.iter().zip(text);
            pairs.take_while(|(one, other)| one == other).count()
        });
        common.max().filter(|length| *length >= LEAST)
    }
}

/// A text with every copy of a secret replaced by words, if there is one: where nobody looks for
/// places in it.
#[cfg(feature = "client")]
pub(crate) fn replaced(text: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
    if secret.len() < LEAST {
        return None;
    }
    let (mut safe, mut done) = (Vec::new(), 0);
    for at in memchr::memmem::find_iter(text, secret) {
        safe.extend_from_slice(&text[done..at]);
        safe.extend_from_slice(b"[access token]");
        done = at + secret.len();
    }
    (done > 0).then(|| {
        safe.extend_from_slice(&text[done..]);
        safe
    })
}

/// A record that could not be read, of which nobody can tell what is secret: all letters and digits
/// are starred out but those of well-known names, and all places stay what they are.
pub(crate) fn redacted(text: &[u8]) -> Vec<u8> {
    let mut redacted = text.to_vec();
    let is_word = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'-' | b'.' | b'~' | b'%' | b'+' | b'/' | b'=')
            || *byte >= 0x80
    };
    for word in redacted.split_mut(|byte| !is_word(byte)) {
        if !KNOWN.iter().any(|known| known.as_bytes() == &*word) {
            for byte in word.iter_mut().filter(|byte| byte.is_ascii_alphanumeric()) {
                *byte = b'*';
            }
        }
    }
    redacted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_and_the_rest_is_not() {
        let table = [
            ("accesstoken", "abc", "***"),
            ("AccessToken", "Bearer abc", "Bearer ***"),
            ("Authorization", "Basic abc", "Basic ***"),
            ("Cookie", "a=b; c=d", "***"),
            ("accessToken", "", ""),
            ("Content-Type", "application/json", "application/json"),
        ];
        for (name, value, expected) in table {
            assert_eq!(shown(name, value), expected, "{name}");
        }
        assert_eq!(url("/a?b=c&accessToken=x&d"), "/a?b=c&accessToken=***&d");
        assert_eq!(url("/a?b=accessToken"), "/a?b=accessToken");
    }

    #[test]
    fn places_stay_what_they_are() {
        let text = "{\"accessToken\": \"é1-2\", \"body\": 17}".as_bytes();
        assert_eq!(
            String::from_utf8_lossy(&redacted(text)),
            "{\"***********\": \"é*-*\", \"body\": **}"
        );
        let table: [(&str, &[&str], &str); _] = [
            (
                "a secret-1, a secret-",
                &["secret-1"],
                "a ********, a secret-",
            ),
            (
                "secret-1, secret-123456",
                &["secret-1234567"],
                "********, *************",
            ),
            ("a secret", &["secret-1"], "a secret"),
            ("a secret", &["secret"], "a secret"),
            (
                "secret-2, secret-12, secret-11",
                &["secret-2", "secret-1", "secret-112", "another-3"],
                "********, ********2, *********",
            ),
            // The second begins within what is of the first.
            (
                "session=secret-2!",
                &["session=secret-1", "secret-2"],
                "****************!",
            ),
        ];
        for (text, secrets, expected) in table {
            let secrets = Secrets::new(secrets.iter().copied());
            let masked = secrets.without(text.as_bytes());
            assert_eq!(String::from_utf8_lossy(&masked), expected, "{text}");
        }
    }

    #[test]
    #[cfg(feature = "client")]
    fn every_copy_of_the_token_is_replaced() {
        assert_eq!(replaced(b"no such thing", b"token-12"), None);
        assert_eq!(replaced(b"token", b"token-12"), None);
        assert_eq!(replaced(b"a short one", b"short"), None);
        assert_eq!(
            replaced(b"token: token-12token-12.", b"token-12").unwrap(),
            b"token: [access token][access token]."
        );
    }
}
