//! Header fields and methods.

use std::borrow::Cow;

use super::{hidden::LEAST, names::is_secret, value};

/// The replacement for a secret.
pub const MASK: &str = "***";

/// The HTTP methods (<https://www.iana.org/assignments/http-methods>) that are long enough to be
/// taken for a secret.
const METHODS: &[&str] = &[
    "BASELINE-CONTROL",
    "CHECKOUT",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKREDIRECTREF",
    "MKWORKSPACE",
    "ORDERPATCH",
    "PROPFIND",
    "PROPPATCH",
    "UNCHECKOUT",
    "UPDATEREDIRECTREF",
    "VERSION-CONTROL",
];

/// A value with its secrets masked; the scheme of `Authorization` is kept.
pub(crate) fn shown<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    if value.is_empty() || !is_secret(name) {
        return value.into();
    }
    match scheme(value) {
        Some(scheme) => format!("{scheme} {MASK}").into(),
        None => MASK.into(),
    }
}

/// The scheme before a token, such as `Bearer`.
pub(crate) fn scheme(value: &str) -> Option<&str> {
    value.get(..value::scheme(value.as_bytes())?.len())
}

/// A method, masked if HTTP does not have it: it may be anything.
pub(crate) fn method(method: &str) -> Cow<'_, str> {
    let is_known = METHODS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(method));
    if method.len() < LEAST || is_known {
        method.into()
    } else {
        MASK.to_owned().into()
    }
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
            ("Authorization", "Negotiate abc", "Negotiate ***"),
            ("Cookie", "a=b; c=d", "***"),
            ("X-Api-Key", "abc", "***"),
            ("accessToken", "", ""),
            ("Content-Type", "application/json", "application/json"),
        ];
        for (name, value, expected) in table {
            assert_eq!(shown(name, value), expected, "{name}");
        }
        for (text, expected) in [
            ("PUT", "PUT"),
            ("PROPFIND", "PROPFIND"),
            ("eyJhbGciOiJSUzI1", "***"),
        ] {
            assert_eq!(method(text), expected);
        }
    }
}
