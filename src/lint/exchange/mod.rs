//! Exchanges: a request and its response, judged as a whole.

mod emptied;
mod headers;
mod line;
pub mod recorded;
mod secret;

use std::{borrow::Cow, fmt};

use super::{Linter, Part, Report, finding::Sink, rules};
use crate::{body::BodyKind, contract::Operation};
use line::Line;
use recorded::{Malformed, Recorded};
use secret::redacted;

/// How much of a record that is too long is shown.
const SHOWN: usize = 256;

/// A request and its response, as they were recorded.
///
/// ```
/// use kaizala_actions::lint::{Exchange, Linter, Request};
///
/// let url = "https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=audio";
/// let exchange = Exchange::new(Request::new("GET", url).header("accessToken", "a secret"));
/// let report = Linter::new().lint_exchange(&exchange);
/// assert_eq!(report.operation, Some("listActions"));
///
/// let findings: Vec<_> = report.parts.iter().flat_map(|part| &part.report.findings).map(ToString::to_string).collect();
/// assert_eq!(
///     findings,
///     ["1:94: error[KZ201] unsupported-method: GET of Audio (Audio Attachment) is not supported (/query/actionType)"],
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exchange<'e> {
    /// What was asked.
    pub request: Request<'e>,
    /// What was answered; none if nothing was, or it was not recorded.
    pub response: Option<Response<'e>>,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request<'e> {
    /// In capitals, as in `GET`.
    pub method: Cow<'e, str>,
    /// Absolute, or from its path on.
    pub url: Cow<'e, str>,
    /// The header fields.
    pub headers: Headers<'e>,
    /// The body: empty if there was none, and none if it was not recorded.
    pub body: Option<Cow<'e, [u8]>>,
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response<'e> {
    /// The status code.
    pub status: u16,
    /// The header fields.
    pub headers: Headers<'e>,
    /// The body: empty if there was none, and none if it was not recorded.
    pub body: Option<Cow<'e, [u8]>>,
}

/// Header fields. Their `Debug` shows no token.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers<'e>(Vec<(Cow<'e, str>, Cow<'e, str>)>);

/// What the linter says of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExchangeReport<'e> {
    /// The `operationId` of the operation that was called.
    pub operation: Option<&'static str>,
    /// What is said of each part, in the order of [`Part`].
    pub parts: Vec<PartReport<'e>>,
}

/// What the linter says of one part of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartReport<'e> {
    /// Which part; none for the record as a whole, where it is no exchange.
    pub part: Option<Part>,
    /// What was judged, which the places in the report are of: a body as it was recorded, and of
    /// the others the lines of HTTP/1.1 (`GET https://…`, `name: value`, the status alone). The
    /// access token and its like are masked.
    pub text: Cow<'e, [u8]>,
    /// The findings. Their pointers begin with `/method`, `/path`, `/query`, `/header` or
    /// `/status`, save those of bodies.
    pub report: Report,
}

impl<'e> Exchange<'e> {
    /// An exchange without a response.
    #[must_use]
    pub fn new(request: Request<'e>) -> Self {
        Self {
            request,
            response: None,
        }
    }

    /// Adds the response.
    #[must_use]
    pub fn response(mut self, response: Response<'e>) -> Self {
        self.response = Some(response);
        self
    }
}

impl<'e> Request<'e> {
    /// A request without header fields and body.
    #[must_use]
    pub fn new(method: impl Into<Cow<'e, str>>, url: impl Into<Cow<'e, str>>) -> Self {
        Self {
            method: method.into(),
            url: url.into(),
            headers: Headers::default(),
            body: Some(Cow::Borrowed(&[])),
        }
    }

    /// Adds a header field.
    #[must_use]
    pub fn header(mut self, name: impl Into<Cow<'e, str>>, value: impl Into<Cow<'e, str>>) -> Self {
        self.headers.add(name, value);
        self
    }

    /// Adds the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Cow<'e, [u8]>>) -> Self {
        self.body = Some(body.into());
        self
    }
}

