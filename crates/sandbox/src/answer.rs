//! The sandbox's answers: the result, or a refusal with a status, the contract's error body and the
//! findings.

use hyper::{
    HeaderMap, Method, Response, StatusCode,
    body::Bytes,
    header::{ALLOW, CONNECTION, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, RETRY_AFTER},
};
use kaizala_actions::lint::{Finding, RequestReport, Severity};
use kaizala_actions_http::{PartFinding, codes, refused, rows};
use serde_json::{Value, json};

use super::body::{AnswerBody, Pieces};

/// The header field that lists the rules of the findings on a call that is accepted, whose body is
/// that of the service: a list of RFC 9651, as in `KZ106;name=value-casing;severity=warning;count=2`.
pub(super) const FINDINGS: HeaderName = HeaderName::from_static("sandbox-findings");

/// An answer, before it is sent.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// JSON; empty if the contract declares no body.
    pub body: Bytes,
}

impl Answer {
    /// Status 200.
    pub fn ok(body: &Value) -> Self {
        Self::new(200, body.to_string())
    }

    /// Status 503.
    pub fn unavailable(body: &Value) -> Self {
        Self::new(503, body.to_string())
    }

    fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers: HeaderMap::new(),
            body: body.into(),
        }
    }

    /// A refusal without findings.
    pub fn refusal(status: u16, message: impl Into<String>) -> Box<Self> {
        Self::error(status, &message.into(), &[])
    }

    /// A refusal with all findings about the request, whatever the reason.
    pub fn with_findings(
        status: u16,
        message: impl Into<String>,
        report: &RequestReport<'_>,
    ) -> Box<Self> {
        Self::error(status, &message.into(), &rows(&report.parts))
    }

    /// The same answer, which names the rules that have findings on the request.
    pub fn noting(mut self, report: &RequestReport<'_>) -> Self {
        let mut rules: Vec<(&Finding, usize)> = Vec::new();
        for finding in report.findings() {
            let is_same = |(other, _): &&mut (&Finding, usize)| {
                (other.rule.id, other.severity) == (finding.rule.id, finding.severity)
            };
            match rules.iter_mut().find(is_same) {
                Some((_, count)) => *count += 1,
                None => rules.push((finding, 1)),
            }
        }
        let rules = rules.iter().map(|(Finding { rule, severity, .. }, count)| {
            let (id, name, severity) = (rule.id, rule.name, severity.name());
            format!("{id};name={name};severity={severity};count={count}")
        });
        let rules: Vec<_> = rules.collect();
        if !rules.is_empty() {
            self.set(FINDINGS, &rules.join(", "));
        }
        self
    }

    /// The refusal of a request that has errors, with the message of the error that determines the
    /// status.
    pub fn linted(status: u16, report: &RequestReport<'_>) -> Box<Self> {
        let (_, message) = refused(status, report.findings(), Severity::Error);
        let mut refusal = Self::with_findings(status, message, report);
        if status == 405 {
            refusal.set(ALLOW, &report.methods.join(", "));
        }
        refusal
    }

    /// The contract's error body. `findings` is an addition of the sandbox.
    fn error(status: u16, message: &str, findings: &[PartFinding]) -> Box<Self> {
        let (code, category) = codes(status);
        let mut body = json!({"message": message, "errorCode": code, "errorCategoryKey": category});
        if !findings.is_empty() {
            body["findings"] = json!(findings);
        }
        Box::new(Self::new(status, body.to_string()))
    }

    /// Whether a method is one of these; 405 lists them.
    pub fn only(method: &Method, allowed: &[Method]) -> Result<(), Box<Self>> {
        if allowed.contains(method) {
            return Ok(());
        }
        let names: Vec<_> = allowed.iter().map(Method::as_str).collect();
        let names = names.join(", ");
        let mut refusal = Self::refusal(405, format!("this path knows {names} only"));
        refusal.set(ALLOW, &names);
        Err(refusal)
    }

    pub fn throttled(seconds: u64, message: impl Into<String>) -> Box<Self> {
        let mut refusal = Self::refusal(429, message);
        refusal.headers.insert(RETRY_AFTER, seconds.into());
        refusal
    }

    /// Status 308, which names the new endpoint and has no body (D-27).
    pub fn moved(endpoint: &str) -> Box<Self> {
        let mut refusal = Self::new(308, Bytes::new());
        refusal.set(LOCATION, endpoint);
        Box::new(refusal)
    }

    fn set(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    /// The answer as an HTTP response.
    pub fn into_response(self) -> Response<AnswerBody> {
        let has_body = !self.body.is_empty();
        let mut response = Response::new(AnswerBody::Left(self.body.into()));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        let headers = response.headers_mut();
        if has_body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if matches!(self.status.as_u16(), 408 | 413) {
            // The rest of the request may never end.
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

/// Status 200 with a text that is generated while it is sent.
pub(super) fn streamed(pieces: Pieces) -> Response<AnswerBody> {
    let mut response = Response::new(AnswerBody::Right(pieces));
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}
