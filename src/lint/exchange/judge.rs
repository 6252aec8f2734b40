//! Judges exchanges.

use std::{borrow::Cow, sync::Arc};

use super::{
    called::{self, Called},
    gaps,
    headers::{self, Lines},
    line::Line,
    malformed::Malformed,
    message::{Exchange, Headers, Request, Response},
    partly_known,
    placeholder::is_placeholder,
    reading::Recorded,
    reports::{ExchangeReport, PartReport, RequestReport, hide},
};
use crate::{
    body::BodyKind,
    contract::Operation,
    lint::{
        Linter, Part, Report,
        finding::{Draft, Sink},
        rules,
    },
    mask::redacted,
};

/// How many parts an exchange has.
const MOST_PARTS: usize = 6;

/// How many bytes of a record that is too long are shown.
const SHOWN: usize = 256;

impl Linter {
    /// Judges a request: the method and the URL, the header fields and the body.
    ///
    /// ```
    /// use kaizala_actions::{lint::{Linter, Request}, operation::OperationId};
    ///
    /// let linter = Linter::new();
    /// let list = Request::new("GET", "/v1/groups/ours%40team/actions?actionType=Job&fromDate=17")
    ///     .header("accessToken", "a secret");
    /// let report = linter.lint_request(&list);
    /// assert_eq!(report.refusal(), None);
    /// assert_eq!(report.operation.map(|operation| operation.id()), Some(OperationId::ListActions));
    /// assert_eq!(report.path_parameter("groupId"), "ours@team");
    /// // In the contract's spelling, and the third is the default.
    /// let query = ["actionType", "fromDate", "count"].map(|name| report.query_parameter(name).unwrap().to_string());
    /// assert_eq!(query, [r#""job""#, "17", "30"]);
    ///
    /// let post = Request::new("POST", "/v1/groups/undefined/actions")
    ///     .header("accessToken", "Bearer a-secret")
    ///     .header("content-type", "application/json")
    ///     .body(&br#"{"actionType": "Job", "actionBody": {}}"#[..]);
    /// let report = linter.lint_request(&post);
    /// let rules: Vec<_> = report.findings().map(|finding| finding.rule.name).collect();
    /// assert_eq!(
    ///     rules,
    ///     ["missing-parameter", "bearer-token", "missing-member", "missing-member"],
    /// );
    /// assert_eq!(report.refusal(), Some(401));
    /// ```
    #[must_use]
    pub fn lint_request<'e>(&self, request: &'e Request<'_>) -> RequestReport<'e> {
        let mut report = self.judge_request(request);
        hide(&mut report.parts, || {
            request.hidden_beside(&self.secrets, None)
        });
        report
    }

    fn judge_request<'e>(&self, request: &'e Request<'_>) -> RequestReport<'e> {
        let mut report = RequestReport::default();
        let plain = self.skips_clean.then(|| self.plain_line(request)).flatten();
        if let Some(plain) = plain {
            report = plain;
        } else if let Some(line) = Line::read(self.contract, request) {
            let mut sink = self.sink();
            line.judge(self, &mut sink, &mut report);
            let methods = line.operations().iter();
            report.methods = methods.map(|candidate| candidate.method.as_str()).collect();
            report.add(self, Part::RequestLine, || line.text, sink);
        }
        if let Some(operation) = report.operation {
            report.request(self, operation, request);
        }
        report
    }

