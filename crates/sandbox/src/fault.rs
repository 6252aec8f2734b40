//! Faults on purpose, for the tests of clients.

use std::{error::Error, fmt};

use kaizala_actions::operation::OperationId;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value, value};

use super::endpoint;

/// The milliseconds of a day.
pub(super) const MOST_LATENCY: u64 = 24 * 60 * 60 * 1000;

/// Something that goes wrong with a call.
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
/// In JSON it is an object with the kind, what belongs to that, and the rest where it is not as usual:
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

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum FaultKind {
    /// The answer comes late.
    Latency {
        /// By how much; by a day at most.
        milliseconds: u64,
    },
    /// 429.
    Throttled {
        /// What `Retry-After` says.
        retry_after: u64,
    },
    /// 308.
    Moved {
        /// The new endpoint: a URL of http or https.
        location: String,
    },
    /// 500.
    Failure,
    /// The connection is cut before anything is done.
    Cut,
    /// The connection is cut when all is done, and the answer is lost.
    CutAfter,
    /// The status is that of success, and the body breaks off in the middle.
    #[serde(rename = "malformed")]
    Truncated,
    /// The last action of a list says that it is of another type, as one of a newer service would
    /// (D-30); other answers are as ever.
    ListedAs {
        /// That type.
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

    /// Only of the calls of one operation.
    #[must_use]
    pub fn operation(mut self, operation: OperationId) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Only of a part of the calls, from 0 to 1; more or less is refused where the fault is set.
    #[must_use]
    pub fn rate(mut self, rate: f64) -> Self {
        self.rate = rate;
        self
    }

    /// Only so many times.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }
}

impl Fault {
    /// Whether it can happen at all.
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
        // What is flattened takes any member: what has been read is what is written again.
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

/// Why a fault cannot be.
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
