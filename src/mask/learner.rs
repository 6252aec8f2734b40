//! Collects the secrets of an input.

use std::{borrow::Cow, collections::BTreeSet, ops::Range};

use super::{
    canonical::Canonical,
    encoded,
    field::{self, scheme},
    hidden::{Hidden, LEAST, may_hide},
    names, phone,
    place::{What, places},
    vocabulary,
};

/// Parts of a cookie or of credentials that are not secret.
const ATTRIBUTES: &[&str] = &[
    "algorithm",
    "domain",
    "expires",
    "max-age",
    "path",
    "realm",
    "samesite",
    "uri",
];

/// The maximum number of nested JSON strings in which a secret is searched for in base64.
const NESTED: usize = 8;

/// Reads an input, part by part, and collects its secrets.
#[derive(Default)]
pub(crate) struct Learner {
    secrets: BTreeSet<Box<[u8]>>,
    short: BTreeSet<Box<[u8]>>,
    numbers: BTreeSet<Box<[u8]>>,
}

impl Learner {
    /// What is known already, and what is read after it.
    pub fn knowing(hidden: &Hidden) -> Self {
        let [secrets, short, numbers] = hidden.lists().map(|list| list.iter().cloned().collect());
        Self {
            secrets,
            short,
            numbers,
        }
    }

    /// Reads any text: JSON, a form, a line of a log.
    pub fn text(&mut self, text: &[u8]) {
        if !may_hide(text) {
            return;
        }
        let canonical = Canonical::of(text);
        let letters = &canonical.text;
        let mut number = |offset: usize, groups: &[Range<usize>]| {
            self.numbers
                .insert(phone::compact(&letters[offset..], groups));
        };
        let mut secrets = Vec::new();
        places(&canonical, |what, range| match what {
            What::Secret => secrets.push(range),
            What::Phone => phone::numbers(&letters[range.clone()], true, |groups| {
                number(range.start, groups);
            }),
        });
        phone::numbers(letters, false, |groups| number(0, groups));
        for range in secrets {
            self.secret(&text[canonical.place(&range)]);
        }
    }

    /// Reads a URL, which may begin with its host.
    pub fn url(&mut self, url: &str) {
        self.text(absolute(url).as_bytes());
    }

    /// Reads a method; one that HTTP does not have may be anything.
    pub fn method(&mut self, method: &str) {
        if let Cow::Owned(_) = field::method(method) {
            self.secret(method.as_bytes());
        }
    }

    /// Reads a header field.
    pub fn field(&mut self, name: &str, value: &str) {
        if !names::is_secret(name) {
            return self.text(value.as_bytes());
        }
        let scheme = scheme(value).unwrap_or_default();
        let credentials = value[scheme.len()..].trim();
        if scheme.eq_ignore_ascii_case("basic") {
            let decoded = encoded::decoded(credentials).unwrap_or_else(|| credentials.into());
            let colon = memchr::memchr(b':', &decoded).map_or(0, |colon| colon + 1);
            self.secret(&decoded[colon..]);
        }
        self.secret(credentials.as_bytes());
        // A comma separates credentials, and may be part of a cookie.
        let parts = credentials.split(';').chain(credentials.split([';', ',']));
        for part in parts.filter(|_| names::is_list(name.as_bytes())) {
            if let Some((name, value)) = part.split_once('=')
                && !ATTRIBUTES
                    .iter()
                    .any(|other| name.trim().eq_ignore_ascii_case(other))
            {
                self.secret(value.trim().as_bytes());
            }
        }
    }

    /// Adds a secret, as it is written in some place.
    pub fn secret(&mut self, written: &[u8]) {
        let canonical = Canonical::of(written);
        let is_around = |byte: &u8| byte.is_ascii_whitespace() || b"\"'".contains(byte);
        let start = canonical
            .text
            .iter()
            .take_while(|byte| is_around(byte))
            .count();
        let rest = &canonical.text[start..];
        let secret =
            &rest[..rest.len() - rest.iter().rev().take_while(|byte| is_around(byte)).count()];
        if secret.iter().all(|byte| *byte == b'*') {
            return;
        }
        let folded = encoded::folded(secret);
        if secret.len() < LEAST || vocabulary::has(&folded) {
            self.short.insert(folded);
            return;
        }
        self.secrets.extend(encoded::base64(secret));
        if !canonical.is_plain() {
            // Base64 encodes the secret itself, which may be encoded here any number of times.
            let mut spelling = written.to_vec();
            for _ in 0..NESTED {
                self.secrets.extend(encoded::base64(&spelling));
                let inner = encoded::unescaped(&spelling);
                if inner == spelling {
                    break;
                }
                spelling = inner;
            }
            let decoded: Vec<_> = percent_encoding::percent_decode(written).collect();
            self.secrets.extend(encoded::base64(&decoded));
        }
        self.secrets.insert(folded);
    }

    /// The collected secrets.
    pub fn finish(self) -> Hidden {
        Hidden::new(self.secrets, self.short, self.numbers)
    }
}

impl Hidden {
    /// The secrets in a text: JSON, a form, a line of a log.
    #[must_use]
    pub fn of(text: &[u8]) -> Self {
        Self::nothing().and_of(text)
    }

    /// These secrets, and those in a text.
    #[must_use]
    pub fn and_of(&self, text: &[u8]) -> Self {
        let mut learner = Learner::knowing(self);
        learner.text(text);
        learner.finish()
    }

    /// Secrets that the caller knows. Those of less than eight characters, and words of the contract,
    /// are only masked where a text names them as secrets.
    ///
    /// ```
    /// use kaizala_actions::mask::Hidden;
    ///
    /// let hidden = Hidden::of_secrets(["a/secret", "short"]);
    /// assert_eq!(hidden.words("a%2Fsecret, short"), "**********, short");
    /// ```
    #[must_use]
    pub fn of_secrets<S: AsRef<[u8]>>(secrets: impl IntoIterator<Item = S>) -> Self {
        let mut learner = Learner::default();
        for secret in secrets {
            learner.secret(secret.as_ref());
        }
        learner.finish()
    }
}

/// A URL with credentials before its host, if the text begins with one.
pub(super) fn absolute(url: &str) -> Cow<'_, str> {
    let is_absolute = url.starts_with('/') || url.contains("://");
    if is_absolute {
        url.into()
    } else {
        format!("://{url}").into()
    }
}
