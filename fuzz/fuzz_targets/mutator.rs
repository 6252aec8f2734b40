//! Half of the changes are libFuzzer's, which know no JSON; the others know where its values are.

use kaizala_actions::fuzzing::{Random, mutate};

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut random = Random::from(u64::from(seed));
    if random.below(2) == 0 {
        return libfuzzer_sys::fuzzer_mutate(data, size, max_size);
    }
    let mut text = data[..size].to_vec();
    for _ in 0..=random.below(3) {
        mutate(&mut text, &mut random);
    }
    text.truncate(max_size);
    data[..text.len()].copy_from_slice(&text);
    text.len()
});
