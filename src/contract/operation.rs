//! The operations of the contract: their paths, parameters, headers and statuses.

use std::{borrow::Cow, sync::OnceLock};

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::schema::{Schema, Type};
use crate::{body::BodyKind, operation::OperationId};

/// One operation.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct Operation {
    id: OperationId,
    /// In capitals.
    pub method: String,
    /// The path below [`base`](super::Contract::base), with its parameters in braces.
    pub path: String,
    /// All parameters, of the path and the query.
    pub parameters: Vec<Parameter>,
    /// Its request body; `None` if it takes none.
    pub request: Option<Content>,
    /// By status, or [`FAILURES`].
    responses: IndexMap<String, DeclaredResponse>,
    /// The parts of the path, once they were needed.
    #[serde(skip)]
    segments: OnceLock<Box<[String]>>,
}

/// A parameter of the path or the query, or a header of a response.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct Parameter {
    /// Its name, in the contract's spelling.
    pub name: String,
    /// Its location in a request; `None` for a header of a response.
    #[serde(default, rename = "in")]
    pub place: In,
    /// Whether a request must have it.
    #[serde(default)]
    pub required: bool,
    /// What it means.
    pub description: Option<String>,
    /// The schema of its value.
    pub schema: Schema,
}

/// The key for the statuses 400 to 599 that are not declared by themselves. In OpenAPI it covers
/// all statuses; but no source documents another success or redirection (D-27).
const FAILURES: &str = "default";

/// The location of a parameter.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum In {
    /// The path of the request.
    Path,
    /// The query of the request.
    Query,
    /// A header field.
    #[default]
    Header,
    /// A cookie.
    Cookie,
}

/// The declared body of a message.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Content {
    /// The media types that it may have.
    pub media_types: Vec<String>,
    /// Whether it is required.
    pub required: bool,
}

/// The declared answer with one status.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct DeclaredResponse {
    /// The header fields that it may have.
    pub headers: Vec<Parameter>,
    /// `None` if no body is declared.
    pub content: Option<Content>,
}

/// Names of path parameters, and their values as the path writes them. There are at most two, so a
/// map would be overkill.
pub type Values<'o, 'p> = Vec<(&'o str, &'p str)>;

/// Why a text is not a value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterError {
    /// The contract requires an integer.
    NotAnInteger,
    /// The contract requires `true` or `false`.
    NotABoolean,
    /// The integer is less than the contract's minimum.
    Below(i64),
    /// The integer does not fit into 64 bits.
    TooLarge,
    /// It is not one of the values that the contract lists.
    Unlisted,
}

impl Operation {
    /// The `operationId`.
    #[must_use]
    pub fn id(&self) -> OperationId {
        self.id
    }

    /// The values of the path parameters, if a path without the base belongs to this operation.
    /// `spelling` compares the fixed parts.
    pub fn matches<'o, 'p>(
        &'o self,
        path: &'p str,
        spelling: fn(&str, &str) -> bool,
    ) -> Option<Values<'o, 'p>> {
        let mut parts = path.split('/').skip(1);
        let mut values = Values::new();
        for segment in self.segments() {
            let part = parts.next()?;
            let name = segment
                .strip_prefix('{')
                .and_then(|it| it.strip_suffix('}'));
            match name {
                Some(name) => values.push((name, part)),
                None if spelling(segment, part) => {}
                None => return None,
            }
        }
        parts.next().is_none().then_some(values)
    }