    /// What a request asks for whose line has no finding, if that is seen at once.
    fn plain_line<'e>(&self, request: &Request<'_>) -> Option<RequestReport<'e>> {
        let (operation, values) = called::exactly(self.contract, request)?;
        let has_query = || operation.query().next().is_some() || request.url.contains(['?', '#']);
        let mut texts = values.iter().map(|(_, value)| value);
        if has_query() || texts.any(|value| is_placeholder(value, request.has_variables)) {
            return None;
        }
        let operations = self.contract.operations.iter();
        let of_path = operations.filter(|other| other.path == operation.path);
        let values = values
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        Some(RequestReport {
            operation: Some(operation),
            methods: of_path.map(|other| other.method.as_str()).collect(),
            path: values.collect(),
            ..RequestReport::default()
        })
    }

    /// What a request calls, without judging it.
    ///
    /// ```
    /// use kaizala_actions::{lint::{Linter, Request}, operation::OperationId};
    ///
    /// let linter = Linter::new();
    /// let called = linter.called(&Request::new("POST", "/v1/groups/ours/actions"));
    /// assert_eq!(called.operation().map(|it| it.id()), Some(OperationId::PostAction));
    /// assert!(linter.called(&Request::new("PUT", "/v1/groups/ours/actions")).operation().is_none());
    /// ```
    #[must_use]
    pub fn called(&self, request: &Request<'_>) -> Called {
        if let Some((operation, _)) = called::exactly(self.contract, request) {
            return Called::Operation(operation);
        }
        let Some(line) = Line::read(self.contract, request) else {
            return Called::Foreign;
        };
        let mut operations = line.operations().iter();
        let operation = operations.find(|operation| operation.method == request.method);
        operation.map_or(Called::Unknown, |operation| Called::Operation(operation))
    }

    /// Judges a response of an operation: the status, the header fields and the body. What the
    /// response repeats of the secrets of the request is masked.
    ///
    /// ```
    /// use kaizala_actions::lint::{Linter, Request, Response};
    ///
    /// let linter = Linter::new();
    /// let request = Request::new("POST", "/v1/groups/ours/actions");
    /// let operation = linter.called(&request).operation().unwrap();
    /// let response = Response::new(200).header("content-type", "application/json").body(&b"{}"[..]);
    /// let parts = linter.lint_response(operation, &request, &response);
    /// let found: Vec<_> = parts.iter().flat_map(|part| &part.report.findings).map(|it| it.rule.name).collect();
    /// assert_eq!(found, ["missing-member"]);
    /// ```
    #[must_use]
    pub fn lint_response<'e>(
        &self,
        operation: &Operation,
        request: &Request<'_>,
        response: &'e Response<'_>,
    ) -> Vec<PartReport<'e>> {
        let mut report = RequestReport::default();
        report.response(self, operation, response);
        hide(&mut report.parts, || {
            request.hidden_beside(&self.secrets, Some(response))
        });
        report.parts
    }

    /// Judges an exchange: the method and the URL, the header fields, the bodies and the status. An
    /// exchange whose path is not in the contract, on whatever host, is foreign and not judged.
    #[must_use]
    pub fn lint_exchange<'e>(&self, exchange: &'e Exchange<'_>) -> ExchangeReport<'e> {
        let Exchange {
            request, response, ..
        } = exchange;
        // Browsers send OPTIONS as a preflight.
        let mut report = if request.method == "OPTIONS" {
            RequestReport::default()
        } else {
            self.judge_request(request)
        };
        if let (Some(operation), Some(response)) = (report.operation, response) {
            report.response(self, operation, response);
        }
        if let Some(operation) = report.operation {
            gaps::report(self, operation, exchange, &mut report.parts);
        }
        hide(&mut report.parts, || {
            request.hidden_beside(&self.secrets, response.as_ref())
        });
        ExchangeReport {
            operation: report.operation.map(Operation::id),
            parts: report.parts,
        }
    }

    /// Judges an exchange that is recorded as JSON, as `{"request": {"method", "url", "headers",
    /// "body"}, "response": {"status", "headers", "body"}}`. Only `request`, `method` and `url` are
    /// required. Header fields are an object of names and values, or a list of `{"name", "value"}`;
    /// a body is either JSON or a string that holds its text.
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
                        is_absent: false,
                    }],
                }
            }
        }
    }

    /// The report about a record that is not an exchange, and the record without possible secrets.
    #[must_use]
    pub fn lint_malformed(&self, text: &[u8], malformed: Malformed) -> (Vec<u8>, Report) {
        let shown = redacted(text);
        let finding = rules::invalid_exchange::finding(&shown, malformed);
        let (shown, mut report) = self.unread(shown, finding);
        report.hide(|| self.secrets.and_of(text).into());
        (shown, report)
    }

    /// Whether a URL belongs to another API, whatever the method.
    #[must_use]
    pub fn is_foreign(&self, url: &str) -> bool {
        Line::read(self.contract, &Request::new("GET", url)).is_none()
    }

    /// The report about a record of more than `most` bytes, and its beginning, as above.
    #[must_use]
    pub fn lint_cut(&self, text: &[u8], most: usize) -> (Vec<u8>, Report) {
        let text = redacted(&text[..text.len().min(SHOWN)]);
        self.unread(text, rules::record_too_long::finding(most))
    }

    fn unread(&self, text: Vec<u8>, finding: Draft) -> (Vec<u8>, Report) {
        let mut sink = self.sink();
        sink.push(finding);
        let mut report = self.report_on(sink, None, true, &text);
        report.hide(|| Arc::clone(&self.secrets));
        (text, report)
    }
}

