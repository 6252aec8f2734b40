//! What the linter says of an exchange, and of a request.

use std::{borrow::Cow, fmt, sync::Arc};

use serde_json::Value;

use crate::{
    contract::Operation,
    lint::{Finding, Part, Report, Rule, rules},
    mask::Hidden,
    operation::OperationId,
};

/// What the linter says of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExchangeReport<'e> {
    /// The operation that was called; none where the contract does not have it.
    pub operation: Option<OperationId>,
    /// What is said of each part, in the order of [`Part`].
    pub parts: Vec<PartReport<'e>>,
}

/// What the linter says of a request, and what the request asks for.
///
/// A server or a proxy that holds its callers to the contract judges a request once, and does or
/// refuses what it asks for: see [`Linter::lint_request`](crate::lint::Linter::lint_request).
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct RequestReport<'e> {
    /// The operation; none where the contract does not have the path, or the path not the method.
    pub operation: Option<&'static Operation>,
    /// The methods that the contract has for the path; empty for a path that it does not have.
    pub methods: Vec<&'static str>,
    /// The parameters of the path, decoded.
    pub path: Vec<(&'static str, String)>,
    /// The parameters of the query that have a value: that which was given, in the contract's
    /// spelling and as its type, or else the default. One that is refused has none.
    pub query: Vec<(&'static str, Value)>,
    /// What is said of each part, in the order of [`Part`]; empty for a path that the contract
    /// does not have.
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
    /// Whether it is a body that the record lacks: it is neither right nor wrong.
    pub is_absent: bool,
}

impl RequestReport<'_> {
    /// All findings, in the order of the parts.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.parts.iter().flat_map(|part| &part.report.findings)
    }

    /// The status that refuses the request; none where it has no error.
    ///
    /// It is 404 for a path that the contract does not have, 405 for a method that the path does
    /// not have, 401 where the access token is missing or not sent as it must be, 415 for a body
    /// of another media type, and 400 for all other errors.
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

    /// The same without the request, as it can be sent to another thread.
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

    /// The value of a parameter of the path; empty where it has none of this name.
    #[must_use]
    pub fn path_parameter(&self, name: &str) -> &str {
        let value = self.path.iter().find(|(other, _)| *other == name);
        value.map_or("", |(_, value)| value)
    }

    /// The value of a parameter of the query, or its default.
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

/// Takes what an exchange hides out of all that its reports show, such as a body that repeats the
/// token.
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
