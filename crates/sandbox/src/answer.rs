//! What the sandbox answers: what was asked for, or instead of it a status, the contract's error
//! body and the findings.

use http_body_util::Full;
use hyper::{
    HeaderMap, Method, Response, StatusCode,
    body::Bytes,
    header::{ALLOW, CONNECTION, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, RETRY_AFTER},
};
use kaizala_actions::{
    lint::{Finding, JsonFinding, Origin, Part, RequestReport, Severity},
    mask,
};
use serde::Serialize;
use serde_json::Value;

/// The code and the category that go with a cause. The service's own are known for tokens and
/// parameters only (D-27); the others are made after them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cause {
    Token,
    Parameters,
    NotFound,
    /// What was sent is in order, but not for what is there.
    Conflict,
    Method,
    MediaType,
    TooLarge,
    TooSlow,
    Throttled,
    Failed,
}

impl Cause {
    /// The cause of a refusal by the linter, which says the status.
    fn of(status: u16) -> Self {
        match status {
            401 => Self::Token,
            404 => Self::NotFound,
            405 => Self::Method,
            415 => Self::MediaType,
            _ => Self::Parameters,
        }
    }

    /// The status, the code and the category.
    fn codes(self) -> (StatusCode, &'static str, &'static str) {
        use StatusCode as S;
        let (parameters, request) = ("ParameterException", "RequestException");
        match self {
            Self::Token => (S::UNAUTHORIZED, "InvalidToken", "AuthException"),
            Self::Parameters => (S::BAD_REQUEST, "InvalidParameters", parameters),
            Self::NotFound => (S::NOT_FOUND, "NotFound", parameters),
            Self::Conflict => (S::CONFLICT, "Conflict", parameters),
            Self::Method => (S::METHOD_NOT_ALLOWED, "MethodNotAllowed", request),
            Self::MediaType => (S::UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaType", request),
            Self::TooLarge => (S::PAYLOAD_TOO_LARGE, "RequestTooLarge", request),
            Self::TooSlow => (S::REQUEST_TIMEOUT, "RequestTimeout", request),
            Self::Throttled => (
                S::TOO_MANY_REQUESTS,
                "TooManyRequests",
                "ThrottlingException",
            ),
            Self::Failed => (
                S::INTERNAL_SERVER_ERROR,
                "InternalServerError",
                "ServiceException",
            ),
        }
    }
}

/// An answer, before it is put on the wire.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// JSON; empty where the contract declares no body.
    pub body: Bytes,
}

/// The contract's error body. `findings` is the sandbox's own.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorBody<'f> {
    message: String,
    error_code: &'static str,
    error_category_key: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Row<'f>>,
}

/// A finding as `lint --format jsonl` prints it, with the part of the request that it is in.
#[derive(Debug, Serialize)]
struct Row<'f> {
    part: Option<Part>,
    #[serde(flatten)]
    finding: JsonFinding<'f>,
}

impl Answer {
    /// Status 200.
    pub fn ok(body: &Value) -> Self {
        Self::new(StatusCode::OK, body.to_string().into_bytes())
    }

    fn new(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: body.into(),
        }
    }

    /// A refusal without findings.
    pub fn refusal(cause: Cause, message: impl Into<String>) -> Box<Self> {
        Self::error(cause, message.into(), Vec::new())
    }

    /// A refusal with the findings of the request, whatever it is refused for.
    pub fn with_findings(
        cause: Cause,
        message: impl Into<String>,
        report: &RequestReport<'_>,
    ) -> Box<Self> {
        let parts = report.parts.iter();
        let findings: Vec<_> = parts
            .flat_map(|part| {
                let findings = part.report.findings.iter();
                findings.map(|finding| (part.part, mask::shown(finding)))
            })
            .collect();
        let rows = findings.iter().map(|(part, finding)| Row {
            part: *part,
            finding: JsonFinding::new(finding, &Origin::FILE),
        });
        Self::error(cause, message.into(), rows.collect())
    }

    /// The refusal of a request that the linter refuses with a status, in the words of the error
    /// that it is refused for.
    pub fn linted(status: u16, report: &RequestReport<'_>) -> Box<Self> {
        let cause = Cause::of(status);
        let is_of_header = |finding: &&Finding| finding.pointer.starts_with("/header");
        let errors = || {
            let findings = report.findings();
            findings.filter(|finding| finding.severity == Severity::Error)
        };
        let named = match cause {
            Cause::Token | Cause::MediaType => errors().find(is_of_header),
            _ => errors().next(),
        };
        let mut message = named.map(in_words).unwrap_or_default();
        if let more @ 1.. = errors().count().saturating_sub(1) {
            message += &format!(" (and {more} more)");
        }
        let mut refusal = Self::with_findings(cause, message, report);
        if let Cause::Method = cause {
            refusal.set(ALLOW, &report.methods.join(", "));
        }
        refusal
    }

    fn error(cause: Cause, message: String, findings: Vec<Row<'_>>) -> Box<Self> {
        let (status, error_code, error_category_key) = cause.codes();
        let body = ErrorBody {
            message,
            error_code,
            error_category_key,
            findings,
        };
        let body = serde_json::to_vec(&body).unwrap_or_default();
        Box::new(Self::new(status, body))
    }

    /// Whether a method is one of these; 405 names them.
    pub fn only(method: &Method, allowed: &[Method]) -> Result<(), Box<Self>> {
        if allowed.contains(method) {
            return Ok(());
        }
        let names: Vec<_> = allowed.iter().map(Method::as_str).collect();
        let names = names.join(", ");
        let mut refusal = Self::refusal(Cause::Method, format!("this path knows {names} only"));
        refusal.set(ALLOW, &names);
        Err(refusal)
    }

    pub fn throttled(seconds: u64, message: impl Into<String>) -> Box<Self> {
        let mut refusal = Self::refusal(Cause::Throttled, message);
        refusal.headers.insert(RETRY_AFTER, seconds.into());
        refusal
    }

    /// Status 308, which names the new endpoint and has no body (D-27).
    pub fn moved(endpoint: &str) -> Box<Self> {
        let mut refusal = Self::new(StatusCode::PERMANENT_REDIRECT, Bytes::new());
        refusal.set(LOCATION, endpoint);
        Box::new(refusal)
    }

    fn set(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    /// The answer on the wire.
    pub fn into_response(self) -> Response<Full<Bytes>> {
        let has_body = !self.body.is_empty();
        let mut response = Response::new(Full::new(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        let headers = response.headers_mut();
        if has_body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if [StatusCode::PAYLOAD_TOO_LARGE, StatusCode::REQUEST_TIMEOUT].contains(&self.status) {
            // What is left of the request may never end.
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

/// `KZ301 missing-member at /actionBody: `title` is missing; add it`.
fn in_words(finding: &Finding) -> String {
    let finding = mask::shown(finding);
    let place = match finding.pointer.as_str() {
        "" => "the root",
        pointer => pointer,
    };
    let help = finding.help.as_deref().map(|help| format!("; {help}"));
    format!(
        "{} {} at {place}: {}{}",
        finding.rule.id,
        finding.rule.name,
        finding.message,
        help.unwrap_or_default()
    )
}
