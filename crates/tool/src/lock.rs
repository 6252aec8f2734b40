//! Locks that a panic elsewhere does not poison, also for a tool without HTTP.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The content of a lock.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
