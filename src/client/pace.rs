//! Limits the rate of calls, to avoid throttling.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

/// A limit on the number of calls in any span of the given length, for all clones of a client.
///
/// ```
/// use kaizala_actions::client::{Client, Pace};
///
/// let client = Client::builder().pace(Pace::DOCUMENTED);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pace {
    /// The number of calls; 0 counts as 1.
    pub calls: usize,
    /// The length of the span.
    pub within: Duration,
}

impl Pace {
    /// The documented limit: 100 calls a minute for each connector.
    pub const DOCUMENTED: Self = Self {
        calls: 100,
        within: Duration::from_mins(1),
    };

    /// Allows `calls` calls in any span of length `within`.
    #[must_use]
    pub fn new(calls: usize, within: Duration) -> Self {
        Self { calls, within }
    }
}

const CENTURY: Duration = Duration::from_hours(100 * 365 * 24);

/// Schedules calls.
#[derive(Debug)]
pub(super) struct Pacer {
    pace: Pace,
    /// The times of the last calls, at most as many as a span allows; later ones may be in the
    /// future.
    turns: Mutex<VecDeque<Instant>>,
}

impl Pacer {
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            turns: Mutex::default(),
        }
    }

    /// Waits until the next call is allowed. A caller that stops waiting has still used its slot,
    /// so the limit is kept.
    pub async fn turn(&self) {
        sleep_until(self.reserve(Instant::now())).await;
    }

    fn reserve(&self, now: Instant) -> Instant {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let mut turn = now;
        if turns.len() >= self.pace.calls.max(1) {
            // A span without an end counts as a century.
            let after = |first: Instant| first.checked_add(self.pace.within.min(CENTURY));
            turn = now.max(turns.pop_front().and_then(after).unwrap_or(now));
        }
        turns.push_back(turn);
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_span_has_more_calls_than_it_may() {
        let pacer = Pacer::new(Pace::new(3, Duration::from_mins(1)));
        let start = Instant::now();
        let asked = [0, 1, 2, 3, 4, 65, 200];
        let turns = asked
            .map(|second| (pacer.reserve(start + Duration::from_secs(second)) - start).as_secs());
        assert_eq!(turns, [0, 1, 2, 60, 61, 65, 200]);
    }

    #[test]
    fn a_span_may_be_without_an_end() {
        let pacer = Pacer::new(Pace::new(1, Duration::MAX));
        let start = Instant::now();
        assert_eq!(pacer.reserve(start), start);
        assert_eq!(pacer.reserve(start), start + CENTURY);
    }
}
