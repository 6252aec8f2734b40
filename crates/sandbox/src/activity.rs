//! What a connection is doing.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

/// Whether a connection has a request in hand, or since when it has none.
pub(super) struct Activity {
    start: Instant,
    /// Milliseconds from the start; `BUSY` while there is a request.
    idle_since: AtomicU64,
}

const BUSY: u64 = u64::MAX;

impl Activity {
    pub fn new(start: Instant) -> Self {
        let activity = Self {
            start,
            idle_since: AtomicU64::new(0),
        };
        activity.idle();
        activity
    }

    /// A request is there, whole. One that is still on its way does not count: it may never arrive.
    pub fn busy(&self) {
        self.idle_since.store(BUSY, Ordering::Relaxed);
    }

    pub fn idle(&self) {
        let since = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(BUSY - 1);
        self.idle_since.store(since, Ordering::Relaxed);
    }

    /// Since when there is no request, in milliseconds; none while there is one.
    pub fn idle_since(&self) -> Option<u64> {
        Some(self.idle_since.load(Ordering::Relaxed)).filter(|since| *since != BUSY)
    }
}
