//! Reports of counts, which list only the first finding of each rule.

use std::{fmt::Write as _, fs};

use crate::{
    coverage::examples,
    helpers::{Folder, stdout, tool},
};

/// Bodies of all kinds of faults, each on a line, many times over; one has more findings than are
/// listed of a text.
fn bodies() -> String {
    let texts = examples()
        .into_iter()
        .map(|file| fs::read(file).expect("an example"));
    let texts: Vec<_> = texts
        .filter_map(|text| serde_json::from_slice::<serde_json::Value>(&text).ok())
        .collect();
    let mut bodies = String::new();
    for round in 0..20 {
        let length = texts.len();
        let turned = texts.iter().cycle().skip(round * 7 % length).take(length);
        turned.for_each(|text| writeln!(bodies, "{text}").expect("a string"));
    }
    let ones = vec!["1"; 1200].join(",");
    writeln!(
        bodies,
        r#"{{"actionType":"Job","actionBody":{{"title":"t","assignedTo":[{ones}]}}}}"#
    )
    .expect("a string");
    bodies
}

#[test]
fn counts_are_those_of_a_whole_list_and_so_are_first_places() {
    let folder = Folder::with(&[("bodies.ndjson", &bodies())]);
    let file = folder.path("bodies.ndjson");
    let listed = format!("jsonl={}", folder.path("findings.jsonl"));
    for format in ["summary", "markdown"] {
        let lint = |options: &[&str]| {
            let given = [
                "lint",
                "--no-config",
                "--input",
                "ndjson",
                "--format",
                format,
            ];
            let output = tool(&[&given, options, &[&file]].concat(), "");
            stdout(&output).to_owned()
        };
        let whole = lint(&["--jobs", "1", "--output", &listed]);
        assert!(
            whole.contains("KZ009") && whole.contains("KZ104"),
            "{whole}"
        );
        for jobs in ["1", "2", "8"] {
            assert_eq!(lint(&["--jobs", jobs]), whole, "{format}, {jobs} jobs");
        }
    }
}