    /// The parts of the path.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = &str> {
        let parts = || self.path.split('/').skip(1).map(str::to_owned).collect();
        self.segments.get_or_init(parts).iter().map(String::as_str)
    }

    /// The declaration of a status, by itself or as a failure.
    #[must_use]
    pub fn response(&self, status: u16) -> Option<&DeclaredResponse> {
        let failures = || {
            let is_failure = (400..600).contains(&status);
            is_failure.then(|| self.responses.get(FAILURES)).flatten()
        };
        let is_it = |(written, _): &(&String, _)| written.parse() == Ok(status);
        let declared = self.responses.iter().find(is_it);
        declared.map(|(_, response)| response).or_else(failures)
    }

    /// The body of a response with this status; `None` if the contract has none.
    #[must_use]
    pub fn response_body(&self, status: u16) -> Option<BodyKind> {
        if (200..300).contains(&status) {
            return self.body(false);
        }
        let content = self.response(status)?.content.as_ref();
        content.map(|_| BodyKind::ErrorResponse)
    }

    /// The declarations of all statuses, in the order of [`statuses`](Self::statuses).
    pub fn responses(&self) -> impl Iterator<Item = &DeclaredResponse> {
        self.responses.values()
    }

    /// The declared statuses, in words for `default`.
    pub fn statuses(&self) -> impl Iterator<Item = &str> {
        self.responses.keys().map(|status| match status.as_str() {
            FAILURES => "400 to 599",
            status => status,
        })
    }

    /// The parameters of the query.
    pub fn query(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters
            .iter()
            .filter(|parameter| parameter.place == In::Query)
    }

    /// The body that it takes, or the body of its success.
    #[must_use]
    pub fn body(&self, request: bool) -> Option<BodyKind> {
        BodyKind::of_operation(self.id, request)
    }
}

impl Parameter {
    /// The listed values, if there are any.
    pub fn listed(&self) -> impl Iterator<Item = &str> {
        self.schema.values.iter().filter_map(Value::as_str)
    }

    /// The value that a text means, in the contract's spelling.
    ///
    /// # Errors
    /// Why it is not a value.
    pub fn value(&self, text: &str) -> Result<Value, ParameterError> {
        match self.schema.kind {
            Some(Type::Integer) => self.integer(text).map(Value::from),
            // D-26.
            Some(Type::Boolean) => [true, false]
                .into_iter()
                .find(|value| value.to_string().eq_ignore_ascii_case(text))
                .map(Value::from)
                .ok_or(ParameterError::NotABoolean),
            _ if self.schema.values.is_empty() => Ok(text.into()),
            // D-02.
            _ => self
                .listed()
                .find(|id| id.eq_ignore_ascii_case(text))
                .map(Value::from)
                .ok_or(ParameterError::Unlisted),
        }
    }

    fn integer(&self, text: &str) -> Result<i64, ParameterError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(ParameterError::NotAnInteger);
        }
        #[allow(
            clippy::cast_possible_truncation,
            reason = "the bounds of the contract are small whole numbers"
        )]
        let minimum = self
            .schema
            .minimum
            .map_or(i64::MIN, |minimum| minimum as i64);
        match text.parse::<i64>() {
            Ok(number) if number < minimum => Err(ParameterError::Below(minimum)),
            Ok(number) => Ok(number),
            Err(_) => Err(ParameterError::TooLarge),
        }
    }
}

/// A decoded part of a path; `None` if it is not UTF-8.
#[must_use]
pub fn decoded(part: &str) -> Option<Cow<'_, str>> {
    percent_encoding::percent_decode_str(part)
        .decode_utf8()
        .ok()
}

#[cfg(test)]
mod tests {
    use crate::contract::{self, Contract};

    #[test]
    fn every_operation_of_the_document_is_there() {
        let contract = Contract::get();
        let document = contract::document();
        let methods = document["paths"]
            .as_object()
            .unwrap()
            .values()
            .flat_map(|item| item.as_object().unwrap())
            .filter(|(name, _)| *name != "parameters");
        assert_eq!(contract.operations.len(), methods.count());
        assert_eq!(
            (contract.base.as_str(), contract.token_header.as_str()),
            ("/v1", "accessToken")
        );
        for operation in &contract.operations {
            assert_eq!(
                operation.request.is_some(),
                operation.body(true).is_some(),
                "{}",
                operation.id
            );
            assert!(operation.body(false).is_some(), "{}", operation.id);
        }
    }

    #[test]
    fn a_status_has_its_own_word_or_is_a_failure() {
        let operation = &Contract::get().operations[0];
        let headers = |status| {
            operation
                .response(status)
                .map(|response| response.headers.len())
        };
        assert_eq!(
            [200, 308, 400, 404, 429, 499, 500, 599].map(headers),
            [0, 1, 0, 0, 1, 0, 0, 0].map(Some)
        );
        let undeclared = [0, 100, 199, 201, 204, 300, 307, 399, 600, 999];
        assert!(undeclared.map(headers).iter().all(Option::is_none));
    }
}
