//! Judges header fields.

use super::{
    message::{Headers, Request, Response},
    value,
};
use crate::json::Span;
use crate::{
    contract::{Content, Contract, DeclaredResponse, Operation},
    lint::{
        finding::Sink,
        pointer::Pointer,
        rules::{
            bearer_token, conflicting_tokens, missing_header, missing_token, wrong_content_type,
        },
        settings::Settings,
    },
    mask,
};

const CONTENT_TYPE: &str = "content-type";

/// Whether a body is judged as JSON: unless its media type says otherwise and it does not look like
/// JSON.
pub(super) fn is_json(headers: &Headers<'_>, body: &[u8]) -> bool {
    let is_other = headers.get(CONTENT_TYPE).is_some_and(|value| {
        let last = essence(value).as_bytes().last_chunk::<4>();
        !last.is_some_and(|last| last.eq_ignore_ascii_case(b"json"))
    });
    !is_other || matches!(body.trim_ascii_start(), [b'{' | b'[', ..])
}

fn pointer(name: &str) -> Pointer<'static> {
    Pointer::of(["header", name])
}

/// The media type without its parameters.
fn essence(value: &str) -> &str {
    value.split(';').next().unwrap_or_default().trim()
}

/// One line `name: value` for each field.
pub(super) struct Lines<'h> {
    /// The same text without secrets.
    pub text: String,
    fields: Vec<Field<'h>>,
    /// Whether the record may lack some.
    is_partial: bool,
}

struct Field<'h> {
    name: &'h str,
    value: &'h str,
    /// The locations of name and value in the text.
    key: Span,
    place: Span,
}

impl<'h> Lines<'h> {
    /// Reports what is wrong with the header fields of a request.
    pub fn request(
        &self,
        contract: &Contract,
        operation: &Operation,
        request: &Request<'_>,
        sink: &mut Sink,
    ) {
        self.token(&contract.token_header, sink);
        // A body that is not in the record was sent with the declared media type.
        let unrecorded = self.find(CONTENT_TYPE).map(|_| &b"?"[..]);
        let body = request.body.as_deref().or(unrecorded);
        self.content_type(operation.request.as_ref(), body, sink);
    }

    /// Reports what is wrong with the header fields of a response, given what the contract declares
    /// for its status.
    pub fn response(&self, declared: &DeclaredResponse, response: &Response<'_>, sink: &mut Sink) {
        for header in &declared.headers {
            let at = || pointer(&header.name);
            match self.find(&header.name) {
                Some(field) if !field.value.is_empty() => {
                    let (place, settings) = (field.place.clone(), Settings::default());
                    value::judge(header, field.value, place, &at(), &settings, sink);
                }
                None if self.is_partial => {}
                _ => {
                    let end = self.end();
                    sink.push(missing_header::finding(header, response.status, end, at()));
                }
            }
        }
        self.content_type(declared.content.as_ref(), response.body.as_deref(), sink);
    }

    pub fn of(headers: &'h Headers<'_>) -> Self {
        let size = |(name, value): (&str, &str)| name.len() + value.len() + ": \n".len();
        let mut lines = Self {
            text: String::with_capacity(headers.iter().map(size).sum()),
            fields: Vec::with_capacity(headers.iter().count()),
            is_partial: headers.is_partial(),
        };
        for (name, value) in headers.iter() {
            if !lines.text.is_empty() {
                lines.text.push('\n');
            }
            let key = lines.append(name);
            lines.text.push_str(": ");
            let place = lines.append(mask::field(name, value).trim());
            lines.fields.push(Field {
                name,
                value: value.trim(),
                key,
                place,
            });
        }
        lines
    }

    fn append(&mut self, text: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    fn find(&self, name: &str) -> Option<&Field<'h>> {
        self.all(name).next()
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &Field<'h>> {
        let fields = self.fields.iter();
        fields.filter(move |field| field.name.eq_ignore_ascii_case(name))
    }

    fn end(&self) -> Span {
        self.text.len()..self.text.len()
    }

    /// D-28.
    fn token(&self, token: &str, sink: &mut Sink) {
        let at = || pointer(token);
        let mut tokens = self.all(token);
        if let Some(first) = tokens.next()
            && let Some(other) = tokens.find(|other| other.value != first.value)
        {
            sink.push(conflicting_tokens::finding(token, other.key.clone(), at()));
        }
        sink.push(match (self.find(token), self.find("authorization")) {
            (Some(Field { key, value: "", .. }), _) => {
                missing_token::finding(token, "is empty", key.clone(), at())
            }
            (Some(Field { value, place, .. }), _) => {
                let Some(scheme) = mask::scheme(value) else {
                    return;
                };
                bearer_token::before(scheme, token, place.start..place.start + scheme.len(), at())
            }
            (None, Some(other)) => {
                bearer_token::instead(token, other.key.clone(), pointer("Authorization"))
            }
            (None, None) if self.is_partial => return,
            (None, None) => missing_token::finding(token, "is missing", self.end(), at()),
        });
    }

    /// The contract's media types for a message with this body, if it declares one.
    fn content_type(&self, declared: Option<&Content>, body: Option<&[u8]>, sink: &mut Sink) {
        let (Some(content), Some([_, ..])) = (declared, body) else {
            return;
        };
        let field = self.find(CONTENT_TYPE);
        if field.is_none() && self.is_partial {
            return;
        }
        let given = field
            .map(|field| field.value)
            .filter(|value| !value.is_empty());
        let is_declared = |value: &str| {
            let mut types = content.media_types.iter();
            types.any(|declared| declared.eq_ignore_ascii_case(essence(value)))
        };
        if !given.is_some_and(is_declared) {
            let place = field.map_or_else(|| self.end(), |field| field.place.clone());
            let at = pointer(CONTENT_TYPE);
            sink.push(wrong_content_type::finding(given, content, place, at));
        }
    }
}
