//! Faults on purpose, for the tests of clients.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use kaizala_actions::operation::OperationId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{id::mix, lock::lock};

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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    #[serde(flatten)]
    kind: FaultKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<OperationId>,
    #[serde(default = "always")]
    rate: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
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
        /// By how much.
        milliseconds: u64,
    },
    /// 429.
    Throttled {
        /// What `Retry-After` says.
        retry_after: u64,
    },
    /// 308.
    Moved {
        /// The new endpoint.
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

    /// Only of a part of the calls, from 0 to 1.
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

/// A list whose last action is of another type; none if the body is no list, or an empty one.
pub(super) fn listed_as(body: &[u8], action_type: &str) -> Option<Vec<u8>> {
    let mut list: Value = serde_json::from_slice(body).ok()?;
    let newest = list.get_mut("actions")?.as_array_mut()?.last_mut()?;
    *newest.get_mut("actionType")? = action_type.into();
    Some(list.to_string().into_bytes())
}

/// The faults that are set, and the dice.
pub(super) struct Faults {
    set: Mutex<Vec<Fault>>,
    seed: u64,
    rolls: AtomicU64,
}

/// What goes wrong with one call.
#[derive(Debug, Default)]
pub(super) struct FaultPlan {
    pub latency: Duration,
    /// The first that is more than a delay.
    pub kind: Option<FaultKind>,
}

impl Faults {
    pub fn new(set: Vec<Fault>, seed: u64) -> Self {
        Self {
            set: Mutex::new(set),
            seed,
            rolls: AtomicU64::new(0),
        }
    }

    pub fn get(&self) -> Vec<Fault> {
        lock(&self.set).clone()
    }

    pub fn set(&self, faults: Vec<Fault>) {
        *lock(&self.set) = faults;
    }

    pub fn plan_for(&self, operation: OperationId) -> FaultPlan {
        let mut plan = FaultPlan::default();
        for fault in lock(&self.set).iter_mut() {
            let is_due = fault.operation.is_none_or(|id| id == operation)
                && fault.times != Some(0)
                && self.roll() < fault.rate;
            if !is_due {
                continue;
            }
            match &fault.kind {
                FaultKind::Latency { milliseconds } => {
                    plan.latency += Duration::from_millis(*milliseconds);
                }
                _ if plan.kind.is_some() => continue,
                kind => plan.kind = Some(kind.clone()),
            }
            fault.times = fault.times.map(|times| times - 1);
        }
        plan
    }

    /// A number from 0 to 1, the same in every run with the same seed.
    fn roll(&self) -> f64 {
        let number = mix(self.seed ^ self.rolls.fetch_add(1, Ordering::Relaxed));
        f64::from(u32::try_from(number >> 32).unwrap_or_default()) / (f64::from(u32::MAX) + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_written_as_json() {
        let text =
            r#"{"kind": "throttled", "retryAfter": 3, "operation": "postAction", "rate": 0.5}"#;
        let fault = Fault::new(FaultKind::Throttled { retry_after: 3 })
            .operation(OperationId::PostAction)
            .rate(0.5);
        assert_eq!(serde_json::from_str::<Fault>(text).unwrap(), fault);
        assert_eq!(
            serde_json::from_str::<Fault>(r#"{"kind": "cut-after"}"#).unwrap(),
            Fault::new(FaultKind::CutAfter)
        );
    }

    #[test]
    fn a_fault_strikes_its_operation_at_its_rate_and_so_often() {
        let faults = Faults::new(
            vec![
                Fault::new(FaultKind::Failure)
                    .operation(OperationId::GetAction)
                    .rate(0.25)
                    .times(100),
            ],
            7,
        );
        let struck = |operation| {
            (0..1000)
                .filter(|_| faults.plan_for(operation).kind.is_some())
                .count()
        };
        assert_eq!(struck(OperationId::PostAction), 0);
        assert_eq!(struck(OperationId::GetAction), 100);
    }
}
