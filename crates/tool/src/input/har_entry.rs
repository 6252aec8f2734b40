//! Reads an entry of an HTTP archive, version 1.2
//! (<http://www.softwareishard.com/blog/har-12-spec/>): the request and the response with
//! their bodies, decoded if they are in base64.

use std::borrow::Cow;

use kaizala_actions::{
    json::{Data, Node, Number},
    lint::{
        Gap, Part,
        recorded::{Body, Malformed, Recorded, Spot, document, member, no_response},
        truncate,
    },
};

const HELP: &str =
    "an entry of an HTTP archive has `request` and `response` with what HAR 1.2 wants in them";

/// Reads an item of `log.entries`.
///
/// # Errors
/// A [`Malformed`] if it is not an entry.
pub fn read(text: &[u8]) -> Result<Recorded<'static>, Malformed> {
    let mut scratch = Vec::new();
    let (tree, deviations) = document(text, &mut scratch)?;
    let root = tree.root();
    if let Some(malformed) = deviations.into_iter().next() {
        return Err(malformed);
    }
    let answered = member(root, "response").filter(|node| !node.is_null());
    let read = |node: Node<'_>, part, gaps: &mut Vec<_>| Ok(body(node, part, gaps));
    let mut recorded = Recorded::of(root, answered, HELP, read)?;
    if answered.is_none() {
        recorded.exchange.gaps.push(no_response());
    }
    Ok(recorded)
}

/// The text in a member of a message; none where the archive does not have it though there was one,
/// or may have been.
fn body(message: Node<'_>, part: Part, gaps: &mut Vec<Gap>) -> Body<'static> {
    let (holder, size) = if part.is_request() {
        (some(message, "postData"), some(message, "bodySize"))
    } else {
        let content = some(message, "content");
        (content, some(content.unwrap_or(message), "size"))
    };
    let inner = |name| holder.and_then(|holder| some(holder, name));
    let place = Spot::of(holder.unwrap_or(message).anchor());
    let text = inner("text");
    let form = inner("params").map(form).unwrap_or_default();
    if !form.is_empty() && text.is_none_or(|text| text.as_str() == Some("")) {
        return (Some(form.into_bytes().into()), place);
    }
    let Some(text) = text else {
        if let Some(file) = inner("_file").and_then(Node::as_str) {
            let problem = format!(
                "the body is in the file `{}`, which is not read",
                truncate(file, 40)
            );
            let help = "record the archive with its bodies in it, or lint that file with --as";
            gaps.push(Gap::new(part, problem, help));
            return (None, place);
        }
        let is_empty =
            size.is_some_and(|size| matches!(size.data(), Data::Number(Number::Integer(0))));
        return (is_empty.then_some(Cow::Borrowed(&[])), place);
    };
    let place = Spot::of(text.anchor());
    let Some(body) = text.as_str() else {
        // As it was recorded, in JSON.
        return (Some(text.to_value().to_string().into_bytes().into()), place);
    };
    let encoding = inner("encoding").and_then(Node::as_str).unwrap_or_default();
    let mut lies = |problem: String, is_judged: bool| {
        let end = if is_judged {
            "; it is judged as it is"
        } else {
            ""
        };
        gaps.push(Gap::new(part, problem + end, "record it again"));
    };
    if encoding.eq_ignore_ascii_case("base64") {
        let mut bytes = body.as_bytes().to_vec();
        bytes.retain(|byte| !byte.is_ascii_whitespace());
        if let Ok(decoded) = data_encoding::BASE64.decode(&bytes) {
            return (Some(decoded.into()), place);
        }
        let is_text = body.trim_start().starts_with(['{', '[']);
        lies(
            "`text` is not base64, as `encoding` says".to_owned(),
            is_text,
        );
        if !is_text {
            return (None, place);
        }
    } else if !encoding.is_empty() {
        let encoding = truncate(encoding, 40);
        lies(
            format!("`encoding` is `{encoding}`, and HAR has base64 alone"),
            true,
        );
    }
    (Some(body.to_owned().into_bytes().into()), place)
}

/// A member that says something.
fn some<'n>(node: Node<'n>, name: &str) -> Option<Node<'n>> {
    member(node, name).filter(|inner| !inner.is_null())
}

/// A form as it was sent, except that it is not encoded; a name without a value has no equals sign.
fn form(params: Node<'_>) -> String {
    let text = |param: Node<'_>, name| {
        let value = member(param, name).and_then(Node::as_str);
        value.unwrap_or_default().to_owned()
    };
    let fields = params.items().into_iter().flatten().map(|param| {
        let (name, value) = (text(param, "name"), text(param, "value"));
        if value.is_empty() {
            name
        } else {
            format!("{name}={value}")
        }
    });
    fields.collect::<Vec<_>>().join("&")
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
            (
                r#","postData":{"text":"","params":[{"name":"a","value":"1"},{"name":"b"}]}"#,
                r#"{"encoding":"base64","text":"{}"}"#,
                [some("a=1&b"), some("{}")],
            ),
            (
                r#","postData":null"#,
                r#"{"encoding":"base64","text":"<html>"}"#,
                [None, None],
            ),
            (
                r#","postData":{"text":{"a":1}}"#,
                r#"{"encoding":"br","text":"[]"}"#,
                [some(r#"{"a":1}"#), some("[]")],
            ),
            (r#","postData":{"_file":"a.json"}"#, "null", [None, None]),
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
    fn a_response_that_did_not_come_is_missing() {
        for response in [
            r#"{"status":0}"#,
            r#"{"status":-1}"#,
            r#"{"status":null}"#,
            "null",
        ] {
            let text =
                format!(r#"{{"request":{{"method":"GET","url":"/"}},"response":{response}}}"#);
            let exchange = read(text.as_bytes()).expect("an entry").exchange;
            assert_eq!(exchange.response, None);
            assert_eq!(exchange.gaps, [no_response()]);
        }
        assert!(read(b"").is_err() && read(b"{}").is_err());
    }
}
