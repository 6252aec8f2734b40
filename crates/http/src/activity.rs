//! The activity of a connection.

use std::{sync::Mutex, time::Instant};

use super::lock::lock;

/// Since when a connection has been idle; `None` while it handles a request.
#[derive(Debug)]
pub struct Activity(Mutex<Option<Instant>>);

impl Activity {
    /// Of a connection that is idle.
    #[must_use]
    pub fn new() -> Self {
        Self(Mutex::new(Some(Instant::now())))
    }

    /// Notes that a request has arrived completely. A request that is still on its way does not
    /// count: it may never arrive.
    pub fn busy(&self) {
        *lock(&self.0) = None;
    }

    /// Notes that the request has been answered.
    pub fn idle(&self) {
        *lock(&self.0) = Some(Instant::now());
    }

    pub(super) fn idle_since(&self) -> Option<Instant> {
        *lock(&self.0)
    }
}

impl Default for Activity {
    fn default() -> Self {
        Self::new()
    }
}
