use crate::helpers::{CASING, Folder, JOB, UNTITLED};

const CONCISE: &[&str] = &["lint", "--format", "concise"];

fn with<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [CONCISE, arguments].concat()
}

#[test]
fn what_is_written_is_known_and_only_what_is_new_is_told() {
    let folder = Folder::with(&[("a.json", UNTITLED), ("b.json", CASING)]);
    folder
        .run(&with(&[
            "--write-baseline",
            "known.json",
            "a.json",
            "b.json",
        ]))
        .expect(0, "", "known.json: 2 findings written to the baseline\n");
    folder
        .run(&with(&["--baseline", "known.json", "a.json", "b.json"]))
        .expect(0, "", "");
    folder.write(
        "b.json",
        CASING.replace("\"title\"", "\"Title\"").as_bytes(),
    );
    let answer = folder.run(&with(&[
        "--baseline",
        "known.json",
        "--deny-warnings",
        "a.json",
        "b.json",
    ]));
    assert_eq!(
        (answer.code, answer.rules()),
        (Some(1), vec!["member-casing"])
    );
    // And another file has findings of its own.
    folder.write("c.json", UNTITLED.as_bytes());
    assert_eq!(
        folder
            .run(&with(&["--baseline", "known.json", "a.json", "c.json"]))
            .rules(),
        ["missing-member"]
    );
}

#[test]
fn findings_that_are_alike_are_counted_and_may_move() {
    let folder = Folder::with(&[(
        "lines.ndjson",
        &format!("{JOB}\n{UNTITLED}\n{CASING}\n{UNTITLED}\n"),
    )]);
    folder.run(&with(&["--write-baseline", "known.json", "lines.ndjson"]));
    folder.write(
        "lines.ndjson",
        format!("{UNTITLED}\n{JOB}\n{JOB}\n{UNTITLED}\n{CASING}\n").as_bytes(),
    );
    folder
        .run(&with(&["--baseline", "known.json", "lines.ndjson"]))
        .expect(0, "", "");
    folder.write(
        "lines.ndjson",
        format!("{UNTITLED}\n{UNTITLED}\n{UNTITLED}\n{CASING}\n").as_bytes(),
    );
    let answer = folder.run(&with(&["--baseline", "known.json", "lines.ndjson"]));
    assert_eq!(
        (answer.code, answer.out.lines().count()),
        (Some(1), 1),
        "the third of two is new: {}",
        answer.out
    );
}

#[test]
fn indices_of_lists_do_not_matter() {
    let list = |items: &[&str]| format!(r#"{{"actions":[{}]}}"#, items.join(","));
    let good = r#"{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117","actionType":"Image","creationTime":1,"actionBody":{"imageUrl":"x"}}"#;
    let bad = good.replace("\"creationTime\":1,", "");
    let folder = Folder::with(&[("list.json", &list(&[&bad, good]))]);
    folder.run(&with(&["--write-baseline", "known.json", "list.json"]));
    folder.write("list.json", list(&[good, good, &bad]).as_bytes());
    folder
        .run(&with(&["--baseline", "known.json", "list.json"]))
        .expect(0, "", "");
}

#[test]
fn what_is_gone_is_said_in_a_line() {
    let folder = Folder::with(&[("a.json", UNTITLED), ("b.json", CASING), ("c.json", CASING)]);
    folder.run(&with(&["--write-baseline", "known.json", "."]));
    folder.write("a.json", JOB.as_bytes());
    std::fs::remove_file(folder.0.path().join("c.json")).expect("a file");
    let gone = "known.json: 2 known findings are gone; --write-baseline removes such entries\n";
    folder
        .run(&with(&["--baseline", "known.json", "a.json"]))
        .expect(0, "", gone);
    // The rest is only not looked at.
    let gone = "known.json: 1 known finding is gone; --write-baseline removes such entries\n";
    folder
        .run(&with(&["--baseline", "known.json", "b.json"]))
        .expect(0, "", gone);
    let both = folder.run(&with(&[
        "--baseline",
        "known.json",
        "--write-baseline",
        "known.json",
        "a.json",
        "b.json",
    ]));
    assert!(
        both.err
            .ends_with("known.json: 1 finding written to the baseline\n"),
        "{}",
        both.err
    );
    folder
        .run(&with(&["--baseline", "known.json", "a.json", "b.json"]))
        .expect(0, "", "");
}

#[test]
fn a_baseline_is_the_same_from_every_folder_and_in_every_run() {
    let folder = Folder::with(&[("sub/a.json", UNTITLED), ("sub/b.json", CASING)]);
    folder.run(&with(&["--write-baseline", "known.json", "sub"]));
    let written = folder.read("known.json");
    folder
        .run_in(
            "sub",
            &with(&["--baseline", "../known.json", "./b.json", "a.json"]),
            b"",
        )
        .expect(0, "", "");
    folder.run_in(
        "sub",
        &with(&["--write-baseline", "../known.json", "b.json", "a.json"]),
        b"",
    );
    assert_eq!(folder.read("known.json"), written);
    let lines: Vec<_> = written.lines().collect();
    assert_eq!(lines.len(), 4, "{written}");
    assert!(
        lines[1].starts_with(
            r#"{"path":"sub/a.json","rule":"KZ301","pointer":"/actionBody","message":""#
        ),
        "{written}"
    );
    assert!(
        !written.contains("Check the doors"),
        "what a body says stays where it is: {written}"
    );
    let parsed: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(parsed["version"], 1);
}

#[test]
fn a_baseline_that_is_none_is_a_failure() {
    let wrong = [
        ("{", "not a baseline of --write-baseline: "),
        (
            r#"{"version": 2, "findings": []}"#,
            "version 2, and this tool knows 1",
        ),
        (
            r#"{"version": 1, "findings": [{"path":"a","rule":"KZ301","pointer":"","message":"x","count":1}]}"#,
            "message x: ",
        ),
        (
            r#"{"version": 1, "findings": [], "more": 1}"#,
            "unknown field `more`",
        ),
    ];
    for (text, why) in wrong {
        let folder = Folder::with(&[("known.json", text), ("a.json", JOB)]);
        let answer = folder.run(&with(&["--baseline", "known.json", "a.json"]));
        assert_eq!(answer.code, Some(2));
        assert!(
            answer.err.starts_with("kaizala-actions: known.json: ") && answer.err.contains(why),
            "{}",
            answer.err
        );
    }
    let folder = Folder::with(&[("a.json", JOB)]);
    assert_eq!(
        folder
            .run(&with(&["--baseline", "none.json", "a.json"]))
            .code,
        Some(2)
    );
    assert_eq!(
        folder
            .run(&with(&[
                "--write-baseline",
                "no/such/folder.json",
                "a.json"
            ]))
            .code,
        Some(2)
    );
}

#[test]
fn a_baseline_has_a_bound() {
    let line = |number: usize| {
        format!(
            "{{\"actionType\":\"Job\",\"actionBody\":{{\"title\":\"a\",\"assignedTo\":[\"b\"],\"x{number}\":1}}}}\n"
        )
    };
    let folder = Folder::with(&[("lines.ndjson", &(0..50_001).map(line).collect::<String>())]);
    let answer = folder.run(&with(&["--write-baseline", "known.json", "lines.ndjson"]));
    assert_eq!(answer.code, Some(2));
    assert!(
        answer
            .err
            .contains("known.json: not written: more than 50000 kinds of finding"),
        "{}",
        answer.err
    );
    assert_eq!(folder.names(), ["lines.ndjson"]);
}