/// State while the parts are judged.
impl<'e> RequestReport<'e> {
    fn add(&mut self, linter: &Linter, part: Part, text: impl FnOnce() -> String, sink: Sink) {
        if linter.skips_clean && sink.is_empty() {
            return;
        }
        let text = text().into_bytes();
        let report = linter.report_on(sink, None, part.is_request(), &text);
        self.push(linter, part, text.into(), report);
    }

    fn push(&mut self, linter: &Linter, part: Part, text: Cow<'e, [u8]>, report: Report) {
        if linter.skips_clean && report.is_clean() {
            return;
        }
        let part = Some(part);
        if self.parts.is_empty() {
            self.parts.reserve_exact(MOST_PARTS);
        }
        self.parts.push(PartReport {
            part,
            text,
            report,
            is_absent: false,
        });
    }

    fn request(&mut self, linter: &Linter, operation: &Operation, request: &'e Request<'_>) {
        let (mut sink, lines) = (linter.sink(), Lines::of(&request.headers));
        lines.request(linter.contract, operation, request, &mut sink);
        self.add(linter, Part::RequestHeaders, || lines.into_text(), sink);
        if let Some(kind) = operation.body(true) {
            let content = operation.request.as_ref();
            let required = content.is_some_and(|content| content.required);
            let (headers, body) = (&request.headers, request.body.as_deref());
            let part = Part::RequestBody;
            match body {
                Some(text) if !request.unresolved.is_empty() && headers::is_json(headers, text) => {
                    let report = partly_known::lint(linter, kind, text, &request.unresolved);
                    self.push(linter, part, text.into(), report);
                }
                _ => self.body(linter, part, kind, headers, body, required),
            }
        }
    }

    fn response(&mut self, linter: &Linter, operation: &Operation, response: &'e Response<'_>) {
        let status = response.status;
        let declared = operation.response(status);
        let mut sink = linter.sink();
        if declared.is_none() {
            sink.push(rules::undocumented_status::finding(status, operation));
        }
        self.add(linter, Part::ResponseStatus, || status.to_string(), sink);
        let (mut sink, lines) = (linter.sink(), Lines::of(&response.headers));
        if let Some(declared) = declared {
            lines.response(declared, response, &mut sink);
        }
        self.add(linter, Part::ResponseHeaders, || lines.into_text(), sink);
        let success = (200..300).contains(&status);
        if let Some(kind) = operation.response_body(status) {
            let (headers, body) = (&response.headers, response.body.as_deref());
            self.body(linter, Part::ResponseBody, kind, headers, body, success);
        }
    }

    /// `required` says that the body must be present.
    fn body(
        &mut self,
        linter: &Linter,
        part: Part,
        kind: BodyKind,
        headers: &Headers<'_>,
        body: Option<&'e [u8]>,
        required: bool,
    ) {
        match body {
            Some([]) if required => {
                let mut sink = linter.sink();
                sink.push(rules::missing_body::finding(kind));
                self.add(linter, part, String::new, sink);
            }
            Some(text @ [_, ..]) if headers::is_json(headers, text) => {
                self.push(linter, part, text.into(), linter.lint(kind, text));
            }
            _ => {}
        }
    }
}
