//! The URL of a call: the contract's path with its parameters, each of which is one segment.
//!
//! An id may come from anywhere. One like `..\..\internal` must not send the access token to
//! another path, neither when the URL is normalised here, nor when a server on the way decodes it.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use reqwest::Url;

use super::Error;
use crate::operation::OperationId;

/// The characters that are encoded in a segment: all except the unreserved characters of RFC 3986
/// and the `@` of group ids.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'@');

/// The maximum number of layers of percent-encoding that are looked through.
const MOST_ENCODINGS: usize = 4;

/// The URL of an operation below a base, with the values of its parameters, in order.
///
/// # Errors
/// [`Error::InvalidRequest`] for a wrong number of values, or for a value that some reader of the
/// URL would not take for one segment.
pub(super) fn url(base: &Url, operation: OperationId, values: &[&str]) -> Result<Url, Error> {
    let refuse = |problem| Error::InvalidRequest { operation, problem };
    let template = operation.path();
    let mut path = base.path().trim_end_matches('/').to_owned();
    let mut remaining = values.iter();
    for part in template.split('/').skip(1) {
        path.push('/');
        let parameter = part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'));
        let Some(name) = parameter else {
            path += part;
            continue;
        };
        let value = remaining
            .next()
            .ok_or_else(|| refuse(wrong_number(template, values)))?;
        if let Some(problem) = problem(value) {
            return Err(refuse(format!("{name} {problem}")));
        }
        path.extend(utf8_percent_encode(value, ENCODED));
    }
    if remaining.next().is_some() {
        return Err(refuse(wrong_number(template, values)));
    }
    let mut url = base.clone();
    url.set_path(&path);
    if url.path() == path {
        Ok(url)
    } else {
        Err(refuse(format!(
            "the path of {template} would be another one"
        )))
    }
}

fn wrong_number(template: &str, values: &[&str]) -> String {
    let given = values.len();
    format!("{template} takes another number of parameters than the {given} given")
}

/// Why a value is not one path segment, in any layer of encoding.
fn problem(value: &str) -> Option<&'static str> {
    let mut value = Cow::Borrowed(value);
    for _ in 0..=MOST_ENCODINGS {
        // Servers that know segment parameters read `..;v=1` as `..`, Windows reads `.. ` so.
        let name = value.split(';').next().unwrap_or_default();
        if value.is_empty() {
            return Some("is empty; give it an id");
        }
        if name.trim_matches(['.', ' ']).is_empty() {
            return Some("is a step within the path, not an id");
        }
        if value.contains(['/', '\\']) {
            return Some("has a slash or a backslash, which would make two segments of it");
        }
        if value.contains(char::is_control) {
            return Some("has a control character, which no id has");
        }
        let decoded = percent_decode_str(&value).decode_utf8_lossy();
        if decoded == value {
            return None;
        }
        value = decoded.into_owned().into();
    }
    Some("is percent-encoded again and again; give it as it is")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_one_segment_or_refused() {
        let base = Url::parse("https://api.kaiza.la/proxy/v1").unwrap();
        let table = [
            ("ours@2", Ok("ours@2")),
            ("...a", Ok("...a")),
            ("a b?c#d", Ok("a%20b%3Fc%23d")),
            ("%41", Ok("%2541")),
            ("群", Ok("%E7%BE%A4")),
            ("", Err("is empty")),
            (".", Err("is a step")),
            ("..", Err("is a step")),
            (" .. ", Err("is a step")),
            ("..;v=1", Err("is a step")),
            (";", Err("is a step")),
            ("%2e.", Err("is a step")),
            ("%252E%252e", Err("is a step")),
            ("a/b", Err("has a slash")),
            ("a%2fb", Err("has a slash")),
            (r"a\..\b", Err("has a slash")),
            ("a%255Cb", Err("has a slash")),
            ("a\tb", Err("has a control")),
            ("a%0d%0ab", Err("has a control")),
            ("a%2525252525", Err("is percent-encoded")),
        ];
        for (value, expected) in table {
            let url = url(&base, OperationId::ListActions, &[value]);
            match (url, expected) {
                (Ok(url), Ok(segment)) => {
                    let expected = format!("/proxy/v1/groups/{segment}/actions");
                    assert_eq!(url.path(), expected);
                    assert_eq!((url.query(), url.fragment()), (None, None), "{value:?}");
                }
                (Err(error), Err(problem)) => {
                    let start = format!("listActions: not sent: groupId {problem}");
                    assert!(error.to_string().starts_with(&start), "{value:?}: {error}");
                }
                (other, _) => panic!("{value:?}: {other:?}"),
            }
        }
    }
}
