//! `lint --coverage`, and `merge`.

use std::{collections::BTreeSet, fs, path::Path};

use kaizala_actions::support::{self, Method};
use proptest::{prelude::*, sample::subsequence};
use serde_json::{Value, json};

use crate::helpers::{Answer, Folder, JOB, ROOT, UNTITLED, stderr, stdout, tool};

/// What a report in JSON says about coverage.
fn coverage(report: &str) -> Value {
    let report: Value = serde_json::from_str(report).expect("JSON");
    report["coverage"].clone()
}

pub fn examples() -> Vec<String> {
    let mut folders = vec![Path::new(ROOT).join("openapi/examples")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|it| it == "json" || it == "ndjson")
            {
                files.push(path.display().to_string());
            }
        }
    }
    files.sort();
    files
}

fn lint(arguments: &[&str], files: &[String]) -> String {
    let files = files.iter().map(String::as_str);
    let arguments: Vec<_> = ["lint", "--format", "json", "--coverage"]
        .into_iter()
        .chain(arguments.iter().copied())
        .chain(files)
        .collect();
    let output = tool(&arguments, "");
    assert!(stderr(&output).is_empty(), "{output:?}");
    stdout(&output).to_owned()
}

/// Names with a count of zero.
fn unseen(counts: &Value) -> Vec<String> {
    let groups = counts.as_object().expect("an object").iter();
    let names = groups.flat_map(|(of, names)| {
        let names = names.as_object().expect("an object").iter();
        names
            .filter(|(_, count)| **count == json!(0))
            .map(move |(name, _)| format!("{of} {name}"))
    });
    names.collect()
}

#[test]
fn the_examples_exercise_each_cell_operation_parameter_and_rule() {
    let coverage = coverage(&lint(&[], &examples()));
    for kind in ["matrix", "operations", "parameters"] {
        assert_eq!(unseen(&coverage["seen"][kind]), [""; 0], "{kind}");
    }
    // These need options: a survey, or a limit.
    let rules: BTreeSet<_> = unseen(&coverage["seen"]["rules"]).into_iter().collect();
    assert!(rules.len() < 10, "{rules:?}");
    for (method, name) in [(Method::Get, "GET"), (Method::Post, "POST")] {
        for row in support::rows() {
            let refused = coverage["refused"][name].get(row.body_value).is_some();
            let supported = row.action_type.supports(method);
            assert_eq!(refused, !supported, "{name} of {}", row.body_value);
        }
    }
    for (kind, total) in coverage["totals"].as_object().expect("an object") {
        let all = coverage["seen"][kind].as_object().expect("an object");
        let declared: usize = all
            .values()
            .map(|of| of.as_object().map_or(0, serde_json::Map::len))
            .sum();
        let unseen = unseen(&coverage["seen"][kind]).len();
        assert_eq!(
            *total,
            json!({"declared": declared, "seen": declared - unseen}),
            "{kind}"
        );
    }
}

#[test]
fn the_number_of_threads_makes_no_difference() {
    let files = examples();
    let one = lint(&["--jobs", "1"], &files);
    for jobs in ["2", "5"] {
        assert!(lint(&["--jobs", jobs], &files) == one, "{jobs} threads");
    }
}

#[test]
fn coverage_is_only_there_if_it_is_wanted_and_is_printed_if_no_report_shows_it() {
    let plain = tool(&["lint", "--format", "json"], JOB);
    assert_eq!(coverage(stdout(&plain)), Value::Null);
    let concise = tool(&["lint", "--format", "concise", "--coverage"], UNTITLED);
    let alone = tool(&["lint", "--format", "concise"], UNTITLED);
    assert_eq!(concise.stdout, alone.stdout);
    assert!(stderr(&concise).starts_with("Coverage "), "{concise:?}");
    let summary = tool(&["lint", "--format", "summary", "--coverage"], UNTITLED);
    assert!(stdout(&summary).contains(stderr(&concise)), "{summary:?}");
    assert!(summary.stderr.is_empty());
    let quiet = tool(&["lint", "--quiet", "--coverage"], UNTITLED);
    assert_eq!(
        quiet.stderr, concise.stderr,
        "also if findings are only counted"
    );
    let markdown = tool(&["lint", "--format", "markdown", "--coverage"], UNTITLED);
    assert!(
        stdout(&markdown).contains("\n### Coverage of the contract\n\n| Coverage | Declared |")
    );
}

