//! Decides how much to read at a time, by the number of findings so far.
//!
//! A finding is many times as large as its text. To limit the memory for pieces with many findings,
//! the pieces become smaller.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// The target number of findings in a piece.
const FINDINGS: usize = 200;

/// The minimum size of a piece, and the size of the first one.
const LEAST: usize = 8 << 10;

/// Shared by the thread that reads and those that judge.
#[derive(Clone)]
pub(crate) struct Portion(Arc<AtomicUsize>);

impl Default for Portion {
    fn default() -> Self {
        Self(Arc::new(AtomicUsize::new(LEAST)))
    }
}

impl Portion {
    /// The size of the next piece, unless the reader prefers a smaller one.
    pub fn bytes(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Adapts the size to the number of findings in this many bytes.
    pub fn learn(&self, bytes: usize, findings: usize) {
        self.0.store(
            (bytes.saturating_mul(FINDINGS) / findings.max(1)).max(LEAST),
            Ordering::Relaxed,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_is_found_the_less_is_read() {
        let portion = Portion::default();
        for (bytes, findings, expected) in [
            (LEAST, 0, LEAST * FINDINGS),
            (100_000, 2_000, 10_000),
            (10_000, 100_000, LEAST),
            (usize::MAX, 1, usize::MAX),
        ] {
            portion.learn(bytes, findings);
            assert_eq!(portion.bytes(), expected);
        }
    }
}
