//! The linter against the least that any validator in Rust has to do first: reading each body into
//! a `serde_json::Value`. Both over the same bodies in the same run, in turns, so that noise hits
//! both: over the bodies of each class alone, and over the mixed corpus.
//!
//! `cargo bench --bench lint [BODIES]`; what it printed, and where, is in `benches/README.md`. With
//! `--write FILE`, the bodies are written, one on each line, and nothing is measured; with `--class
//! NAME`, those of one class.
#![allow(
    clippy::pedantic,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark"
)]

mod corpus;

use std::{
    env, fs,
    hint::black_box,
    io::{self, Write as _},
    time::{Duration, Instant},
};

use corpus::{Body, Class};
use kaizala_actions::{
    body::BodyKind,
    lint::{Linter, Report, Severity},
};

const ROUNDS: usize = 7;

/// What is measured, each in a column of its own.
const WORK: &[Work] = &[
    ("verdicts", || Linter::new().count_only(), as_request),
    ("all findings", Linter::new, as_request),
    ("kind recognised", Linter::new, |linter, text| {
        linter.lint_unknown(text)
    }),
];

type Work = (&'static str, fn() -> Linter, fn(&Linter, &[u8]) -> Report);

fn as_request(linter: &Linter, text: &[u8]) -> Report {
    linter.lint(BodyKind::PostActionRequest, text)
}

fn main() {
    let count = env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(200_000);
    let class = option("--class").map(|name| {
        let mut classes = Class::ALL.into_iter();
        classes
            .find(|class| class.name() == name)
            .expect("the class is clean, note, warning or error")
    });
    if let Some(file) = option("--write") {
        return write(corpus::bodies(count, class), &file).expect("the file can be written");
    }
    let columns: Vec<_> = WORK.iter().map(|(name, ..)| *name).collect();
    println!(
        "Time in units of serde_json to Value, median (least to most) of {ROUNDS} rounds over {count} bodies.\n\n\
         | bodies | bytes each | findings each | {} |\n| --- | --- | --- |{}",
        columns.join(" | "),
        " --- |".repeat(columns.len())
    );
    let classes = match class {
        Some(_) => vec![class],
        None => Class::ALL.into_iter().map(Some).chain([None]).collect(),
    };
    for class in classes {
        measure(class, &corpus::bodies(count, class).collect::<Vec<_>>());
    }
}

/// What follows this word among the arguments.
fn option(name: &str) -> Option<String> {
    env::args().skip_while(|argument| argument != name).nth(1)
}

/// Prints the row of these bodies: of a class, or mixed.
fn measure(class: Option<Class>, bodies: &[Body]) {
    let findings = check(bodies);
    let bytes: usize = bodies.iter().map(|body| body.text.len()).sum();
    let mut columns: Vec<_> = WORK
        .iter()
        .map(|(_, linter, judge)| (linter(), judge, [0.0; ROUNDS]))
        .collect();
    for round in 0..ROUNDS {
        let unit = timed(bodies, |text| {
            drop(black_box(serde_json::from_slice::<serde_json::Value>(text)))
        });
        for (linter, judge, ratios) in &mut columns {
            let time = timed(bodies, |text| drop(black_box(judge(linter, text))));
            ratios[round] = time.as_secs_f64() / unit.as_secs_f64();
        }
    }
    let cells: Vec<_> = columns
        .into_iter()
        .map(|(.., mut ratios)| {
            ratios.sort_by(f64::total_cmp);
            let [least, .., most] = ratios;
            format!("{:.2} ({least:.2} to {most:.2})", ratios[ROUNDS / 2])
        })
        .collect();
    println!(
        "| {} | {} | {:.2} | {} |",
        class.map_or_else(
            || format!("mixed: {}", shares(bodies)),
            |class| class.name().to_owned()
        ),
        bytes / bodies.len(),
        findings as f64 / bodies.len() as f64,
        cells.join(" | ")
    );
}

fn shares(bodies: &[Body]) -> String {
    let shares = Class::ALL.map(|class| {
        let count = bodies.iter().filter(|body| body.class == class).count();
        format!(
            "{:.0} % {}",
            100.0 * count as f64 / bodies.len() as f64,
            class.name()
        )
    });
    shares.join(", ")
}

fn timed(bodies: &[Body], work: impl Fn(&[u8])) -> Duration {
    let start = Instant::now();
    bodies.iter().for_each(|body| work(&body.text));
    start.elapsed()
}

/// How many findings there are. A benchmark of other bodies than it says would be worth nothing.
fn check(bodies: &[Body]) -> usize {
    let linter = Linter::new();
    let mut findings = 0;
    for body in bodies {
        let report = as_request(&linter, &body.text);
        let worst = report.findings.iter().map(|finding| finding.severity).max();
        let class = match worst {
            None => Class::Clean,
            Some(Severity::Note) => Class::Note,
            Some(Severity::Warning) => Class::Warning,
            Some(Severity::Error) => Class::Error,
        };
        assert_eq!(
            class,
            body.class,
            "{:?}: {report}\n{}",
            body.change,
            String::from_utf8_lossy(&body.text)
        );
        findings += report.findings.len();
    }
    findings
}

/// A body with a line feed in it is spaced, and its line feeds are no part of a string: they can as
/// well be spaces.
fn write(bodies: impl Iterator<Item = Body>, file: &str) -> io::Result<()> {
    let mut file = io::BufWriter::new(fs::File::create(file)?);
    for mut body in bodies {
        body.text
            .iter_mut()
            .filter(|byte| **byte == b'\n')
            .for_each(|byte| *byte = b' ');
        body.text.push(b'\n');
        file.write_all(&body.text)?;
    }
    file.flush()
}