#[test]
fn coverage_has_names_and_counts_and_no_values() {
    let exchange = |method: &str, url: &str, status: u16, body: &Value| {
        let headers = json!({"accessToken": "a-secret-token", "content-type": "application/json"});
        let request = json!({"method": method, "url": url, "headers": headers, "body": body});
        json!({"request": request, "response": {"status": status, "body": {"errorCode": "Quite", "x-trace": "a-secret-token"}}})
    };
    let job = json!({
        "actionType": "Job",
        "accessToken": "another secret",
        "actionBody": {"title": "Lunch", "assignedTo": ["+911234500001"], "+911234500002": 1, "colour": "purple", "a-secret-token": "it"}
    });
    let lines = [
        exchange("POST", "/v1/groups/picnickers/actions", 302, &job),
        exchange(
            "POST",
            "/v1/groups/picnickers/actions",
            302,
            &json!({"actionType": "Picnic", "actionBody": {}}),
        ),
        exchange(
            "GET",
            "https://api.kaiza.la/v1/groups/picnickers@2/messages?q=Lunch&accessToken=a-secret-token",
            200,
            &Value::Null,
        ),
        exchange(
            "GET",
            "/v1/groups/picnickers/actions?actionType=audio&colour=purple",
            200,
            &Value::Null,
        ),
    ];
    let lines: Vec<_> = lines.iter().map(ToString::to_string).collect();
    let output = tool(
        &[
            "lint",
            "--coverage",
            "--format",
            "json",
            "--input",
            "exchanges",
        ],
        lines.join("\n"),
    );
    let coverage = coverage(stdout(&output));
    for value in [
        "secret",
        "911234500",
        "Lunch",
        "picnickers",
        "purple",
        "Quite",
    ] {
        assert!(
            !coverage.to_string().contains(value),
            "{value}: {coverage:#}"
        );
    }
    let expected = json!({
        "types": {"seen": {"ActionRequest": {"Picnic": 1}}, "others": 0},
        "paths": {"seen": {"GET": {"/v1/groups/{}/messages": 1}}, "others": 0},
        "statuses": {"seen": {"postAction": {"302": 2}}, "others": 0},
        "parameters": {"seen": {"listActions": {"colour": 1}}, "others": 0},
        "members": {
            "seen": {"JobRequest": {"/accessToken": 1, "/actionBody/**************": 1, "/actionBody/colour": 1, "/actionBody/{}": 1}},
            "others": 0
        },
    });
    let mut undeclared = coverage["undeclared"].clone();
    // The answer of the last is judged as a list.
    let members = undeclared["members"]["seen"]
        .as_object_mut()
        .expect("an object");
    members.retain(|schema, _| schema == "JobRequest");
    assert_eq!(undeclared, expected);
    assert_eq!(coverage["refused"], json!({"GET": {"Audio": 1}}));
}

