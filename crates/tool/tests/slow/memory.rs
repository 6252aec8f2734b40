//! Memory does not grow with the input.

use std::time::Instant;

use crate::runs::{FORMATS, JOB, UNTITLED, lint, lint_text, memory, release};

/// What the peak of two runs of the same may differ by, in KiB.
const NOISE: u64 = 3 << 10;

/// The peak for so many bytes of bodies, of which some are faulty.
fn peak(format: &'static str, bytes: usize) -> u64 {
    let answer = lint(
        &["--input", "ndjson", "--format", format, "--jobs", "2"],
        move |stdin| {
            let block: Vec<u8> = (0..1000)
                .flat_map(|number| {
                    if number % 200 == 0 {
                        format!("{UNTITLED}\n")
                    } else {
                        format!("{JOB}\n")
                    }
                    .into_bytes()
                })
                .collect();
            let mut left = bytes;
            while left > 0 {
                stdin.write_all(&block)?;
                left = left.saturating_sub(block.len());
            }
            Ok(())
        },
    );
    assert_eq!(answer.code, Some(1), "{format}: {}", answer.err);
    answer.peak
}

#[test]
fn ten_times_the_input_takes_no_more_memory() {
    for format in ["jsonl", "sarif"] {
        let (small, large) = (peak(format, 5 << 20), peak(format, 50 << 20));
        if small > 0 {
            assert!(
                large < small + NOISE && large < memory(),
                "{format}: {small} KiB, then {large} KiB"
            );
        }
    }
}

/// How many lines with so many findings: ten million findings for a release build, which takes a
/// minute or so for each format.
const EACH: usize = 50;

fn lines() -> usize {
    if release().is_some() || !cfg!(debug_assertions) {
        200_000
    } else {
        1_000
    }
}

#[test]
fn however_many_findings_take_no_more_memory_in_any_format() {
    let unknown: Vec<_> = (0..EACH)
        .map(|number| format!("\"unheard{number}\":{number}"))
        .collect();
    let line = JOB.replace("{\"title\"", &format!("{{{},\"title\"", unknown.join(","))) + "\n";
    let most = if release().is_some() {
        16 << 10
    } else {
        memory()
    };
    for format in FORMATS {
        let line = line.clone();
        let output = format!("{format}=/dev/null");
        let answer = lint(
            &[
                "--input", "ndjson", "--format", "summary", "--jobs", "2", "--output", &output,
            ],
            move |stdin| (0..lines()).try_for_each(|_| stdin.write_all(line.as_bytes())),
        );
        assert_eq!(answer.code, Some(0), "{format}: {}", answer.err);
        assert!(
            answer
                .text()
                .replace(',', "")
                .contains(&(lines() * EACH).to_string()),
            "{format}: {}",
            answer.text()
        );
        assert!(answer.peak < most, "{format}: {} KiB", answer.peak);
    }
}

#[test]
fn many_findings_on_one_line_take_about_as_long_as_on_many() {
    const COUNT: usize = 16_000;
    const LINES: usize = 64;
    let line = |count: usize| {
        let unknown: Vec<_> = (0..count)
            .map(|number| format!("\"u{number}\":1"))
            .collect();
        JOB.replace("{\"title\"", &format!("{{{},\"title\"", unknown.join(","))) + "\n"
    };
    let took = |format: &str, text: String| {
        let begun = Instant::now();
        let answer = lint_text(
            &["--input", "ndjson", "--format", format, "--jobs", "1"],
            text,
        );
        assert_eq!(answer.code, Some(0), "{format}: {}", answer.err);
        begun.elapsed()
    };
    for format in FORMATS {
        let (one, many) = (
            took(format, line(COUNT)),
            took(format, line(COUNT / LINES).repeat(LINES)),
        );
        // Where each finding looks at all of its line, it is some fifty times.
        assert!(
            one < 10 * many,
            "{format}: {one:?} on one line, {many:?} on {LINES}"
        );
    }
}

#[test]
fn a_record_that_is_nothing_but_faults_takes_a_few_times_its_size() {
    const BYTES: usize = 2 << 20;
    let filled = |piece: &str| piece.repeat(BYTES / piece.len());
    let records = [
        format!("[{}1]", filled("1,")),
        format!(
            r#"{{"actionType":"Job","actionBody":{{"title":"a","assignedTo":[{}1]}}}}"#,
            filled("1,")
        ),
        format!(
            r#"{{"actionType":"Job","actionBody":{{"title":"a","assignedTo":["b"]{}}}}}"#,
            filled(r#","x":1"#)
        ),
        format!(
            r#"{{"{}":[{}1]}}"#,
            "k".repeat(BYTES / 2),
            "1e999,".repeat(BYTES / 12)
        ),
        format!(
            r#"{{"actionType":"Survey","actionBody":{{"title":"a","questions":[{}{{}}]}}}}"#,
            filled("{},")
        ),
    ];
    for (index, record) in records.into_iter().enumerate() {
        let (start, length) = (record[..40].to_owned(), record.len() as u64 >> 10);
        // What is listed is bounded, so that one format is as good as another.
        let formats = if index == 0 { &FORMATS[..] } else { &["jsonl"] };
        for format in formats {
            let answer = lint_text(
                &[
                    "--as",
                    "post-action.request",
                    "--jobs",
                    "1",
                    "--format",
                    format,
                ],
                record.clone() + "\n",
            );
            assert_eq!(answer.code, Some(1), "{format}: {start}: {}", answer.err);
            let most = 16 * length + (32 << 10);
            assert!(answer.peak < most, "{format}: {start}: {} KiB", answer.peak);
        }
    }
}
