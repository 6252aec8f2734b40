//! Work that may grow as its input does, and no faster.

use std::time::{Duration, Instant};

/// Does the work for inputs of a size, of twice and of four times as much, several times each.
/// Quadratic work takes 16 times as long for the last as for the first.
pub fn assert_linear<I>(size: usize, input: impl Fn(usize) -> I, work: impl Fn(&I)) {
    let inputs = [size, 2 * size, 4 * size].map(input);
    let mut least = [Duration::MAX; 3];
    for _ in 0..5 {
        for (input, least) in inputs.iter().zip(&mut least) {
            let begun = Instant::now();
            work(input);
            *least = begun.elapsed().min(*least);
        }
    }
    assert!(least[2] <= 8 * least[0], "from {size} on: {least:?}");
}
