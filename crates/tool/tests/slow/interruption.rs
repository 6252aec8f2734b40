//! Ends before their time: of who reads, of what is read, of the disk, of patience.

use std::{
    fs::{self, OpenOptions},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use flate2::{Compression, write::GzEncoder};

use crate::runs::{FORMATS, JOB, UNTITLED, end, lint_text, tool, wait_until};

fn lines(line: &str, count: usize) -> Vec<u8> {
    format!("{line}\n").repeat(count).into_bytes()
}

#[test]
fn whoever_closes_the_pipe_has_read_enough() {
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("bodies.ndjson");
    // More than a pipe holds, in every format that has something for each finding.
    let text: String = (0..3000)
        .map(|number| UNTITLED.replace("assignedTo", &format!("assignedTo{number}")) + "\n")
        .collect();
    fs::write(&path, text).expect("room");
    for format in FORMATS {
        let mut child = tool(&["--format", format, path.to_str().expect("UTF-8")])
            .stdin(Stdio::null())
            .spawn()
            .expect("the binary starts");
        let mut first = String::new();
        let mut stdout = BufReader::with_capacity(16, child.stdout.take().expect("piped"));
        stdout.read_line(&mut first).expect("UTF-8");
        drop(stdout);
        let output = child.wait_with_output().expect("it ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(!first.is_empty(), "{format}");
        // The short ones are all written before the pipe is closed.
        assert!(
            output.status.code() == Some(0)
                || matches!(format, "html" | "sarif" | "markdown" | "summary")
                    && output.status.code() == Some(1),
            "{format}: {output:?}"
        );
        assert!(err.is_empty(), "{format}: {err}");
    }
}

#[test]
fn an_endless_stream_ends_with_its_reader() {
    for format in ["full", "concise", "jsonl", "github"] {
        let mut child = tool(&["--input", "ndjson", "--format", format])
            .spawn()
            .expect("the binary starts");
        let mut stdin = child.stdin.take().expect("piped");
        let writer = thread::spawn(move || while stdin.write_all(&lines(UNTITLED, 100)).is_ok() {});
        let mut first = [0];
        child
            .stdout
            .take()
            .expect("piped")
            .read_exact(&mut first)
            .expect("a finding");
        let output = child.wait_with_output().expect("it ends");
        writer.join().expect("it is told to stop");
        assert!(
            output.status.code() == Some(0) && output.stderr.is_empty(),
            "{format}: {output:?}"
        );
    }
}

#[test]
fn a_full_disk_is_told_and_the_report_that_has_room_is_whole() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let text = lines(UNTITLED, 3000);
    let alone = lint_text(&["--format", "concise"], text.clone());
    for format in FORMATS {
        let answer = lint_text(
            &[
                "--format",
                "concise",
                "--output",
                &format!("{format}=/dev/full"),
            ],
            text.clone(),
        );
        assert_eq!(answer.code, Some(2), "{format}");
        assert_eq!(
            answer.err, "kaizala-actions: /dev/full: No space left on device (os error 28)\n",
            "{format}"
        );
        assert!(answer.out == alone.out, "{format}");
        let full = OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("a device");
        let mut child = tool(&["--format", format])
            .stdout(full)
            .spawn()
            .expect("the binary starts");
        let mut stdin = child.stdin.take().expect("piped");
        let text = text.clone();
        let writer = thread::spawn(move || drop(stdin.write_all(&text)));
        let output = child.wait_with_output().expect("it ends");
        writer.join().expect("it writes");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{format}: {err}");
        assert!(
            err.contains("kaizala-actions: No space left on device"),
            "{format}: {err}"
        );
    }
}

/// Begins to lint a file with many findings, lets the tool wait for a reader, cuts the file, and
/// reads.
fn cut_while_read(text: &[u8]) -> crate::runs::Answer {
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("bodies");
    fs::write(&path, text).expect("room");
    let child = tool(&[
        "--input",
        "ndjson",
        "--format",
        "concise",
        "--jobs",
        "1",
        path.to_str().expect("UTF-8"),
    ])
    .stdin(Stdio::null())
    .spawn()
    .expect("the binary starts");
    let read = || {
        let counts = fs::read_to_string(format!("/proc/{}/io", child.id())).unwrap_or_default();
        counts
            .lines()
            .find_map(|line| line.strip_prefix("rchar: ")?.parse::<u64>().ok())
            .unwrap_or_default()
    };
    let mut before = 0;
    wait_until("the pipe is never full", || {
        let last = std::mem::replace(&mut before, read());
        thread::sleep(Duration::from_millis(300));
        last > 0 && last == before
    });
    OpenOptions::new()
        .write(true)
        .open(&path)
        .expect("it is there")
        .set_len(10)
        .expect("it can be cut");
    end(child)
}

#[test]
fn a_file_that_shrinks_while_it_is_read_is_read_as_far_as_it_was_there() {
    if !Path::new("/proc/self/io").exists() {
        return;
    }
    let count = 200_000;
    let answer = cut_while_read(&lines(UNTITLED, count));
    let found = answer
        .text()
        .lines()
        .filter(|line| line.contains("KZ301"))
        .count();
    assert!(
        answer.code == Some(1) && answer.err.is_empty(),
        "{:?} {}",
        answer.code,
        answer.err
    );
    assert!(found > 100 && found < count, "{found}");

    let mut random = 1_u32;
    let numbers = (0..count).map(|_| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        UNTITLED.replace("+911", &random.to_string()) + "\n"
    });
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder
        .write_all(numbers.collect::<String>().as_bytes())
        .expect("memory takes it");
    let answer = cut_while_read(&encoder.finish().expect("memory takes it"));
    let found = answer
        .text()
        .lines()
        .filter(|line| line.contains("KZ301"))
        .count();
    assert!(
        answer.code == Some(2) && answer.err.contains("the gzip data are broken: "),
        "{:?} {}",
        answer.code,
        answer.err
    );
    assert!(found > 100 && found < count, "{found}");
}

