//! Work that may grow as its input does, and no faster.

use std::time::{Duration, Instant};

/// Does the work for inputs of a size, of twice and of four times as much, and compares the least
/// time that each took. Quadratic work takes 16 times as long for the last as for the first.
///
/// Other processes only ever add to a time, so on a busy machine it is measured again until the
/// least of each is found, which quadratic work never passes.
pub fn assert_linear<I>(size: usize, input: impl Fn(usize) -> I, work: impl Fn(&I)) {
    let inputs = [size, 2 * size, 4 * size].map(input);
    let mut least = [Duration::MAX; 3];
    for round in 1..=100 {
        for (input, least) in inputs.iter().zip(&mut least) {
            let begun = Instant::now();
            work(input);
            *least = begun.elapsed().min(*least);
        }
        if round >= 5 && least[2] <= 8 * least[0] {
            return;
        }
    }
    panic!("from {size} on: {least:?}");
}
