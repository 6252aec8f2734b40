//! Waiting one's turn, so as not to be throttled.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

/// No more than so many calls in any span of so long, over all clones of a client.
///
/// ```
/// use kaizala_actions::client::{Client, Pace};
///
/// let client = Client::builder().pace(Pace::DOCUMENTED);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pace {
    /// How many calls; 0 counts as 1.
    pub calls: usize,
    /// In how long.
    pub within: Duration,
}

impl Pace {
    /// The documented limit: 100 calls a minute for each connector.
    pub const DOCUMENTED: Self = Self {
        calls: 100,
        within: Duration::from_mins(1),
    };

    /// So many calls in any span of so long.
    #[must_use]
    pub fn new(calls: usize, within: Duration) -> Self {
        Self { calls, within }
    }
}

const CENTURY: Duration = Duration::from_hours(100 * 365 * 24);

/// Hands out turns.
#[derive(Debug)]
pub(super) struct Pacer {
    pace: Pace,
    /// The last turns, no more than a span has; later ones may lie ahead.
    turns: Mutex<VecDeque<Instant>>,
}

impl Pacer {
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            turns: Mutex::default(),
        }
    }

    /// Waits for the next turn. Who gives up waiting has used it, which errs on the side of the
    /// limit.
    pub async fn turn(&self) {
        sleep_until(self.reserve(Instant::now())).await;
    }

    fn reserve(&self, now: Instant) -> Instant {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let mut turn = now;
        if turns.len() >= self.pace.calls.max(1) {
            // A span without an end is one of a century.
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