impl<'e> Response<'e> {
    /// A response without header fields and body.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Headers::default(),
            body: Some(Cow::Borrowed(&[])),
        }
    }

    /// Adds a header field.
    #[must_use]
    pub fn header(mut self, name: impl Into<Cow<'e, str>>, value: impl Into<Cow<'e, str>>) -> Self {
        self.headers.add(name, value);
        self
    }

    /// Adds the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Cow<'e, [u8]>>) -> Self {
        self.body = Some(body.into());
        self
    }
}

impl<'e> Headers<'e> {
    /// Adds a field.
    pub fn add(&mut self, name: impl Into<Cow<'e, str>>, value: impl Into<Cow<'e, str>>) {
        self.0.push((name.into(), value.into()));
    }

    /// The fields, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }

    /// The value of the first field of this name, in any case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(
                self.iter()
                    .map(|(name, value)| (name, secret::shown(name, value))),
            )
            .finish()
    }
}

impl ExchangeReport<'_> {
    /// Whether the exchange is of another API, and was not judged.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether the contract refuses any part.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.parts.iter().any(|part| part.report.has_errors())
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.parts.iter().all(|part| part.report.is_clean())
    }
}

impl Linter {
    /// Judges an exchange: the method and the URL, the header fields, the bodies and the status.
    /// One whose path is none of the contract, on whatever host, is foreign and not judged.
    #[must_use]
    pub fn lint_exchange<'e>(&self, exchange: &'e Exchange<'_>) -> ExchangeReport<'e> {
        let foreign = ExchangeReport {
            operation: None,
            parts: Vec::new(),
        };
        let Exchange { request, response } = exchange;
        // A browser asks with OPTIONS before it dares to call.
        if request.method == "OPTIONS" {
            return foreign;
        }
        let Some(line) = Line::read(self.contract, &request.method, &request.url) else {
            return foreign;
        };
        let mut parts = Parts {
            linter: self,
            parts: Vec::new(),
        };
        let mut sink = Sink::default();
        let operation = line.judge(self.contract, &self.settings, &mut sink);
        parts.add(Part::RequestLine, line.text.into_bytes(), sink);
        let Some(operation) = operation else {
            return ExchangeReport {
                operation: None,
                parts: parts.parts,
            };
        };
        parts.request(operation, request);
        if let Some(response) = response {
            parts.response(operation, response);
        }
        let mut parts = parts.parts;
        secret::remove(exchange, &mut parts);
        ExchangeReport {
            operation: Some(operation.id()),
            parts,
        }
    }

    /// Judges an exchange that is recorded as JSON, as
    /// `{"request": {"method", "url", "headers", "body"}, "response": {"status", "headers", "body"}}`,
    /// where all but `request`, `method` and `url` can be left out. Header fields are an object of
    /// names and values, or a list of `{"name", "value"}`; a body is JSON as it is, or a string
    /// with its text.
    ///
    /// ```
    /// use kaizala_actions::lint::{Linter, Part};
    ///
    /// let line = br#"{"request": {"method": "POST", "url": "/v1/groups/ours/actions", "headers": {"accessToken": "a secret"}}}"#;
    /// let report = Linter::new().lint_exchange_json(line);
    /// let wrong = report.parts.iter().find(|part| !part.report.is_clean()).unwrap();
    /// assert_eq!(wrong.part, Some(Part::RequestBody));
    /// assert_eq!(wrong.report.to_string(), "1:1: error[KZ611] missing-body: the request has no body");
    /// ```
    #[must_use]
    pub fn lint_exchange_json(&self, text: &[u8]) -> ExchangeReport<'static> {
        match Recorded::read(text) {
            Ok(recorded) => self.lint_exchange(&recorded.exchange).into_owned(),
            Err(malformed) => {
                let (text, report) = self.lint_malformed(text, malformed);
                ExchangeReport {
                    operation: None,
                    parts: vec![PartReport {
                        part: None,
                        text: text.into(),
                        report,
                    }],
                }
            }
        }
    }

    /// What is said of a record that is no exchange, and the record without all that could be
    /// secret.
    pub fn lint_malformed(&self, text: &[u8], malformed: Malformed) -> (Vec<u8>, Report) {
        let mut sink = Sink::default();
        let text = redacted(text);
        sink.add(rules::invalid_exchange::finding(&text, malformed));
        let report = self.weigh(sink, None, true, &text);
        (text, report)
    }

    /// Whether a URL is of another API, whatever the method.
    pub fn is_foreign(&self, url: &str) -> bool {
        Line::read(self.contract, "GET", url).is_none()
    }

    /// What is said of a record of more than so many bytes, and its beginning, as above.
    pub fn lint_cut(&self, text: &[u8], most: usize) -> (Vec<u8>, Report) {
        let mut sink = Sink::default();
        let text = redacted(&text[..text.len().min(SHOWN)]);
        sink.add(rules::record_too_long::finding(most));
        let report = self.weigh(sink, None, true, &text);
        (text, report)
    }
}

