//! How much is read at a time, by how much was found in what was read before.
//!
//! A finding is many times as large as what it is about. So that a few pieces full of them are no
//! more than a few without, the pieces become smaller.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// How many findings a piece is to have, about.
const FINDINGS: usize = 200;

/// The least bytes that are worth a piece, and what to begin with, when nothing is known.
const LEAST: usize = 8 << 10;

/// Shared by whoever reads and whoever finds.
#[derive(Clone)]
pub(crate) struct Portion(Arc<AtomicUsize>);

impl Default for Portion {
    fn default() -> Self {
        Self(Arc::new(AtomicUsize::new(LEAST)))
    }
}

impl Portion {
    /// How many bytes to read for the next piece; as many as the reader likes, if that is less.
    pub fn bytes(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Takes in what was found in so many bytes.
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
