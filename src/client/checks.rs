//! Holding bodies against the contract: what goes out always, what comes back on demand.

use std::{fmt, sync::Arc};

use reqwest::{Body, Request};

use super::{Error, answer::Answer};
use crate::{
    body::BodyKind,
    lint::{Finding, Linter, Report, Severity},
    types::ServiceError,
};

/// How answers are held against the contract, beside being read into their types.
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
    /// An answer that can be read into its type is taken.
    #[default]
    Off,
    /// Findings are told, as events of `tracing` (rule and place, without what was found there) and
    /// to a function of yours; the answer is taken all the same.
    Warn(Arc<dyn Fn(&Report) + Send + Sync>),
    /// An answer that the linter has an error about is an [`Error::Contract`].
    Strict,
}

impl Checks {
    /// Calls a function with each report that has a finding.
    pub fn warn(function: impl Fn(&Report) + Send + Sync + 'static) -> Self {
        Self::Warn(Arc::new(function))
    }

    /// Tells findings to `tracing` alone.
    #[must_use]
    pub fn trace() -> Self {
        Self::warn(|_| {})
    }

    /// Judges an answer of status 200.
    pub(super) fn answer(&self, kind: BodyKind, answer: &Answer) -> Result<(), Error> {
        match self {
            Self::Off => {}
            Self::Warn(function) => {
                let report = Linter::new().lint(kind, &answer.body);
                report
                    .findings
                    .iter()
                    .for_each(|finding| tell(kind, finding));
                if !report.is_clean() {
                    function(&report);
                }
            }
            Self::Strict => {
                if let Some(error) = first_error(kind, answer) {
                    return Err(error);
                }
            }
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

/// Messages of findings quote the body, and so perhaps a phone number.
fn tell(kind: BodyKind, finding: &Finding) {
    let Finding {
        rule,
        severity,
        pointer,
        ..
    } = finding;
    match severity {
        Severity::Error => {
            tracing::warn!(body = %kind, rule = rule.name, %pointer, "the answer breaks the contract")
        }
        Severity::Warning | Severity::Note => {
            tracing::debug!(body = %kind, rule = rule.name, %pointer, "the answer has a finding")
        }
    }
}

/// The first error that the linter has about an answer.
pub(super) fn first_error(kind: BodyKind, answer: &Answer) -> Option<Error> {
    let report = Linter::new().lint(kind, &answer.body);
    let finding = report
        .findings
        .into_iter()
        .find(|finding| finding.severity == Severity::Error)?;
    let Finding {
        pointer,
        message: problem,
        expected,
        ..
    } = finding;
    Some(Error::Contract {
        pointer,
        problem,
        expected,
        answer: Box::new(answer.clone()),
    })
}

/// The error that came with status 200, if it is one (D-27).
pub(super) fn error_in_success(answer: &Answer) -> Option<Error> {
    let error: ServiceError = serde_json::from_slice(&answer.body).ok()?;
    error.error_code.as_ref().filter(|code| !code.is_empty())?;
    Some(Error::ErrorInSuccess {
        error,
        answer: Box::new(answer.clone()),
    })
}

/// Holds what goes out against the support matrix, the schema and the rules of meaning, as the
/// linter knows them.
pub(super) fn request(request: &Request, operation: &str) -> Result<(), Error> {
    let Some(kind) = body_kind(operation, "request") else {
        return Ok(());
    };
    let body = request.body().and_then(Body::as_bytes).unwrap_or_default();
    let report = Linter::new().lint(kind, body);
    if report.has_errors() {
        Err(Error::Refused { report })
    } else {
        Ok(())
    }
}

/// The body of an operation, as progenitor names it, in a direction: `post_action` sends
/// `post-action.request`.
pub(super) fn body_kind(operation: &str, direction: &str) -> Option<BodyKind> {
    format!("{}.{direction}", operation.replace('_', "-"))
        .parse()
        .ok()
}
