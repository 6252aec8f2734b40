//! How many threads work is seen in no report.

use std::fmt::Write as _;

use crate::runs::{FORMATS, JOB, UNTITLED, lint_text};

#[test]
fn every_number_of_threads_gives_the_same_bytes_in_every_format() {
    let exchange = |body: &str| {
        let url = "https://api.kaiza.la/v1/groups/5b0f7c1e@2/actions";
        format!(
            r#"{{"request":{{"method":"POST","url":"{url}","headers":{{"accessToken":"a","content-type":"application/json"}},"body":{body}}}}}"#
        )
    };
    // Over a megabyte each, which are several pieces for each thread.
    let (mut bodies, mut exchanges) = (String::new(), String::new());
    for number in 0..12_000 {
        let body = match number % 97 {
            0 => UNTITLED.to_owned(),
            1 => JOB.replace("Job", "job"),
            2 => JOB[..number % 80].to_owned() + "x",
            _ => JOB.replace("doors", &format!("door {number}")),
        };
        let _ = writeln!(bodies, "{body}");
        let _ = writeln!(exchanges, "{}", exchange(&body));
    }
    assert!(bodies.len() > 1 << 20);
    for (input, text) in [("ndjson", bodies), ("exchanges", exchanges)] {
        let formats = FORMATS.iter().map(|format| (["--format", format], None));
        // With statistics, one thread writes every format.
        let counted = [(["--format", "full"], Some("--statistics"))];
        for (format, more) in formats.chain(counted) {
            let run = |jobs| {
                let args = ["--input", input, "--jobs", jobs];
                let args = args.into_iter().chain(format).chain(more);
                lint_text(&args.collect::<Vec<_>>(), text.clone())
            };
            let alone = run("1");
            assert!(
                alone.code == Some(1) && !alone.out.is_empty(),
                "{input} {format:?}: {}",
                alone.err
            );
            for jobs in ["2", "7"] {
                let (together, run) = (run(jobs), format!("{input} {format:?} --jobs {jobs}"));
                assert!(together.out == alone.out, "{run}");
                let (code, err) = (alone.code, alone.err.clone());
                assert_eq!((together.code, together.err), (code, err), "{run}");
            }
        }
    }
}
