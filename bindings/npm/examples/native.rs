//! How long the linter takes for each body of a file, one on each line, in nanoseconds: what
//! `bench.js` compares the package with. The JSON of findings is part of it, as it is there.
#![allow(clippy::print_stdout, reason = "its output")]

use std::{env, error::Error, fs, hint::black_box, time::Instant};

use kaizala_actions::lint::Linter;

/// The shortest of this many measurements counts, each of this many nanoseconds.
const ROUNDS: usize = 7;
const ROUND: u128 = 1_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("usage: native FILE")?;
    let linter = Linter::new();
    let judge = |body: &[u8]| {
        let report = linter.lint_unknown(black_box(body));
        if !report.is_clean() {
            black_box(serde_json::to_string(&report).is_ok());
        }
        black_box(report);
    };
    for line in fs::read(path)?.split(|byte| *byte == b'\n') {
        judge(line);
        let begun = Instant::now();
        judge(line);
        let once = begun.elapsed().as_nanos().max(1);
        let times = (ROUND / once).clamp(1, 100_000);
        let rounds = (0..ROUNDS).map(|_| {
            let begun = Instant::now();
            for _ in 0..times {
                judge(line);
            }
            begun.elapsed().as_nanos() / times
        });
        println!("{}", rounds.min().unwrap_or_default());
    }
    Ok(())
}
