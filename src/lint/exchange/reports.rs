//! The reports about an exchange and about a request.

use std::{borrow::Cow, fmt, sync::Arc};

use serde_json::Value;

use crate::{
    contract::Operation,
    lint::{Finding, Linter, Part, Report, Rule, rules},
    mask::Hidden,
    operation::OperationId,
};

/// The report about an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExchangeReport<'e> {
    /// The operation that was called; `None` if the contract does not have it.
    pub operation: Option<OperationId>,
    /// The report about each part, in the order of [`Part`].
    pub parts: Vec<PartReport<'e>>,
}

/// The report about a request, and what the request asks for.
///
/// A server or a proxy that enforces the contract judges a request once, and then performs or
/// refuses it: see [`Linter::lint_request`](crate::lint::Linter::lint_request).
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct RequestReport<'e> {
    /// The operation; `None` if the contract does not have the path, or the path does not have the
    /// method.
    pub operation: Option<&'static Operation>,
    /// The methods of the path in the contract; empty for an unknown path.
    pub methods: Vec<&'static str>,
    /// The parameters of the path, decoded.
    pub path: Vec<(&'static str, String)>,
    /// The query parameters that have a value: the given one, in the contract's spelling and with
    /// its type, or the default. A refused parameter has no value.
    pub query: Vec<(&'static str, Value)>,
    /// The report about each part, in the order of [`Part`]; empty for an unknown path.
    pub parts: Vec<PartReport<'e>>,
}

/// The report about one part of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartReport<'e> {
    /// The part; `None` for the record as a whole, if it is not an exchange.
    pub part: Option<Part>,
    /// The text that was judged, which locations in the report refer to: a body as it was recorded;
    /// for the other parts, lines of HTTP/1.1 (`GET https://…`, `name: value`, only the status).
    /// The access token and other secrets are masked.
    pub text: Cow<'e, [u8]>,
    /// The findings. Their pointers begin with `/method`, `/path`, `/query`, `/header` or
    /// `/status`, except for findings about bodies.
    pub report: Report,
    /// Whether this is a body that the record lacks. It was not judged.
    pub is_absent: bool,
}

impl Linter {
    /// Leaves parts without findings out of the reports about exchanges, requests and responses, so
    /// that their texts need not be made.
    ///
    /// ```
    /// use kaizala_actions::lint::{Linter, Request};
    ///
    /// let request = Request::new("GET", "/v1/groups/ours/actions?actionType=job").header("accessToken", "a secret");
    /// let parts = |linter: Linter| linter.lint_request(&request).parts.len();
    /// assert_eq!(parts(Linter::new()), 2);
    /// assert_eq!(parts(Linter::new().skip_clean_parts()), 0);
    /// ```
    #[must_use]
    pub fn skip_clean_parts(mut self) -> Self {
        self.skips_clean = true;
        self
    }
}

impl RequestReport<'_> {
    /// All findings, in the order of the parts.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.parts.iter().flat_map(|part| &part.report.findings)
    }

    /// The status to refuse the request with; `None` if it has no error.
    ///
    /// It is 404 for an unknown path, 405 for a method that the path does not have, 401 if the
    /// access token is missing or sent in the wrong way, 415 for a body of another media type, and
    /// 400 for all other errors.
    #[must_use]
    pub fn refusal(&self) -> Option<u16> {
        if self.operation.is_none() {
            return Some(if self.methods.is_empty() { 404 } else { 405 });
        }
        let errors = || self.parts.iter().flat_map(|part| part.report.errors_by());
        let is_of = |rules: &[&Rule]| errors().any(|rule| rules.contains(&rule));
        if is_of(&[
            &rules::missing_token::RULE,
            &rules::bearer_token::RULE,
            &rules::conflicting_tokens::RULE,
        ]) {
            Some(401)
        } else if is_of(&[&rules::wrong_content_type::RULE]) {
            Some(415)
        } else {
            errors().next().map(|_| 400)
        }
    }

    /// The same without the request, so that it can be sent to another thread.
    #[must_use]
    pub fn into_owned(self) -> RequestReport<'static> {
        RequestReport {
            operation: self.operation,
            methods: self.methods,
            path: self.path,
            query: self.query,
            parts: owned(self.parts),
        }
    }

    /// The value of a path parameter; empty if there is none of this name.
    #[must_use]
    pub fn path_parameter(&self, name: &str) -> &str {
        let value = self.path.iter().find(|(other, _)| *other == name);
        value.map_or("", |(_, value)| value)
    }

    /// The value of a query parameter, or its default.
    #[must_use]
    pub fn query_parameter(&self, name: &str) -> Option<&Value> {
        let value = self.query.iter().find(|(other, _)| *other == name);
        value.map(|(_, value)| value)
    }
}

impl fmt::Debug for RequestReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestReport")
            .field("operation", &self.operation.map(Operation::id))
            .field("path", &self.path)
            .field("query", &self.query)
            .field("parts", &self.parts)
            .finish_non_exhaustive()
    }
}

impl ExchangeReport<'_> {
    /// Whether the exchange belongs to another API, and was not judged.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether the contract refuses any part.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.parts.iter().any(|part| part.report.has_errors())
    }

    /// Whether there are no findings.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.parts.iter().all(|part| part.report.is_clean())
    }

    pub(super) fn into_owned(self) -> ExchangeReport<'static> {
        ExchangeReport {
            operation: self.operation,
            parts: owned(self.parts),
        }
    }
}

fn owned(parts: Vec<PartReport<'_>>) -> Vec<PartReport<'static>> {
    let parts = parts.into_iter();
    let owned = parts.map(
        |PartReport {
             part,
             text,
             report,
             is_absent,
         }| PartReport {
            part,
            text: Cow::Owned(text.into_owned()),
            report,
            is_absent,
        },
    );
    owned.collect()
}

/// Masks the secrets of an exchange in all reports, as where a body repeats the token.
pub(super) fn hide(parts: &mut [PartReport<'_>], learn: impl FnOnce() -> Hidden) {
    let mut learned = None;
    let mut learn = Some(learn);
    for part in parts {
        part.report.hide(|| {
            let learn = || Arc::new(learn.take().map(|learn| learn()).unwrap_or_default());
            Arc::clone(learned.get_or_insert_with(learn))
        });
        if !part.report.findings.is_empty()
            && let Some(hidden) = &learned
            && let Cow::Owned(text) = hidden.secrets(&part.text)
        {
            part.text = text.into();
        }
    }
}
