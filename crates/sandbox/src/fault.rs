//! Intentional faults, for the tests of clients.

use std::{error::Error, fmt};

use kaizala_actions::operation::OperationId;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value, value};

use super::endpoint;

/// The milliseconds of a day.
pub(super) const MOST_LATENCY: u64 = 24 * 60 * 60 * 1000;

/// A fault of a call.
///
/// ```
/// use kaizala_actions::operation::OperationId;
/// use kaizala_actions_sandbox::{Fault, FaultKind};
/// use std::time::Duration;
///
/// // Every second answer to a post gets lost after the action was stored; the first call of any kind is slow.
/// let lost = Fault::new(FaultKind::CutAfter).operation(OperationId::PostAction).rate(0.5);
/// let slow = Fault::new(FaultKind::Latency { milliseconds: 200 }).times(1);
/// # let _ = (lost, slow);
/// ```
///
/// In JSON it is an object with the kind, the members of that kind, and other members if they
/// differ from their defaults:
///
/// ```
/// # use kaizala_actions_sandbox::{Fault, FaultKind};
/// # use kaizala_actions::operation::OperationId;
/// let fault = r#"{"kind": "throttled", "retryAfter": 3, "operation": "postAction", "rate": 0.5, "times": 10}"#;
/// let fault: Fault = serde_json::from_str(fault)?;
/// let same = Fault::new(FaultKind::Throttled { retry_after: 3 }).operation(OperationId::PostAction).rate(0.5).times(10);
/// assert_eq!(fault, same);
///
/// let refused = serde_json::from_str::<Fault>(r#"{"kind": "failure", "rate": 7}"#).unwrap_err();
/// assert_eq!(refused.to_string(), "the rate is not from 0 to 1");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", remote = "Self")]
pub struct Fault {
    #[serde(flatten)]
    pub(super) kind: FaultKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) operation: Option<OperationId>,
    #[serde(default = "always")]
    pub(super) rate: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) times: Option<u32>,
}

fn always() -> f64 {
    1.0
}

/// The kind of a fault.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum FaultKind {
    /// The answer is delayed.
    Latency {
        /// The delay; at most a day.
        milliseconds: u64,
    },
    /// 429.
    Throttled {
        /// The value of `Retry-After`.
        retry_after: u64,
    },
    /// 308.
    Moved {
        /// The new endpoint: an http or https URL.
        location: String,
    },
    /// 500.
    Failure,
    /// The connection is cut before the call is performed.
    Cut,
    /// The connection is cut after the call was performed, and the answer is lost.
    CutAfter,
    /// The status is 200, and the body is truncated.
    #[serde(rename = "malformed")]
    Truncated,
    /// The last action of a list gets another type, as a newer service could send it (D-30); other
    /// answers do not change.
    ListedAs {
        /// The new type.
        action_type: String,
    },
}

impl Fault {
    /// A fault of every call.
    #[must_use]
    pub fn new(kind: FaultKind) -> Self {
        Self {
            kind,
            operation: None,
            rate: always(),
            times: None,
        }
    }

    /// Limits the fault to one operation.
    #[must_use]
    pub fn operation(mut self, operation: OperationId) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Limits the fault to a fraction of the calls, from 0 to 1; other numbers are refused when the
    /// fault is set.
    #[must_use]
    pub fn rate(mut self, rate: f64) -> Self {
        self.rate = rate;
        self
    }

    /// Limits the number of times that the fault happens.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }
}