/// Whether the process would catch SIGINT.
fn is_ready(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let caught = status
        .lines()
        .find_map(|line| u64::from_str_radix(line.strip_prefix("SigCgt:")?.trim(), 16).ok());
    caught.is_some_and(|signals| signals & 2 != 0)
}

#[test]
fn ctrl_c_tells_what_was_found_also_when_nothing_comes() {
    if !Path::new("/proc/self/status").exists() {
        return;
    }
    for format in FORMATS {
        for (count, sign) in [(0, ""), (20_000, "KZ301")] {
            let mut child = tool(&["--input", "ndjson", "--format", format])
                .spawn()
                .expect("the binary starts");
            let mut stdin = child.stdin.take().expect("piped");
            let id = child.id();
            // It is not the end of the input that ends it: this stays open.
            let (sender, held) = std::sync::mpsc::channel();
            let writer = thread::spawn(move || {
                let _ =
                    stdin.write_all(&[lines(UNTITLED, count.min(1)), lines(JOB, count)].concat());
                let _ = sender.send(stdin);
            });
            wait_until("it never listens", || is_ready(id));
            let ended = thread::spawn(move || end(child));
            let stdin = held.recv().expect("it reads all");
            // What is in the pipe yet is no more than it holds.
            thread::sleep(Duration::from_millis(200));
            assert!(
                Command::new("sh")
                    .args(["-c", &format!("kill -INT {id}")])
                    .status()
                    .expect("a shell")
                    .success()
            );
            let answer = ended.join().expect("it ends");
            drop(stdin);
            writer.join().expect("it writes");
            assert_eq!(answer.code, Some(130), "{format}: {}", answer.err);
            assert!(answer.text().contains(sign), "{format}: {}", answer.text());
            assert!(!answer.err.contains("panicked"), "{format}: {}", answer.err);
            if matches!(format, "json" | "sarif" | "gitlab") {
                serde_json::from_slice::<serde_json::Value>(&answer.out).expect(format);
            }
        }
    }
}
