//! Reads an entry of an HTTP archive, version 1.2
//! (<http://www.softwareishard.com/blog/har-12-spec/>).

use std::borrow::Cow;

use kaizala_actions::{
    json::{Data, Node, Number},
    lint::{
        Part,
        recorded::{Body, Malformed, Recorded, Spot, document, member},
    },
};

const HELP: &str =
    "an entry of an HTTP archive has `request` and `response` with what HAR 1.2 wants in them";

/// Reads an item of `log.entries`.
///
/// # Errors
/// A [`Malformed`] where it is no entry.
pub fn read(text: &[u8]) -> Result<Recorded<'static>, Malformed> {
    let mut scratch = Vec::new();
    let (tree, deviations) = document(text, &mut scratch)?;
    let root = tree.root();
    match deviations.into_iter().next() {
        Some(malformed) => Err(malformed),
        None => Recorded::of(root, member(root, "response"), HELP, body),
    }
}

/// The text in a member of a message; none where the archive does not have it though there was one,
/// or may have been.
fn body(message: Node<'_>, part: Part) -> Result<Body<'static>, Malformed> {
    let (held, size) = if part.is_request() {
        (member(message, "postData"), member(message, "bodySize"))
    } else {
        let held = member(message, "content");
        (held, member(held.unwrap_or(message), "size"))
    };
    let Some(text) = held.and_then(|holder| member(holder, "text")) else {
        let is_empty =
            size.is_some_and(|size| matches!(size.data(), Data::Number(Number::Integer(0))));
        return Ok((
            is_empty.then_some(Cow::Borrowed(&[])),
            Spot::of(held.unwrap_or(message).anchor()),
        ));
    };
    let malformed = |problem, help| Malformed::new(text.anchor(), problem, help);
    let Some(body) = text.as_str() else {
        return Err(malformed("`text` is no text", HELP));
    };
    let mut bytes = body.as_bytes().to_vec();
    let encoding = held.and_then(|holder| member(holder, "encoding")?.as_str());
    if encoding.is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64")) {
        bytes.retain(|byte| !byte.is_ascii_whitespace());
        bytes = data_encoding::BASE64
            .decode(&bytes)
            .map_err(|_| malformed("`text` is no base64, as `encoding` says", "record it again"))?;
    }
    Ok((Some(bytes.into()), Spot::of(text.anchor())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(post_data: &str, content: &str) -> [Option<String>; 2] {
        let text = format!(
            r#"{{"request":{{"method":"POST","url":"/","headers":[],"bodySize":-1{post_data}}},"response":{{"status":200,"headers":[],"content":{content}}}}}"#
        );
        let exchange = read(text.as_bytes()).expect("an entry").exchange;
        let text = |body: Option<Cow<'static, [u8]>>| {
            body.map(|body| String::from_utf8_lossy(&body).into_owned())
        };
        [
            text(exchange.request.body),
            text(exchange.response.and_then(|response| response.body)),
        ]
    }

    #[test]
    fn a_body_is_there_or_was_none_or_is_not_known() {
        let some = |text: &str| Some(text.to_owned());
        let table = [
            (
                r#","postData":{"mimeType":"","text":"{}"}"#,
                r#"{"size":2,"text":"[]"}"#,
                [some("{}"), some("[]")],
            ),
            ("", r#"{"size":9}"#, [None, None]),
            (r#","bodySize":0"#, r#"{"size":0}"#, [some(""), some("")]),
            (
                r#","postData":{"params":[]}"#,
                r#"{"size":2,"text":"e30=","encoding":"base64"}"#,
                [None, some("{}")],
            ),
        ];
        for (post_data, content, expected) in table {
            assert_eq!(
                bodies(post_data, content),
                expected,
                "{post_data} {content}"
            );
        }
    }

    #[test]
    fn status_0_is_no_response() {
        let text = br#"{"request":{"method":"GET","url":"/"},"response":{"status":0}}"#;
        assert_eq!(read(text).expect("an entry").exchange.response, None);
        assert!(read(b"").is_err() && read(b"{}").is_err());
    }
}
