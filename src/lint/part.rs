//! The parts of an exchange.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::name::{self, UnknownName};

/// A part of an exchange, by the terms of RFC 9110 and 9112.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The method and the URL.
    RequestLine,
    /// The header fields of the request.
    RequestHeaders,
    /// The body of the request.
    RequestBody,
    /// The status of the response.
    ResponseStatus,
    /// The header fields of the response.
    ResponseHeaders,
    /// The body of the response.
    ResponseBody,
}

impl Part {
    /// All parts, in the order of the exchange.
    pub const ALL: [Self; 6] = [
        Self::RequestLine,
        Self::RequestHeaders,
        Self::RequestBody,
        Self::ResponseStatus,
        Self::ResponseHeaders,
        Self::ResponseBody,
    ];

    /// Whether it is sent to the service.
    #[must_use]
    pub fn is_request(self) -> bool {
        matches!(
            self,
            Self::RequestLine | Self::RequestHeaders | Self::RequestBody
        )
    }

    /// Whether it is a body, which is a document of its own.
    #[must_use]
    pub fn is_body(self) -> bool {
        matches!(self, Self::RequestBody | Self::ResponseBody)
    }

    /// As it appears in reports: `request.body`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RequestLine => "request.line",
            Self::RequestHeaders => "request.headers",
            Self::RequestBody => "request.body",
            Self::ResponseStatus => "response.status",
            Self::ResponseHeaders => "response.headers",
            Self::ResponseBody => "response.body",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Part {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        name::find("a part", Self::ALL, Self::name, name)
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        name.parse().map_err(de::Error::custom)
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