impl Fault {
    /// Checks that the fault is possible.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn check(&self) -> Result<(), FaultError> {
        let refuse = |problem: &str| Err(FaultError(problem.to_owned()));
        if !(0.0..=1.0).contains(&self.rate) {
            return refuse("the rate is not from 0 to 1");
        }
        match &self.kind {
            FaultKind::Latency { milliseconds } if *milliseconds > MOST_LATENCY => {
                refuse("the latency is longer than a day")
            }
            FaultKind::Moved { location } => endpoint::check(location).map_err(FaultError),
            _ => Ok(()),
        }
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = Map::deserialize(deserializer)?;
        let fault = Self::deserialize(Value::Object(members.clone())).map_err(de::Error::custom)?;
        // Flattened members may have any name: compare with what would be written.
        let written = Self::serialize(&fault, value::Serializer).map_err(de::Error::custom)?;
        let is_unknown =
            |(name, value): &(&String, &Value)| !value.is_null() && written.get(name).is_none();
        if let Some((name, _)) = members.iter().find(is_unknown) {
            return Err(de::Error::custom(format!(
                "this kind of fault has no member {name:?}"
            )));
        }
        fault.check().map_err(de::Error::custom)?;
        Ok(fault)
    }
}

/// Why a fault is not possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultError(String);

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for FaultError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let kinds = [
            FaultKind::Latency {
                milliseconds: MOST_LATENCY,
            },
            FaultKind::Throttled {
                retry_after: u64::MAX,
            },
            FaultKind::Moved {
                location: "https://kms2.kaiza.la".to_owned(),
            },
            FaultKind::Failure,
            FaultKind::Cut,
            FaultKind::CutAfter,
            FaultKind::Truncated,
            FaultKind::ListedAs {
                action_type: "Sticker".to_owned(),
            },
        ];
        for kind in kinds {
            for fault in [
                Fault::new(kind.clone()),
                Fault::new(kind.clone())
                    .operation(OperationId::GetAction)
                    .rate(0.0)
                    .times(0),
            ] {
                let text = serde_json::to_string(&fault).unwrap();
                assert_eq!(
                    serde_json::from_str::<Fault>(&text).unwrap(),
                    fault,
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn what_is_not_known_is_refused_with_its_name() {
        for (text, expected) in [
            (r#"{"kind": "fire"}"#, "unknown variant `fire`"),
            (r#"{"rate": 1}"#, "missing field `kind`"),
            (r#"{"kind": "failure", "rate": 7}"#, "the rate"),
            (r#"{"kind": "failure", "rate": -1}"#, "the rate"),
            (r#"{"kind": "failure", "rate": 1.0000001}"#, "the rate"),
            (r#"{"kind": "failure", "rate": "1"}"#, "invalid type"),
            (
                r#"{"kind": "failure", "often": true}"#,
                "no member \"often\"",
            ),
            (
                r#"{"kind": "failure", "retryAfter": 3}"#,
                "no member \"retryAfter\"",
            ),
            (r#"{"kind": "failure", "Rate": 1}"#, "no member \"Rate\""),
            (r#"{"kind": "cut", "times": -1}"#, "invalid value"),
            (
                r#"{"kind": "cut", "operation": "sendAction"}"#,
                "one of listActions",
            ),
            (
                r#"{"kind": "cut", "operation": "postaction"}"#,
                "one of listActions",
            ),
            (r#"{"kind": "cut", "operation": 1}"#, "invalid type"),
            (r#"{"kind": "latency"}"#, "missing field `milliseconds`"),
            (r#"{"kind": "latency", "milliseconds": 86400001}"#, "a day"),
            (
                r#"{"kind": "latency", "milliseconds": 18446744073709551615}"#,
                "a day",
            ),
            (
                r#"{"kind": "latency", "milliseconds": 18446744073709551616}"#,
                "invalid",
            ),
            (r#"{"kind": "latency", "milliseconds": -1}"#, "invalid"),
            (
                r#"{"kind": "moved", "location": "foo"}"#,
                "http or https URL",
            ),
            ("[]", "expected a map"),
        ] {
            let error = serde_json::from_str::<Fault>(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
        for rate in [f64::NAN, f64::INFINITY, -0.1, 1.1] {
            let fault = Fault::new(FaultKind::Failure).rate(rate);
            assert!(fault.check().is_err());
        }
    }
}
