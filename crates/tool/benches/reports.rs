//! How long each format takes over 10,000 findings, and over as many documents without one.
//!
//! `cargo bench --bench reports`
#![allow(
    clippy::pedantic,
    clippy::expect_used,
    clippy::print_stdout,
    dead_code,
    missing_docs,
    reason = "a benchmark"
)]

#[path = "../../../benches/corpus/mod.rs"]
mod corpus;

use std::{
    borrow::Cow,
    time::{Duration, Instant},
};

use clap::ValueEnum as _;
use kaizala_actions::lint::{Linter, Origin, Position, Report};
use kaizala_actions_cli::report::{Checked, Format, RenderOptions, Summary};

const FINDINGS: usize = 10_000;
const ROUNDS: usize = 7;

fn main() {
    let linter = Linter::new();
    let mut faulty: Vec<(Vec<u8>, Report)> = Vec::new();
    let mut clean = Vec::new();
    let mut findings = 0;
    for body in corpus::bodies(200_000, None) {
        let report = linter.lint_unknown(&body.text);
        if report.is_clean() && clean.len() < FINDINGS {
            clean.push((body.text, report));
        } else if !report.is_clean() && findings < FINDINGS {
            findings += report.findings.len();
            faulty.push((body.text, report));
        }
    }
    println!(
        "{findings} findings in {} documents, and {} clean documents; least of {ROUNDS} rounds:",
        faulty.len(),
        clean.len()
    );
    for format in Format::value_variants() {
        let name = format
            .to_possible_value()
            .expect("it has a name")
            .get_name()
            .to_owned();
        let (with, size) = least(*format, &faulty);
        let (without, _) = least(*format, &clean);
        println!("{name:10} {with:>9.2?} ({size} bytes), clean {without:>9.2?}");
    }
}

fn least(format: Format, documents: &[(Vec<u8>, Report)]) -> (Duration, usize) {
    let mut summary = Summary::default();
    documents.iter().for_each(|(_, report)| summary.add(report));
    let rounds = (0..ROUNDS).map(|_| {
        let mut out = Vec::with_capacity(16 << 20);
        let mut renderer = format.renderer(&RenderOptions::default());
        let mut total = Duration::ZERO;
        for (number, (text, report)) in documents.iter().enumerate() {
            let origin = Origin::record(
                number as u64 + 1,
                Position {
                    line: number + 1,
                    column: 1,
                },
                0,
            );
            let checked = Checked {
                path: "traffic.ndjson",
                origin,
                id: None,
                text,
                report: Cow::Borrowed(report),
            };
            let start = Instant::now();
            renderer
                .document(&checked, &mut out)
                .expect("memory takes it");
            total += start.elapsed();
        }
        let start = Instant::now();
        renderer
            .finish(&summary, &mut out)
            .expect("memory takes it");
        (total + start.elapsed(), out.len())
    });
    rounds.min().expect("some rounds")
}