impl ExchangeReport<'_> {
    fn into_owned(self) -> ExchangeReport<'static> {
        let owned = |PartReport { part, text, report }| PartReport {
            part,
            text: Cow::Owned(text.into_owned()),
            report,
        };
        ExchangeReport {
            operation: self.operation,
            parts: self.parts.into_iter().map(owned).collect(),
        }
    }
}

/// The parts that were judged.
struct Parts<'l, 'e> {
    linter: &'l Linter,
    parts: Vec<PartReport<'e>>,
}

impl<'e> Parts<'_, 'e> {
    fn add(&mut self, part: Part, text: Vec<u8>, sink: Sink) {
        let report = self.linter.weigh(sink, None, part.is_request(), &text);
        self.parts.push(PartReport {
            part: Some(part),
            text: text.into(),
            report,
        });
    }

    fn body(&mut self, part: Part, kind: BodyKind, text: &'e [u8]) {
        let report = self.linter.lint(kind, text);
        self.parts.push(PartReport {
            part: Some(part),
            text: text.into(),
            report,
        });
    }

    fn no_body(&mut self, part: Part, kind: BodyKind, message: &str) {
        let mut sink = Sink::default();
        sink.add(rules::missing_body::finding(kind, message));
        self.add(part, Vec::new(), sink);
    }

    fn request(&mut self, operation: &Operation, request: &'e Request<'_>) {
        let body = request.body.as_deref();
        let (text, sink) = headers::request(self.linter.contract, operation, request);
        self.add(Part::RequestHeaders, text, sink);
        match (operation.body(true), body, &operation.request) {
            (Some(kind), Some([]), Some(content)) if content.required => {
                self.no_body(Part::RequestBody, kind, "the request has no body")
            }
            (Some(kind), Some(body @ [_, ..]), _) if headers::is_json(&request.headers, body) => {
                self.body(Part::RequestBody, kind, body)
            }
            _ => {}
        }
    }

    fn response(&mut self, operation: &Operation, response: &'e Response<'_>) {
        let Response {
            status,
            headers,
            body,
        } = response;
        let declared = operation.response(*status);
        let mut sink = Sink::default();
        if declared.is_none() {
            sink.add(rules::undocumented_status::finding(*status, operation));
        }
        self.add(Part::ResponseStatus, status.to_string().into_bytes(), sink);
        let (text, sink) = headers::response(declared, response);
        self.add(Part::ResponseHeaders, text, sink);
        let success = (200..300).contains(status);
        let kind = match declared {
            _ if success => operation.body(false),
            Some(declared) if declared.content.is_some() => BodyKind::ALL
                .iter()
                .copied()
                .find(|kind| kind.operation_id().is_none()),
            _ => None,
        };
        match (kind, body.as_deref()) {
            (Some(kind), Some([])) if success => {
                self.no_body(Part::ResponseBody, kind, "the response has no body")
            }
            (Some(kind), Some(body @ [_, ..])) if headers::is_json(headers, body) => {
                self.body(Part::ResponseBody, kind, body)
            }
            _ => {}
        }
    }
}
