//! Streams that do not end, or end much later than they seem to.

use std::{fs, io::Write as _, process::Stdio, time::Instant};

use flate2::{Compression, write::GzEncoder};

use crate::runs::{JOB, end, lint, memory, repeat, tool};

/// A beginning, and so many times 64 MiB of a filling, compressed.
fn bomb(start: &str, filling: &[u8], members: usize) -> Vec<u8> {
    let member = |start: &[u8], length| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(start).expect("memory takes it");
        repeat(filling, length, &mut encoder).expect("memory takes it");
        encoder.finish().expect("memory takes it")
    };
    [
        member(start.as_bytes(), 0),
        member(b"", 64 << 20).repeat(members),
    ]
    .concat()
}

/// The argument for a format of input; none for one that is found out.
fn of(input: &'static str) -> Vec<&'static str> {
    if input == "found out" {
        Vec::new()
    } else {
        vec!["--input", input]
    }
}

#[test]
fn a_bomb_is_told_of_and_given_up_on() {
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("bomb.gz");
    let path = path.to_str().expect("UTF-8");
    for (input, start, filling) in [
        ("found out", "", &b"\0"[..]),
        ("ndjson", "{\"a\":\"", b"x"),
        ("exchanges", "{\"request\":{\"url\":\"", "é".as_bytes()),
        ("curl", "curl -d '", b"$"),
    ] {
        // Four gigabytes. What is slow in a debug build is tested with a smaller bound, in the
        // module.
        fs::write(path, bomb(start, filling, 64)).expect("room");
        let begun = Instant::now();
        let answer = end(tool(
            &[
                &of(input)[..],
                &["--format", "concise", "--jobs", "1", path],
            ]
            .concat(),
        )
        .spawn()
        .expect("the binary starts"));
        let case = format!("{input} {filling:?}: {} {}", answer.text(), answer.err);
        assert_eq!(answer.code, Some(2), "{case}");
        assert!(
            answer.text().lines().count() == 1 && answer.text().contains("KZ008"),
            "{case}"
        );
        assert_eq!(
            answer.err,
            format!("kaizala-actions: {path}: a record of more than 1 GiB\n"),
            "{case}"
        );
        assert!(answer.peak < memory(), "{} KiB, {case}", answer.peak);
        assert!(
            begun.elapsed().as_secs() < 60,
            "{} s, {case}",
            begun.elapsed().as_secs()
        );
    }
}

#[test]
fn a_bomb_of_records_takes_time_and_no_memory() {
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("bomb.gz");
    fs::write(&path, bomb("", b"\n", 1)).expect("room");
    let path = path.to_str().expect("UTF-8");
    for input in ["ndjson", "exchanges", "curl"] {
        let answer = end(
            tool(&["--allow-empty", "--input", input, "--jobs", "1", path])
                .spawn()
                .expect("the binary starts"),
        );
        assert_eq!(
            (answer.code, &*answer.err),
            (
                Some(0),
                "0 documents: 0 clean, 0 errors, 0 warnings, 0 notes; not judged: 1 file with nothing to judge\n"
            ),
            "{input}"
        );
        assert!(answer.peak < memory(), "{} KiB, {input}", answer.peak);
    }
}

#[test]
fn a_line_that_does_not_end_is_one_finding() {
    for input in ["found out", "json", "ndjson", "exchanges", "har", "curl"] {
        let start = match input {
            "har" => "{\"log\":{\"entries\":[{\"",
            "curl" => "curl ",
            _ => "",
        };
        let answer = lint(
            &[&of(input)[..], &["--format", "concise", "--jobs", "2"]].concat(),
            move |stdin| {
                stdin.write_all(start.as_bytes())?;
                repeat(b"y", 12 << 20, stdin)
            },
        );
        assert_eq!(
            answer.code,
            Some(1),
            "{input}: {} {}",
            answer.text(),
            answer.err
        );
        let text = answer.text();
        assert!(
            text.contains("KZ008") && text.contains("a record of more than 8 MiB"),
            "{input}: {text}"
        );
        assert!(answer.peak < memory(), "{} KiB, {input}", answer.peak);
    }
}

#[test]
fn what_comes_before_a_bomb_that_is_cut_is_told() {
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("bodies.gz");
    let whole = bomb(&format!("{}\n", JOB.replace("Job", "job")), b"\n", 1);
    fs::write(&path, &whole[..whole.len() - 9]).expect("room");
    let mut command = tool(&["--input", "ndjson", "--format", "concise"]);
    let answer = end(command
        .arg(path.to_str().expect("UTF-8"))
        .stdin(Stdio::null())
        .spawn()
        .expect("the binary starts"));
    assert!(
        answer.code == Some(2) && answer.text().contains("KZ106"),
        "{}",
        answer.err
    );
    assert!(
        answer.err.contains("the gzip data are broken: "),
        "{}",
        answer.err
    );
}
