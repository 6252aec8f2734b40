//! Judges header fields.

use std::cell::OnceCell;

use super::{
    message::{Headers, Request, Response},
    value,
};
use crate::{
    contract::{Content, Contract, DeclaredResponse, Operation},
    json::Span,
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
    headers: &'h Headers<'h>,
    /// Made once it is needed: most fields have no finding.
    layout: OnceCell<Layout>,
}

/// The lines as they are shown.
struct Layout {
    /// All lines, without secrets.
    text: String,
    /// The locations of the name and the value of each field.
    places: Vec<(Span, Span)>,
}

#[derive(Clone, Copy)]
struct Field<'h> {
    value: &'h str,
    index: usize,
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
                    let (place, settings) = (self.place(field), Settings::default());
                    value::judge(header, field.value, place, &at(), &settings, sink);
                }
                None if self.headers.is_partial() => {}
                _ => {
                    let end = self.end();
                    sink.push(missing_header::finding(header, response.status, end, at()));
                }
            }
        }
        self.content_type(declared.content.as_ref(), response.body.as_deref(), sink);
    }

    pub fn of(headers: &'h Headers<'h>) -> Self {
        Self {
            headers,
            layout: OnceCell::new(),
        }
    }

    /// The text that findings are located in.
    pub fn into_text(self) -> String {
        let layout = self.layout.into_inner();
        layout.unwrap_or_else(|| Layout::of(self.headers)).text
    }

    fn layout(&self) -> &Layout {
        self.layout.get_or_init(|| Layout::of(self.headers))
    }

    /// The location of the name of a field.
    fn key(&self, field: Field<'_>) -> Span {
        self.layout().places[field.index].0.clone()
    }

    /// The location of the value of a field.
    fn place(&self, field: Field<'_>) -> Span {
        self.layout().places[field.index].1.clone()
    }

    fn end(&self) -> Span {
        let end = self.layout().text.len();
        end..end
    }

    fn find(&self, name: &str) -> Option<Field<'h>> {
        self.all(name).next()
    }

    fn all(&self, name: &str) -> impl Iterator<Item = Field<'h>> {
        let fields = self.headers.iter().enumerate();
        let fields = fields.filter(move |(_, (other, _))| other.eq_ignore_ascii_case(name));
        fields.map(|(index, (_, value))| Field {
            value: value.trim(),
            index,
        })
    }

    /// D-28.
    fn token(&self, token: &str, sink: &mut Sink) {
        let at = || pointer(token);
        let mut tokens = self.all(token);
        if let Some(first) = tokens.next()
            && let Some(other) = tokens.find(|other| other.value != first.value)
        {
            sink.push(conflicting_tokens::finding(token, self.key(other), at()));
        }
        sink.push(match (self.find(token), self.find("authorization")) {
            (Some(field @ Field { value: "", .. }), _) => {
                missing_token::finding(token, "is empty", self.key(field), at())
            }
            (Some(field), _) => {
                let Some(scheme) = mask::scheme(field.value) else {
                    return;
                };
                let start = self.place(field).start;
                bearer_token::before(scheme, token, start..start + scheme.len(), at())
            }
            (None, Some(other)) => {
                bearer_token::instead(token, self.key(other), pointer("Authorization"))
            }
            (None, None) if self.headers.is_partial() => return,
            (None, None) => missing_token::finding(token, "is missing", self.end(), at()),
        });
    }

    /// The contract's media types for a message with this body, if it declares one.
    fn content_type(&self, declared: Option<&Content>, body: Option<&[u8]>, sink: &mut Sink) {
        let (Some(content), Some([_, ..])) = (declared, body) else {
            return;
        };
        let field = self.find(CONTENT_TYPE);
        if field.is_none() && self.headers.is_partial() {
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
            let place = field.map_or_else(|| self.end(), |field| self.place(field));
            let at = pointer(CONTENT_TYPE);
            sink.push(wrong_content_type::finding(given, content, place, at));
        }
    }
}

impl Layout {
    fn of(headers: &Headers<'_>) -> Self {
        let size = |(name, value): (&str, &str)| name.len() + value.len() + ": \n".len();
        let mut layout = Self {
            text: String::with_capacity(headers.iter().map(size).sum()),
            places: Vec::with_capacity(headers.iter().count()),
        };
        for (name, value) in headers.iter() {
            if !layout.text.is_empty() {
                layout.text.push('\n');
            }
            let key = layout.append(name);
            layout.text.push_str(": ");
            let place = layout.append(mask::field(name, value).trim());
            layout.places.push((key, place));
        }
        layout
    }

    fn append(&mut self, text: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }
}
