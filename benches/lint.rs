//! The linter against the least that any validator in Rust has to do first: reading each body into
//! a `serde_json::Value`. Both over the same bodies in the same run, in turns, so that noise hits
//! both.
//!
//! `cargo bench --bench lint [BODIES]`; what it printed, and where, is in `benches/README.md`. With
//! `--write FILE`, the bodies are written, one on each line, and nothing is measured: for
//! `benches/peers/run`.
#![allow(
    clippy::pedantic,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark"
)]

mod corpus;

use std::{
    collections::BTreeMap,
    fs,
    hint::black_box,
    io::{self, Write as _},
    time::{Duration, Instant},
};

use kaizala_actions::{body::BodyKind, lint::Linter};

const ROUNDS: usize = 7;

fn main() {
    let count = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(200_000);
    if let Some(file) = std::env::args()
        .skip_while(|argument| argument != "--write")
        .nth(1)
    {
        return write(count, &file).expect("the file can be written");
    }
    let bodies: Vec<_> = corpus::bodies(count).collect();
    let bytes: usize = bodies.iter().map(|body| body.text.len()).sum();
    let faulty = bodies.iter().filter(|body| body.fault.is_some()).count();
    println!(
        "{count} bodies, {} MB, {faulty} with one of {} faults",
        bytes / 1_000_000,
        corpus::FAULTS.len()
    );
    check(&bodies);

    let linter = Linter::new();
    let kind = BodyKind::PostActionRequest;
    let sound: Vec<_> = bodies
        .iter()
        .filter(|body| body.fault.is_none())
        .map(|body| &body.text)
        .collect();
    let mut table: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let mut unit = timed(|| {
            bodies.iter().for_each(|body| {
                drop(black_box(serde_json::from_slice::<serde_json::Value>(
                    &body.text,
                )))
            })
        });
        let mut row = |name, time: Duration| {
            table
                .entry(name)
                .or_default()
                .push(time.as_secs_f64() / unit.as_secs_f64())
        };
        row(
            "1 all findings of every body",
            timed(|| {
                bodies
                    .iter()
                    .for_each(|body| drop(black_box(linter.lint(kind, &body.text))))
            }),
        );
        row(
            "2 the same, kind recognised",
            timed(|| {
                bodies
                    .iter()
                    .for_each(|body| drop(black_box(linter.lint_unknown(&body.text))))
            }),
        );
        unit = timed(|| {
            sound
                .iter()
                .for_each(|text| drop(black_box(serde_json::from_slice::<serde_json::Value>(text))))
        });
        let mut row = |name, time: Duration| {
            table
                .entry(name)
                .or_default()
                .push(time.as_secs_f64() / unit.as_secs_f64())
        };
        row(
            "3 bodies without a fault alone",
            timed(|| {
                sound
                    .iter()
                    .for_each(|text| drop(black_box(linter.lint(kind, text))))
            }),
        );
    }
    println!("time in units of serde_json to Value, median (least to most) of {ROUNDS} rounds:");
    for (name, mut ratios) in table {
        ratios.sort_by(f64::total_cmp);
        println!(
            "{name:34} {:.2} ({:.2} to {:.2})",
            ratios[ROUNDS / 2],
            ratios[0],
            ratios[ROUNDS - 1]
        );
    }
}

/// A body with a line feed in it is spaced, and its line feeds are no part of a string: they can as
/// well be spaces.
fn write(count: usize, file: &str) -> io::Result<()> {
    let mut file = io::BufWriter::new(fs::File::create(file)?);
    for mut body in corpus::bodies(count) {
        body.text
            .iter_mut()
            .filter(|byte| **byte == b'\n')
            .for_each(|byte| *byte = b' ');
        body.text.push(b'\n');
        file.write_all(&body.text)?;
    }
    file.flush()
}

/// A benchmark of wrong verdicts would be worth nothing.
fn check(bodies: &[corpus::Body]) {
    let linter = Linter::new();
    for body in bodies.iter().take(20_000) {
        let report = linter.lint(BodyKind::PostActionRequest, &body.text);
        assert_eq!(
            report.is_clean(),
            body.fault.is_none(),
            "{:?}: {report}\n{}",
            body.fault,
            String::from_utf8_lossy(&body.text)
        );
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
