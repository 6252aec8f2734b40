//! Reads an entry of an HTTP archive, version 1.2
//! (<http://www.softwareishard.com/blog/har-12-spec/>).

use std::borrow::Cow;

use kaizala_actions::{
    json::{Data, Node, Number},
    lint::{
        Exchange, Headers, Part,
        recorded::{
            Body, Malformed, Recorded, Spot, document, headers, line, member, object, status,
        },
    },
};

const HELP: &str =
    "an entry of an HTTP archive has `request` and `response` with what HAR 1.2 wants in them";

/// Reads an item of `log.entries`.
///
/// # Errors
/// A [`Malformed`] where it is no entry.
pub fn read(text: &[u8]) -> Result<Recorded<'static>, Malformed> {
    if text.is_empty() {
        return Err(Malformed::new(
            0..0,
            "the archive ends before `log.entries` does",
            "record it again, or complete it: it seems to be cut",
        ));
    }
    let mut scratch = Vec::new();
    let (root, deviations) = document(text, &mut scratch)?;
    if let Some((span, problem, help)) = deviations.into_iter().next() {
        return Err(Malformed::new(span, problem, help));
    }
    let mut spots: [Spot; Part::ALL.len()] = Default::default();
    let asked = object(&root, "request", HELP)?;
    let mut request = line(asked, &mut spots, HELP)?;
    (request.headers, spots[Part::RequestHeaders as usize]) = fields(asked)?;
    (request.body, spots[Part::RequestBody as usize]) = body(asked, "postData", "bodySize", asked)?;
    let mut exchange = Exchange::new(request);
    if let Some(answered) = member(&root, "response")
        && let Some(mut response) = status(answered, &mut spots, HELP)?
    {
        (response.headers, spots[Part::ResponseHeaders as usize]) = fields(answered)?;
        (response.body, spots[Part::ResponseBody as usize]) = body(
            answered,
            "content",
            "size",
            member(answered, "content").unwrap_or(answered),
        )?;
        exchange = exchange.response(response);
    }
    Ok(Recorded { exchange, spots })
}

fn fields(node: &Node) -> Result<(Headers<'static>, Spot), Malformed> {
    match member(node, "headers") {
        Some(inner) => Ok((
            headers(inner)?,
            Spot {
                span: inner.anchor(),
                verbatim: false,
            },
        )),
        None => Ok((
            Headers::default(),
            Spot {
                span: node.anchor(),
                verbatim: false,
            },
        )),
    }
}

/// The text in a member of a message; none where the archive does not have it though there was one,
/// or may have been.
fn body(node: &Node, holder: &str, size: &str, sized: &Node) -> Result<Body<'static>, Malformed> {
    let spot = |node: &Node| Spot {
        span: node.anchor(),
        verbatim: false,
    };
    let held = member(node, holder);
    let Some(text) = held.and_then(|holder| member(holder, "text")) else {
        let is_empty = member(sized, size)
            .is_some_and(|size| matches!(size.data, Data::Number(Number::Integer(0))));
        return Ok((
            is_empty.then_some(Cow::Borrowed(&[])),
            spot(held.unwrap_or(node)),
        ));
    };
    let Some(body) = text.as_str() else {
        return Err(Malformed::new(text.anchor(), "`text` is no text", HELP));
    };
    let encoding = held
        .and_then(|holder| member(holder, "encoding"))
        .and_then(Node::as_str)
        .unwrap_or_default();
    let bytes = if encoding.eq_ignore_ascii_case("base64") {
        let encoded: Vec<u8> = body
            .bytes()
            .filter(|byte| !byte.is_ascii_whitespace())
            .collect();
        data_encoding::BASE64.decode(&encoded).map_err(|_| {
            Malformed::new(
                text.anchor(),
                "`text` is no base64, as `encoding` says",
                "record it again",
            )
        })?
    } else {
        body.as_bytes().to_vec()
    };
    Ok((Some(bytes.into()), spot(text)))
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
