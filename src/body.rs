//! The kinds of body that the contract describes. `lint/recognition.rs` recognises the kind of a
//! document; in an exchange it follows from the method and the path.

use std::{borrow::Cow, error::Error, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{operation::OperationId, renamed, support::Method};

include!(concat!(env!("OUT_DIR"), "/bodies.rs"));

struct BodyRow {
    name: &'static str,
    operation: Option<OperationId>,
    request: bool,
    schema: &'static str,
}

impl BodyKind {
    fn row(self) -> &'static BodyRow {
        // The enum and the table are generated from one list, in one order.
        &BODIES[self as usize]
    }

    /// `OPERATION.DIRECTION`, as in `post-action.request`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The names that earlier versions gave it, which are still accepted.
    pub fn former_names(self) -> impl Iterator<Item = &'static str> {
        renamed::former(self.name())
    }

    /// Its operation; `None` for the error, which every operation can answer with.
    #[must_use]
    pub fn operation(self) -> Option<OperationId> {
        self.row().operation
    }

    /// The request of an operation, or its success; `None` if it has no body.
    #[must_use]
    pub fn of_operation(operation: OperationId, request: bool) -> Option<Self> {
        let mut kinds = Self::ALL.iter().copied();
        kinds.find(|kind| kind.is_request() == request && kind.operation() == Some(operation))
    }

    /// The HTTP method of the operation; `None` for the error.
    #[must_use]
    pub fn method(self) -> Option<Method> {
        self.operation().map(OperationId::method)
    }

    /// The path of the operation below the endpoint's `/v1`, with its parameters in braces; `None`
    /// for the error.
    #[must_use]
    pub fn path(self) -> Option<&'static str> {
        self.operation().map(OperationId::path)
    }

    /// Whether it is sent to the service.
    #[must_use]
    pub fn is_request(self) -> bool {
        self.row().request
    }

    /// The name of its schema in the OpenAPI document.
    #[must_use]
    pub fn schema(self) -> &'static str {
        self.row().schema
    }
}

impl TryFrom<&str> for BodyKind {
    type Error = UnknownBodyKind;

    fn try_from(name: &str) -> Result<Self, UnknownBodyKind> {
        name.parse()
    }
}

/// By its name.
impl Serialize for BodyKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// By its name.
impl<'de> Deserialize<'de> for BodyKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        name.parse().map_err(de::Error::custom)
    }
}

impl fmt::Display for BodyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for BodyKind {
    type Err = UnknownBodyKind;

    /// The name, or one of the [former names](Self::former_names).
    fn from_str(name: &str) -> Result<Self, UnknownBodyKind> {
        let name = renamed::present(name);
        let mut kinds = Self::ALL.iter().copied();
        kinds
            .find(|kind| kind.name() == name)
            .ok_or(UnknownBodyKind)
    }
}

/// A name that is not an `OPERATION.DIRECTION` of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownBodyKind;

impl fmt::Display for UnknownBodyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = BODIES.iter().map(|row| row.name).collect();
        write!(f, "a body is one of {}", names.join(", "))
    }
}

impl Error for UnknownBodyKind {}
