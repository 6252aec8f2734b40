//! The activity of a connection.

use std::{sync::Mutex, time::Instant};

use super::lock::lock;

/// Since when a connection has been idle; `None` while it handles a request.
pub(super) struct Activity(Mutex<Option<Instant>>);

impl Activity {
    pub fn new() -> Self {
        Self(Mutex::new(Some(Instant::now())))
    }

    /// Notes that a request has arrived completely. A request that is still on its way does not
    /// count: it may never arrive.
    pub fn busy(&self) {
        *lock(&self.0) = None;
    }

    pub fn idle(&self) {
        *lock(&self.0) = Some(Instant::now());
    }

    pub fn idle_since(&self) -> Option<Instant> {
        *lock(&self.0)
    }
}
