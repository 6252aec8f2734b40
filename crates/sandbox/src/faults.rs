//! The current faults, and when they happen.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use kaizala_actions::operation::OperationId;
use kaizala_actions_http::lock;
use serde_json::Value;

use super::{
    fault::{Fault, FaultError, FaultKind},
    id::mix,
};

/// A list whose last action has another type; `None` if the body is not a list, or is an empty one.
pub(super) fn listed_as(body: &[u8], action_type: &str) -> Option<Vec<u8>> {
    let mut list: Value = serde_json::from_slice(body).ok()?;
    let newest = list.get_mut("actions")?.as_array_mut()?.last_mut()?;
    *newest.get_mut("actionType")? = action_type.into();
    Some(list.to_string().into_bytes())
}

/// The current faults, and the random numbers.
pub(super) struct Faults {
    set: Mutex<Vec<Fault>>,
    seed: u64,
    rolls: AtomicU64,
}

/// The faults of one call.
#[derive(Debug, Default)]
pub(super) struct FaultPlan {
    pub latency: Duration,
    /// The first fault other than a delay.
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

    pub fn set(&self, faults: Vec<Fault>) -> Result<(), FaultError> {
        faults.iter().try_for_each(Fault::check)?;
        *lock(&self.set) = faults;
        Ok(())
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
                    let longer = Duration::from_millis(*milliseconds);
                    plan.latency = plan.latency.saturating_add(longer);
                }
                _ if plan.kind.is_some() => continue,
                kind => plan.kind = Some(kind.clone()),
            }
            fault.times = fault.times.map(|times| times - 1);
        }
        plan
    }

    /// A number from 0 to 1, reproducible for a seed.
    fn roll(&self) -> f64 {
        let number = mix(self.seed ^ self.rolls.fetch_add(1, Ordering::Relaxed));
        f64::from(u32::try_from(number >> 32).unwrap_or_default()) / (f64::from(u32::MAX) + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::fault::MOST_LATENCY, *};

    #[test]
    fn latencies_that_are_due_at_once_add_up() {
        let fault = Fault::new(FaultKind::Latency {
            milliseconds: MOST_LATENCY,
        });
        let plan = Faults::new(vec![fault; 1000], 0).plan_for(OperationId::GetAction);
        assert_eq!(plan.latency, Duration::from_millis(1000 * MOST_LATENCY));
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
