//! Validates calls against the contract: requests always, before a socket is opened; answers on
//! demand. A call of an operation that the linter has an error about is an `Error::Refused`, for
//! example one whose type the support matrix does not support.

use std::{borrow::Cow, fmt, sync::Arc};

use reqwest::{Body, Request};

use super::{Error, answer::RawResponse};
use crate::{
    body::BodyKind,
    lint::{self, Finding, Linter, Part, Report, Severity},
    mask,
    operation::OperationId,
    types::ServiceError,
};

/// How answers are validated against the contract, besides being parsed into their types.
///
/// ```
/// use kaizala_actions::client::{Checks, Client};
///
/// let strict = Client::builder().checks(Checks::Strict);
/// let curious = Client::builder().checks(Checks::warn(|report| println!("{report}")));
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Checks {
    /// Accepts every answer that can be parsed into its type.
    #[default]
    Off,
    /// Reports findings as events of `tracing` (rule and location, without what was found there)
    /// and to a function of yours; the answer is still accepted.
    Warn(Arc<dyn Fn(&Report) + Send + Sync>),
    /// Turns an answer that the linter has an error about into an [`Error::Contract`].
    Strict,
}

impl Checks {
    /// Calls a function with each report that has a finding.
    pub fn warn(function: impl Fn(&Report) + Send + Sync + 'static) -> Self {
        Self::Warn(Arc::new(function))
    }

    /// Reports findings to `tracing` only.
    #[must_use]
    pub fn trace() -> Self {
        Self::warn(|_| {})
    }

    /// Judges an answer with status 200.
    pub(super) fn answer(
        &self,
        operation: OperationId,
        kind: BodyKind,
        answer: &RawResponse,
    ) -> Result<(), Error> {
        match self {
            Self::Off => {}
            Self::Warn(function) => {
                let report = Linter::new().lint(kind, &answer.body);
                for finding in &report.findings {
                    log(kind, finding);
                }
                if !report.is_clean() {
                    function(&report);
                }
            }
            Self::Strict => return first_error(operation, kind, answer).map_or(Ok(()), Err),
        }
        Ok(())
    }
}

impl fmt::Debug for Checks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Off => "Off",
            Self::Warn(_) => "Warn(..)",
            Self::Strict => "Strict",
        })
    }
}

/// Messages of findings quote the body, and so possibly a phone number.
fn log(kind: BodyKind, finding: &Finding) {
    let finding = &*mask::shown(finding);
    let (rule, pointer) = (finding.rule.name, &finding.pointer);
    if finding.severity == Severity::Error {
        tracing::warn!(body = %kind, rule, %pointer, "the answer breaks the contract");
    } else {
        tracing::debug!(body = %kind, rule, %pointer, "the answer has a finding");
    }
}

/// The first error of the linter about an answer.
pub(super) fn first_error(
    operation: OperationId,
    kind: BodyKind,
    answer: &RawResponse,
) -> Option<Error> {
    let report = Linter::new().lint(kind, &answer.body);
    let finding = mask::shown(report.errors().next()?).into_owned();
    Some(Error::Contract {
        operation,
        pointer: finding.pointer,
        problem: finding.message.into_owned(),
        expected: finding.expected.map(Cow::into_owned),
        answer: Box::new(answer.clone()),
    })
}

/// The error that came with status 200, if it is one (D-27).
pub(super) fn error_in_success(operation: OperationId, answer: &RawResponse) -> Option<Error> {
    let error: ServiceError = serde_json::from_slice(&answer.body).ok()?;
    error.error_code.as_ref().filter(|code| !code.is_empty())?;
    Some(Error::ErrorInSuccess {
        operation,
        error,
        answer: Box::new(answer.clone()),
    })
}

/// Validates a request against the support matrix, the schemas and the semantic rules: the request
/// line with its parameters, the header fields and the body, as the linter judges them.
pub(super) fn request(request: &Request, operation: OperationId) -> Result<(), Error> {
    let (method, url) = (request.method().as_str(), request.url().as_str());
    let body = request.body().and_then(Body::as_bytes).unwrap_or_default();
    let mut judged = lint::Request::new(method, url).body(body);
    for (name, value) in request.headers() {
        judged = judged.header(name.as_str(), String::from_utf8_lossy(value.as_bytes()));
    }
    let report = Linter::new().lint_request(&judged);
    if report.operation.is_none_or(|found| found.id() != operation) {
        let problem = format!("{method} {} is another operation", request.url().path());
        return Err(Error::InvalidRequest { operation, problem });
    }
    let refused = report
        .parts
        .into_iter()
        .find(|part| part.report.has_errors());
    match refused {
        None => Ok(()),
        Some(part) => Err(Error::Refused {
            operation,
            part: part.part.unwrap_or(Part::RequestLine),
            report: part.report,
        }),
    }
}
