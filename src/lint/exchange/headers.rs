//! The header fields.

use super::{
    message::{Headers, Request, Response},
    value,
};
use crate::json::Span;
use crate::{
    contract::{self, Content, Contract, Operation},
    lint::{
        finding::Sink,
        pointer::Pointer,
        rules::{bearer_token, missing_header, missing_token, wrong_content_type},
        settings::Settings,
    },
    mask::secret,
};

const CONTENT_TYPE: &str = "content-type";

/// The fields as lines, without secrets, and what is wrong with those of a request.
pub(super) fn request(
    contract: &Contract,
    operation: &Operation,
    request: &Request<'_>,
) -> (Vec<u8>, Sink) {
    let lines = Lines::of(&request.headers);
    let mut sink = Sink::default();
    lines.token(&contract.token_header, &request.headers, &mut sink);
    let has_body = request.body.as_deref().is_some_and(|body| !body.is_empty());
    if let Some(content) = operation.request.as_ref().filter(|_| has_body) {
        lines.content_type(content, &request.headers, &mut sink);
    }
    (lines.text.into_bytes(), sink)
}

/// The same of a response, of whose status the contract says so much.
pub(super) fn response(
    declared: Option<&contract::DeclaredResponse>,
    response: &Response<'_>,
) -> (Vec<u8>, Sink) {
    let lines = Lines::of(&response.headers);
    let mut sink = Sink::default();
    let Some(declared) = declared else {
        return (lines.text.into_bytes(), sink);
    };
    for header in &declared.headers {
        let at = pointer(&header.name);
        match (lines.find(&header.name), response.headers.get(&header.name)) {
            (Some((_, place)), Some(value)) if !value.trim().is_empty() => {
                value::judge(
                    header,
                    value.trim(),
                    place,
                    &at,
                    &Settings::default(),
                    &mut sink,
                );
            }
            _ => sink.add(missing_header::finding(
                header,
                response.status,
                lines.end(),
                at,
            )),
        }
    }
    let has_body = response
        .body
        .as_deref()
        .is_some_and(|body| !body.is_empty());
    if let Some(content) = declared.content.as_ref().filter(|_| has_body) {
        lines.content_type(content, &response.headers, &mut sink);
    }
    (lines.text.into_bytes(), sink)
}

/// Whether a body can be held to JSON: unless it says that it is something else, and looks it.
pub(super) fn is_json(headers: &Headers<'_>, body: &[u8]) -> bool {
    let other = headers
        .get(CONTENT_TYPE)
        .is_some_and(|value| !essence(value).to_ascii_lowercase().ends_with("json"));
    !other || body.trim_ascii_start().starts_with(b"{") || body.trim_ascii_start().starts_with(b"[")
}

fn pointer(name: &str) -> Pointer<'static> {
    Pointer::of(["header", name])
}

/// The media type without its parameters.
fn essence(value: &str) -> &str {
    value.split(';').next().unwrap_or_default().trim()
}

/// `name: value`, a line each.
struct Lines {
    text: String,
    /// The places of names and values.
    fields: Vec<(Span, Span)>,
}

impl Lines {
    fn of(headers: &Headers<'_>) -> Self {
        let mut lines = Self {
            text: String::new(),
            fields: Vec::new(),
        };
        for (name, value) in headers.iter() {
            if !lines.text.is_empty() {
                lines.text.push('\n');
            }
            let start = lines.text.len();
            lines.text.push_str(name);
            let key = start..lines.text.len();
            lines.text.push_str(": ");
            let start = lines.text.len();
            lines.text.push_str(secret::shown(name, value).trim());
            lines.fields.push((key, start..lines.text.len()));
        }
        lines
    }

    fn find(&self, name: &str) -> Option<(Span, Span)> {
        self.fields
            .iter()
            .find(|(key, _)| self.text[key.clone()].eq_ignore_ascii_case(name))
            .cloned()
    }

    fn end(&self) -> Span {
        self.text.len()..self.text.len()
    }

    /// D-28.
    fn token(&self, token: &str, headers: &Headers<'_>, sink: &mut Sink) {
        let at = pointer(token);
        match (
            self.find(token),
            headers.get(token).unwrap_or_default().trim(),
            self.find("authorization"),
        ) {
            (Some((_, place)), value, _) if secret::scheme(value).is_some() => {
                let scheme = secret::scheme(value).unwrap_or_default();
                sink.add(bearer_token::before(
                    scheme,
                    token,
                    place.start..place.start + scheme.len(),
                    at,
                ));
            }
            (Some((key, _)), "", _) => sink.add(missing_token::finding(token, "is empty", key, at)),
            (Some(_), ..) => {}
            (None, _, Some((key, _))) => {
                sink.add(bearer_token::instead(token, key, pointer("Authorization")))
            }
            (None, _, None) => {
                sink.add(missing_token::finding(token, "is missing", self.end(), at))
            }
        }
    }

    fn content_type(&self, content: &Content, headers: &Headers<'_>, sink: &mut Sink) {
        let is_declared = |value: &str| {
            content
                .media_types
                .iter()
                .any(|declared| declared.eq_ignore_ascii_case(essence(value)))
        };
        let given = headers
            .get(CONTENT_TYPE)
            .map(str::trim)
            .filter(|value| !value.is_empty());
        if !given.is_some_and(is_declared) {
            let place = self
                .find(CONTENT_TYPE)
                .map_or_else(|| self.end(), |(_, place)| place);
            sink.add(wrong_content_type::finding(
                given,
                content,
                place,
                pointer(CONTENT_TYPE),
            ));
        }
    }
}
