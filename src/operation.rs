//! The operations of the contract, by their ids.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{name::UnknownName, renamed, support::Method};

include!(concat!(env!("OUT_DIR"), "/operations.rs"));

struct OperationRow {
    id: &'static str,
    method: Method,
    path: &'static str,
}

impl OperationId {
    fn row(self) -> &'static OperationRow {
        // The enum and the table are generated from one list, in one order.
        &OPERATIONS[self as usize]
    }

    /// The `operationId` in the OpenAPI document, as in `postAction`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.row().id
    }

    /// The ids that earlier versions gave it, which are still accepted.
    pub fn former_names(self) -> impl Iterator<Item = &'static str> {
        renamed::former(self.as_str())
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(self) -> Method {
        self.row().method
    }

    /// The path below the endpoint's `/v1`, with its parameters in braces.
    #[must_use]
    pub fn path(self) -> &'static str {
        self.row().path
    }
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for OperationId {
    type Err = UnknownName;

    /// The id or one of the [former names](Self::former_names), compared exactly, including case.
    fn from_str(id: &str) -> Result<Self, UnknownName> {
        let id = renamed::present(id);
        let mut all = Self::ALL.iter().copied();
        let found = all.find(|operation| operation.as_str() == id);
        found.ok_or_else(|| UnknownName {
            kind: "an operation",
            known: OPERATIONS.iter().map(|row| row.id).collect(),
        })
    }
}

/// As the text of [`as_str`](OperationId::as_str).
impl Serialize for OperationId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for OperationId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        id.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;

    #[test]
    fn an_id_is_that_of_the_contract_in_text_and_in_json() {
        let declared: Vec<_> = Contract::get().operations.iter().collect();
        assert_eq!(declared.len(), OperationId::ALL.len());
        for (operation, id) in declared.into_iter().zip(OperationId::ALL) {
            assert_eq!(operation.id(), *id);
            assert_eq!(operation.path, id.path());
            assert_eq!(operation.method, id.method().to_string());
            assert_eq!(id.to_string().parse(), Ok(*id));
            let json = serde_json::to_string(id).unwrap();
            assert_eq!(json, format!("{:?}", id.as_str()));
            assert_eq!(serde_json::from_str::<OperationId>(&json).unwrap(), *id);
        }
        let unknown = "sendAction".parse::<OperationId>().unwrap_err().to_string();
        assert_eq!(
            unknown,
            "an operation is one of listActions, postAction, getAction, respondToAction"
        );
    }
}
