//! The names of secrets.

use std::sync::LazyLock;

use serde_json::Value;

use super::canonical::plain;
use crate::contract::{self, Contract};

/// The endings of names of secrets, without separators between words: `X-Access-Token`,
/// `refresh_token`, `applicationSecret`.
const ENDINGS: &[&str] = &[
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "credential",
    "apikey",
    "accesskey",
    "privatekey",
    "authorization",
    "cookie",
];

/// Names that are too short to be found as endings: `sig` signs a link to a medium.
const WORDS: &[&str] = &["auth", "jwt", "pwd", "sig"];

/// The maximum length of a name.
const MOST: usize = 32;

/// Whether a header field, a parameter or a member of this name is a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    secret(&plain(name.as_bytes()))
}

/// Which pairs of last letters names of secrets have, by [`pair`]. Few other names end in them.
static LAST: LazyLock<[bool; 1 << 10]> = LazyLock::new(|| {
    let header = Contract::get().token_header.as_str();
    let names = ENDINGS.iter().chain(WORDS).copied().chain([header]);
    let mut pairs = [false; 1 << 10];
    for last in names.filter_map(|name| name.as_bytes().last_chunk()) {
        pairs[pair(*last)] = true;
    }
    pairs
});

/// A number for two letters, whatever their case.
fn pair([before, last]: [u8; 2]) -> usize {
    usize::from(before & 31) << 5 | usize::from(last & 31)
}

/// Whether the letters of a name, the last one first, may be those of a secret, in the singular or
/// the plural.
fn ends_as_secret<'n>(mut letters: impl Iterator<Item = &'n u8>) -> bool {
    let (Some(last), Some(second)) = (letters.next(), letters.next()) else {
        return false;
    };
    let plural = letters.next().filter(|_| last.eq_ignore_ascii_case(&b's'));
    LAST[pair([*second, *last])] || plural.is_some_and(|third| LAST[pair([*third, *second])])
}

/// The same for a name without encodings.
pub(super) fn secret(name: &[u8]) -> bool {
    let words = name.iter().rev().filter(|byte| !b"-_. ".contains(byte));
    if !ends_as_secret(words.clone()) {
        return false;
    }
    let mut letters = [0; MOST];
    let mut start = MOST;
    for byte in words.take(MOST) {
        start -= 1;
        letters[start] = byte.to_ascii_lowercase();
    }
    let name = &letters[start..];
    let single = name.strip_suffix(b"s").unwrap_or(name);
    let header = Contract::get().token_header.as_bytes();
    ENDINGS
        .iter()
        .any(|ending| single.ends_with(ending.as_bytes()))
        || WORDS.iter().any(|word| single == word.as_bytes())
        || name.eq_ignore_ascii_case(header)
}

/// Whether a header field of this name may have several words.
pub(super) fn is_list(name: &[u8]) -> bool {
    let ends = |ending: &[u8]| {
        let end = name.len().checked_sub(ending.len());
        end.is_some_and(|start| name[start..].eq_ignore_ascii_case(ending))
    };
    ends(b"authorization") || ends(b"cookie")
}

/// Whether the contract says that this member is a phone number, or a list of phone numbers.
pub(super) fn phone(name: &[u8]) -> bool {
    MEMBERS
        .iter()
        .any(|member| name.eq_ignore_ascii_case(member.as_bytes()))
}

static MEMBERS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut members = Vec::new();
    collect(&contract::document()["components"]["schemas"], &mut members);
    members.sort_unstable();
    members.dedup();
    members
});

fn collect(value: &Value, members: &mut Vec<String>) {
    let says = |schema: &Value| schema["x-kaizala-personal"] == "phone";
    for (name, schema) in value["properties"].as_object().into_iter().flatten() {
        if says(schema) || says(&schema["items"]) {
            members.push(name.clone());
        }
    }
    match value {
        Value::Object(inner) => inner.values().for_each(|value| collect(value, members)),
        Value::Array(inner) => inner.iter().for_each(|value| collect(value, members)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_have_many_spellings() {
        for name in [
            "accessToken",
            "ACCESS_TOKEN",
            "access%54oken",
            "access\\u0054oken",
            "X-Access-Token",
            "x-api-key",
            "refreshToken",
            "applicationSecret",
            "Authorization",
            "Proxy-Authorization",
            "Cookie",
            "Set-Cookie",
            "cookies",
            "password",
            "sig",
            "client.secret",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "actionType",
            "tokens-left",
            "secretary",
            "design",
            "key",
            "",
            "author",
            "Content-Type",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn the_members_with_phone_numbers_are_those_of_the_contract() {
        let expected = [
            "assignedTo",
            "mobileNumber",
            "sender",
            "subscriber",
            "subscribers",
        ];
        assert_eq!(*MEMBERS, expected);
    }
}
