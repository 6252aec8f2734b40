//! URLs.

use std::borrow::Cow;

use super::{
    canonical::Canonical,
    field::MASK,
    learner::{self, Learner},
    place,
};

/// A URL without its user, and with the values of secret parameters masked.
pub(crate) fn url(url: &str) -> Cow<'_, str> {
    // Most URLs have none, and that of each request is asked for it.
    let may_have = |byte: &u8| matches!(byte, b'=' | b':' | b'>' | b'%' | b'\\' | b'~' | 0x80..);
    if url.starts_with('/') && !url.as_bytes().iter().any(may_have) {
        return url.into();
    }
    let absolute = learner::absolute(url);
    if !place::has_secret(&Canonical::of(absolute.as_bytes())) {
        return url.into();
    }
    let mut learner = Learner::default();
    learner.text(absolute.as_bytes());
    match learner.finish().masked(absolute.as_bytes(), MASK) {
        Some(safe) => {
            let safe = &safe[absolute.len() - url.len()..];
            String::from_utf8_lossy(safe).into_owned().into()
        }
        None => url.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_url_says_to_be_secret_is_masked_and_its_copies_are() {
        let table = [
            ("/a?b=c&accessToken=x&d", "/a?b=c&accessToken=***&d"),
            ("/a?b=accessToken", "/a?b=accessToken"),
            ("/a?b=c;access_token=x%26y;d", "/a?b=c;access_token=***;d"),
            (
                "/a?access%54oken=x#access_token=y",
                "/a?access%54oken=***#access_token=***",
            ),
            ("https://me:pw@host/a@2?b", "https://***:***@host/a@2?b"),
            ("me@host/a@2", "***@host/a@2"),
            ("https://me:p/w@host/a@2?b", "https://***:***@host/a@2?b"),
            ("https://me:1x/w/@host/a@2", "https://***:***@host/a@2"),
            ("https://[::1]:80/a@2", "https://[::1]:80/a@2"),
            ("https://host:{port}/a@2", "https://host:{port}/a@2"),
            ("https://host:80/a@2", "https://host:80/a@2"),
            (
                "https://host/groups/a@2/actions",
                "https://host/groups/a@2/actions",
            ),
            ("host/a@2", "host/a@2"),
            (
                "/a?next=https%3A%2F%2Fx%3Fsig%3Da%40b&c@d",
                "/a?next=https%3A%2F%2Fx%3Fsig%3D***&c@d",
            ),
            (
                "/a?next=https%3A%2F%2Fa%3Ab%40x%3Fc&c@d",
                "/a?next=https%3A%2F%2F***%3A***%40x%3Fc&c@d",
            ),
            ("/a?sig=12345678@90&12345678%4090=a", "/a?sig=***&***=a"),
        ];
        for (text, expected) in table {
            assert_eq!(url(text), expected);
        }
    }
}
