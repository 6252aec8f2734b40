//! What a connection is doing.

use std::{sync::Mutex, time::Instant};

use super::lock::lock;

/// Since when a connection has no request in hand; none while it has one.
pub(super) struct Activity(Mutex<Option<Instant>>);

impl Activity {
    pub fn new() -> Self {
        Self(Mutex::new(Some(Instant::now())))
    }

    /// A request is there, whole. One that is still on its way does not count: it may never arrive.
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
