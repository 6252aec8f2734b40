//! What the proxy answers by itself: problem details (RFC 9457) that are also the contract's error
//! body.

use hyper::{
    Response, StatusCode,
    body::Bytes,
    header::{ALLOW, CONNECTION, CONTENT_TYPE, HeaderValue},
};
use kaizala_actions::lint::{PartReport, Rule, Severity};
use kaizala_actions_http::{PartFinding, codes, refused, rows};
use serde_json::json;

/// The maximum number of findings in a refusal.
const MOST_ROWS: usize = 100;

/// The media type of a refusal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorForm {
    /// `application/problem+json`.
    #[default]
    Problem,
    /// `application/json`, as the service has it; the body is the same.
    Kaizala,
}

/// How refusals are written.
#[derive(Clone, Debug, Default)]
pub(super) struct Wording {
    pub form: ErrorForm,
    /// In front of the id of a rule.
    pub docs_url: Option<String>,
}

/// An answer of the proxy itself.
#[derive(Debug)]
pub(super) struct Refusal {
    pub status: u16,
    message: String,
    /// What caused it, for the log alone.
    cause: Option<String>,
    /// What the first finding is about.
    rule: Option<&'static Rule>,
    pub rows: Vec<PartFinding>,
    /// The methods of the path, with status 405.
    methods: Vec<&'static str>,
    /// Whether the connection cannot be used any more.
    pub closes: bool,
}

impl Refusal {
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            cause: None,
            rule: None,
            rows: Vec::new(),
            methods: Vec::new(),
            closes: false,
        }
    }

    /// A refusal because of findings of at least this severity.
    pub fn linted(status: u16, parts: &[PartReport<'_>], least: Severity) -> Self {
        let findings = || parts.iter().flat_map(|part| &part.report.findings);
        let (first, message) = refused(status, findings(), least);
        let mut refusal = Self::new(status, message);
        refusal.rule = first.map(|finding| finding.rule);
        refusal.rows = rows(parts);
        refusal
    }

    /// Says which methods the path has.
    pub fn methods(mut self, methods: Vec<&'static str>) -> Self {
        if self.status == 405 {
            self.methods = methods;
        }
        self
    }

    /// Says what caused it.
    pub fn because(mut self, cause: String) -> Self {
        self.cause = Some(cause);
        self
    }

    /// Why there is a refusal, unless its findings say so.
    pub fn problem(&self) -> Option<String> {
        let cause = |cause| format!("{}: {cause}", self.message);
        let message = self
            .cause
            .as_ref()
            .map_or_else(|| self.message.clone(), cause);
        self.rule.is_none().then_some(message)
    }

    pub fn closing(mut self) -> Self {
        self.closes = true;
        self
    }

    pub fn response(&self, wording: &Wording) -> Response<Bytes> {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_GATEWAY);
        let kind = self.rule.map_or("about:blank".to_owned(), |rule| {
            let before = wording.docs_url.as_deref();
            format!(
                "{}{}",
                before.unwrap_or("urn:kaizala-actions:rule:"),
                rule.id
            )
        });
        let title = self.rule.map(|rule| rule.name);
        let title = title.or(status.canonical_reason()).unwrap_or_default();
        let (code, category) = codes(self.status);
        let mut body = json!({
            "type": kind,
            "title": title,
            "status": self.status,
            "detail": self.message,
            "message": self.message,
            "errorCode": code,
            "errorCategoryKey": category,
        });
        if !self.rows.is_empty() {
            body["findings"] = json!(&self.rows[..self.rows.len().min(MOST_ROWS)]);
        }
        let mut response = Response::new(Bytes::from(body.to_string()));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        let media_type = match wording.form {
            ErrorForm::Problem => "application/problem+json",
            ErrorForm::Kaizala => "application/json",
        };
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        if !self.methods.is_empty()
            && let Ok(methods) = HeaderValue::from_str(&self.methods.join(", "))
        {
            headers.insert(ALLOW, methods);
        }
        if self.closes {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}
