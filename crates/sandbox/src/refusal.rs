//! What the sandbox answers instead of doing what was asked: a status, the contract's error body,
//! and the findings.

use hyper::{
    HeaderMap, StatusCode,
    body::Bytes,
    header::{ALLOW, HeaderValue, LOCATION, RETRY_AFTER},
};
use kaizala_actions::{
    lint::{Finding, JsonFinding, Origin, Report},
    mask,
};
use serde::Serialize;

/// The code and the category that go with a cause. The service's own are known for tokens and
/// parameters only (D-27); the others are made after them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cause {
    NoToken,
    WrongToken,
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
    fn status(self) -> StatusCode {
        match self {
            Self::NoToken | Self::WrongToken => StatusCode::UNAUTHORIZED,
            Self::Parameters => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Throttled => StatusCode::TOO_MANY_REQUESTS,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn code(self) -> (&'static str, &'static str) {
        match self {
            Self::NoToken => ("Unauthenticated", "AuthException"),
            Self::WrongToken => ("InvalidToken", "AuthException"),
            Self::Parameters => ("InvalidParameters", "ParameterException"),
            Self::NotFound => ("NotFound", "ParameterException"),
            Self::Conflict => ("Conflict", "ParameterException"),
            Self::Method => ("MethodNotAllowed", "RequestException"),
            Self::MediaType => ("UnsupportedMediaType", "RequestException"),
            Self::TooLarge => ("RequestTooLarge", "RequestException"),
            Self::TooSlow => ("RequestTimeout", "RequestException"),
            Self::Throttled => ("TooManyRequests", "ThrottlingException"),
            Self::Failed => ("InternalServerError", "ServiceException"),
        }
    }
}

/// A refusal, ready to be sent.
#[derive(Debug)]
pub(super) struct Refusal {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// As JSON text; empty where the contract declares no body.
    text: Bytes,
    /// How many findings it tells of.
    pub findings: usize,
}

/// The contract's error body. `findings` is the sandbox's own, and the rows are those of
/// `lint --format json`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'f> {
    message: String,
    error_code: &'static str,
    error_category_key: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<JsonFinding<'f>>,
}

impl Refusal {
    pub fn new(cause: Cause, message: impl Into<String>) -> Self {
        Self::with(cause, message.into(), Vec::new())
    }

    fn with(cause: Cause, message: String, findings: Vec<JsonFinding<'_>>) -> Self {
        let (error_code, error_category_key) = cause.code();
        let count = findings.len();
        let body = Body {
            message,
            error_code,
            error_category_key,
            findings,
        };
        Self::told(
            cause,
            serde_json::to_vec(&body).unwrap_or_default().into(),
            count,
        )
    }

    /// With a text that an earlier refusal had.
    pub fn told(cause: Cause, text: Bytes, findings: usize) -> Self {
        Self {
            status: cause.status(),
            headers: HeaderMap::new(),
            text,
            findings,
        }
    }

    /// For a body that the contract refuses.
    pub fn linted(report: &Report) -> Self {
        let more = match report.errors().count() {
            0 | 1 => String::new(),
            count => format!(" (and {} more)", count - 1),
        };
        let message = report.errors().next().map(in_words).unwrap_or_default() + &more;
        let findings: Vec<_> = report.findings.iter().map(mask::shown).collect();
        Self::with(
            Cause::Parameters,
            message,
            findings
                .iter()
                .map(|finding| JsonFinding::new(finding, &Origin::FILE))
                .collect(),
        )
    }

    pub fn method(allowed: &str) -> Self {
        let mut refusal = Self::new(Cause::Method, format!("this path knows {allowed} only"));
        refusal.set(ALLOW, allowed);
        refusal
    }

    pub fn throttled(seconds: u64, message: impl Into<String>) -> Self {
        let mut refusal = Self::new(Cause::Throttled, message);
        refusal.headers.insert(RETRY_AFTER, seconds.into());
        refusal
    }

    /// Status 308, which names the new endpoint and has no body (D-27).
    pub fn moved(endpoint: &str) -> Self {
        let status = StatusCode::PERMANENT_REDIRECT;
        let mut refusal = Self {
            status,
            headers: HeaderMap::new(),
            text: Bytes::new(),
            findings: 0,
        };
        refusal.set(LOCATION, endpoint);
        refusal
    }

    fn set(&mut self, name: hyper::header::HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    /// The body as JSON text; empty if there is none.
    pub fn text(&self) -> Bytes {
        self.text.clone()
    }
}

/// `KZ301 missing-member at /actionBody: `title` is missing; add it`.
fn in_words(finding: &Finding) -> String {
    let Finding {
        rule,
        pointer,
        message,
        help,
        ..
    } = finding;
    let place = if pointer.is_empty() {
        "the root"
    } else {
        pointer
    };
    let cure = help
        .as_deref()
        .map(|help| format!("; {help}"))
        .unwrap_or_default();
    format!("{} {} at {place}: {message}{cure}", rule.id, rule.name)
}
