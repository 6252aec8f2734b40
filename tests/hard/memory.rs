//! Memory does not grow with the input.

use super::{JOB, UNTITLED, lint};

/// The most, in KiB, of a debug build with two threads.
const MEMORY: u64 = 48 << 10;

/// What the peak of two runs of the same may differ by, in KiB.
const NOISE: u64 = 3 << 10;

/// The peak for so many bytes of bodies, of which some are faulty.
fn peak(format: &'static str, bytes: usize) -> u64 {
    let answer = lint(&["--input", "ndjson", "--format", format, "--jobs", "2"], move |stdin| {
        let block: Vec<u8> = (0..1000)
            .flat_map(|number| if number % 200 == 0 { format!("{UNTITLED}\n") } else { format!("{JOB}\n") }.into_bytes())
            .collect();
        let mut left = bytes;
        while left > 0 {
            stdin.write_all(&block)?;
            left = left.saturating_sub(block.len());
        }
        Ok(())
    });
    assert_eq!(answer.code, Some(1), "{format}: {}", answer.err);
    answer.peak
}

#[test]
fn ten_times_the_input_takes_no_more_memory() {
    for format in ["jsonl", "sarif"] {
        let (small, large) = (peak(format, 5 << 20), peak(format, 50 << 20));
        if small > 0 {
            assert!(large < small + NOISE && large < MEMORY, "{format}: {small} KiB, then {large} KiB");
        }
    }
}

/// Ten million findings in a release build (`cargo test --release --test hard`), as many as a debug build can bear in any other.
const LINES: usize = if cfg!(debug_assertions) { 2_000 } else { 200_000 };
const EACH: usize = 50;

#[test]
fn however_many_findings_take_no_more_memory() {
    let unknown: Vec<_> = (0..EACH).map(|number| format!("\"unheard{number}\":{number}")).collect();
    let line = JOB.replace("{\"title\"", &format!("{{{},\"title\"", unknown.join(","))) + "\n";
    let outputs = ["--output", "jsonl=/dev/null", "--output", "sarif=/dev/null"];
    let answer = lint(&[&["--input", "ndjson", "--format", "summary"][..], &outputs].concat(), move |stdin| {
        (0..LINES).try_for_each(|_| stdin.write_all(line.as_bytes()))
    });
    assert!(answer.code.is_some_and(|code| code < 2), "{}", answer.err);
    assert!(answer.text().replace(',', "").contains(&(LINES * EACH).to_string()), "{}", answer.text());
    assert!(answer.peak < MEMORY, "{} KiB", answer.peak);
}
