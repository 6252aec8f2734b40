//! The operations of the contract: their paths, parameters, headers and statuses.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{Schema, Type};
use crate::body::BodyKind;

/// One operation.
#[derive(Deserialize)]
pub struct Operation {
    id: Id,
    /// In capitals.
    pub method: String,
    path: Template,
    pub parameters: Vec<Parameter>,
    /// What it takes; none where it takes no body.
    pub request: Option<Content>,
    /// By status, which may be a range as in `4XX`.
    responses: IndexMap<String, Response>,
}

/// An `operationId`. The table of bodies has it for good; every operation has an answer.
struct Id(&'static str);

/// A parameter of the path or the query, or a header of a response.
#[derive(Deserialize)]
pub struct Parameter {
    pub name: String,
    /// Where a request has it; a header of a response says nothing.
    #[serde(default, rename = "in")]
    pub place: In,
    #[serde(default)]
    pub required: bool,
    pub description: Option<String>,
    pub schema: Schema,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum In {
    Path,
    Query,
    #[default]
    Header,
    Cookie,
}

/// What the contract says of the body of a message.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Content {
    pub media_types: Vec<String>,
    pub required: bool,
}

/// What the contract says of the answers of one status.
#[derive(Deserialize)]
pub struct Response {
    pub headers: Vec<Parameter>,
    /// None where no body is declared.
    pub content: Option<Content>,
}

/// A path with parameters in braces.
struct Template(Vec<Segment>);

enum Segment {
    Fixed(String),
    Parameter(String),
}

/// Names of the parameters of a path, and their values as the path writes them. There are two at
/// most, for which a map would be a detour.
pub type Values<'o, 'p> = Vec<(&'o str, &'p str)>;

/// Why a text is no value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Misfit {
    NoInteger,
    NoBoolean,
    /// The integer is less than the contract's minimum.
    Below(i64),
    /// It does not fit into 64 bits.
    TooLarge,
    /// It is none of the values that the contract lists.
    Unlisted,
}

impl Operation {
    /// The `operationId`.
    pub fn id(&self) -> &'static str {
        self.id.0
    }

    /// The values of the path's parameters, if a path without the base is of this operation.
    /// `spelling` compares the fixed parts.
    pub fn matches<'o, 'p>(
        &'o self,
        path: &'p str,
        spelling: fn(&str, &str) -> bool,
    ) -> Option<Values<'o, 'p>> {
        let mut parts = path.split('/').skip(1);
        let mut values = Values::new();
        for segment in &self.path.0 {
            let part = parts.next()?;
            match segment {
                Segment::Fixed(name) if spelling(name, part) => {}
                Segment::Fixed(_) => return None,
                Segment::Parameter(name) => values.push((name.as_str(), part)),
            }
        }
        parts.next().is_none().then_some(values)
    }

    /// How many parts the path has.
    pub fn segments(&self) -> usize {
        self.path.0.len()
    }

    /// The path, with its parameters in braces.
    pub fn written(&self) -> String {
        let written = self.path.0.iter().map(|segment| match segment {
            Segment::Fixed(name) => format!("/{name}"),
            Segment::Parameter(name) => format!("/{{{name}}}"),
        });
        written.collect()
    }

    /// What is said of a status, by itself or by its range.
    pub fn response(&self, status: u16) -> Option<&Response> {
        let range = format!("{}XX", status / 100);
        self.responses
            .get(&status.to_string())
            .or_else(|| self.responses.get(&range))
    }

    /// The statuses that are declared.
    pub fn statuses(&self) -> impl Iterator<Item = &str> {
        self.responses.keys().map(String::as_str)
    }

    /// The parameters of the query.
    pub fn query(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters
            .iter()
            .filter(|parameter| parameter.place == In::Query)
    }

    /// The body that it takes, or that it answers a success with.
    pub fn body(&self, request: bool) -> Option<BodyKind> {
        BodyKind::ALL
            .iter()
            .copied()
            .find(|kind| kind.is_request() == request && kind.operation_id() == Some(self.id.0))
    }
}

impl Parameter {
    /// The values that it may have, where they are listed.
    pub fn listed(&self) -> impl Iterator<Item = &str> {
        self.schema.values.iter().filter_map(Value::as_str)
    }

    /// What a text means as its value, in the contract's spelling.
    ///
    /// # Errors
    /// Why it means nothing.
    pub fn value(&self, text: &str) -> Result<Value, Misfit> {
        match self.schema.kind {
            Some(Type::Integer) => self.integer(text).map(Value::from),
            Some(Type::Boolean) => text
                .parse::<bool>()
                .map(Value::from)
                .map_err(|_| Misfit::NoBoolean),
            _ if self.schema.values.is_empty() => Ok(text.into()),
            // D-02.
            _ => self
                .listed()
                .find(|id| id.eq_ignore_ascii_case(text))
                .map(Value::from)
                .ok_or(Misfit::Unlisted),
        }
    }

    fn integer(&self, text: &str) -> Result<i64, Misfit> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(Misfit::NoInteger);
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
            Ok(number) if number < minimum => Err(Misfit::Below(minimum)),
            Ok(number) => Ok(number),
            // A bound that is greater than all there can be.
            Err(_) if self.schema.format.as_deref() != Some("int64") && !text.starts_with('-') => {
                Ok(i64::MAX)
            }
            Err(_) => Err(Misfit::TooLarge),
        }
    }
}

/// A part of a path as it was meant; none if it is no UTF-8.
pub fn decoded(part: &str) -> Option<Cow<'_, str>> {
    percent_encoding::percent_decode_str(part)
        .decode_utf8()
        .ok()
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = Cow::<str>::deserialize(deserializer)?;
        let known = BodyKind::ALL
            .iter()
            .find_map(|kind| kind.operation_id().filter(|other| *other == id));
        known
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom(format!("the operation {id} has no body")))
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = Cow::<str>::deserialize(deserializer)?;
        Ok(Self(path.split('/').skip(1).map(Segment::read).collect()))
    }
}

impl Segment {
    fn read(text: &str) -> Self {
        match text
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
        {
            Some(name) => Self::Parameter(name.to_owned()),
            None => Self::Fixed(text.to_owned()),
        }
    }
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
            .flat_map(|item| item.as_object().unwrap());
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
                operation.id.0
            );
            assert!(operation.body(false).is_some(), "{}", operation.id.0);
        }
    }

    #[test]
    fn a_status_has_its_own_word_or_its_ranges() {
        let operation = &Contract::get().operations[0];
        let headers = |status| {
            operation
                .response(status)
                .map(|response| response.headers.len())
        };
        assert_eq!(
            [200, 201, 308, 404, 429, 500].map(headers),
            [Some(0), None, Some(1), Some(0), Some(1), Some(0)]
        );
    }
}