fn merge(folder: &Folder, arguments: &[&str]) -> Answer {
    folder.run(&[&["merge"], arguments].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// Every entry, every count, and coverage.
    #[test]
    fn reports_that_are_merged_are_the_report_of_one_run(first in subsequence(examples(), 1..40), second in subsequence(examples(), 1..40)) {
        let folder = Folder::with(&[("a.json", &lint(&[], &first)), ("b.json", &lint(&[], &second))]);
        let merged = merge(&folder, &["a.json", "b.json"]);
        prop_assert_eq!(&merged.err, "");
        let both = lint(&[], &[first, second].concat());
        prop_assert_eq!(&merged.out, &both);
        let report: Value = serde_json::from_str(&both)?;
        prop_assert_eq!(merged.code, Some(i32::from(report["summary"]["errors"] != json!(0))));
    }
}

#[test]
fn a_merged_report_can_be_written_to_a_file_and_merged_again() {
    let report = lint(&[], &examples()[..3]);
    let folder = Folder::with(&[("a.json", &report)]);
    let answer = merge(&folder, &["--output", "all.json", "a.json"]);
    assert_eq!((answer.out.as_str(), answer.err.as_str()), ("", ""));
    let all = fs::read_to_string(folder.0.path().join("all.json")).expect("a report");
    assert_eq!(all, report);
    assert_eq!(merge(&folder, &["all.json"]).out, report);
}

#[test]
fn what_is_not_a_report_of_this_version_is_refused_and_nothing_is_written() {
    let good = lint(&[], &[]);
    let plain = stdout(&tool(&["lint", "--format", "json"], JOB)).to_owned();
    let changed = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replacen(from, to, 1)
    };
    let contract = format!("\"contract\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let files = [
        ("good.json", good.clone()),
        ("plain.json", plain.clone()),
        (
            "old.json",
            plain.replace("\"version\": 1", "\"version\": 2"),
        ),
        (
            "contract.json",
            changed(&contract, "\"contract\": \"0.0.9\""),
        ),
        (
            "item.json",
            changed("\"/actionBody/dueDate\"", "\"/actionBody/due\""),
        ),
        ("cut.json", good[..good.len() / 2].to_owned()),
        ("list.json", "[]".to_owned()),
        ("less.json", "{\"version\": 1, \"files\": []}".to_owned()),
        ("more.json", changed("\"files\"", "\"file\"")),
        ("twice.json", format!("{good}{good}")),
        ("deep.json", "[".repeat(10_000)),
    ];
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let folder = Folder::with(&files);
    let table: [(&[&str], &str); 13] = [
        (&["good.json", "none.json"], "none.json: No such file"),
        (
            &["good.json", "old.json"],
            "old.json:2:15: not a report of this version, as lint --format json writes it: its version is 2, and this is 1",
        ),
        (
            &["good.json", "contract.json"],
            "it covers version \"0.0.9\" of the contract, and this is ",
        ),
        (
            &["good.json", "item.json"],
            "the contract has no members JobRequest /actionBody/due",
        ),
        (&["good.json", "cut.json"], "cut.json:"),
        (&["good.json", "list.json"], "list.json:1:1: "),
        (&["good.json", "less.json"], "missing field `summary`"),
        (&["good.json", "more.json"], "more.json:3:9: "),
        (&["good.json", "twice.json"], "trailing characters"),
        (&["good.json", "deep.json"], "deep.json:1:"),
        (
            &["good.json", "plain.json"],
            "plain.json has no coverage, and good.json has: run lint with --coverage for all reports, or for none",
        ),
        (
            &["plain.json", "good.json"],
            "plain.json has no coverage, and good.json has: ",
        ),
        (
            &["good.json", "./good.json"],
            "good.json and ./good.json are one report: give it once",
        ),
    ];
    for (arguments, message) in table {
        for output in [&[][..], &["--output", "all.json"]] {
            let answer = merge(&folder, &[output, arguments].concat());
            assert_eq!(
                (answer.code, answer.out.as_str()),
                (Some(2), ""),
                "{message}"
            );
            assert!(answer.err.contains(message), "{}", answer.err);
            assert!(!folder.0.path().join("all.json").exists());
        }
    }
    let itself = merge(&folder, &["--output", "good.json", "good.json"]);
    assert_eq!(itself.code, Some(2));
    assert!(
        itself
            .err
            .contains("good.json and --output good.json are one file: write to another")
    );
}
