//! Which files a run reads, writes and leaves alone.

use std::{
    ffi::OsStr,
    fs,
    os::unix::{ffi::OsStrExt as _, fs::symlink, net::UnixListener},
    process::Command,
};

use serde_json::Value;

use crate::helpers::{CASING, Folder, JOB, UNTITLED, command, output, stderr, stdout};

/// The paths of a concise report.
fn paths(report: &str) -> Vec<&str> {
    let paths = report.lines().map(|line| line.split(':').next());
    paths.flatten().collect()
}

#[test]
fn names_that_are_no_text_stay_different_files() {
    let folder = Folder::empty();
    let names: [&[u8]; 4] = [
        b"a\xfe.json",
        b"a\xff.json",
        b"a\\xFF.json",
        "aé.json".as_bytes(),
    ];
    for name in names {
        fs::write(folder.0.path().join(OsStr::from_bytes(name)), UNTITLED).expect("a file");
    }
    let log = folder.run(&["lint", "--format", "sarif", "."]).out;
    let log: Value = serde_json::from_str(&log).expect("JSON");
    let mut uris: Vec<_> = log["runs"][0]["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        .collect();
    uris.sort_by_key(ToString::to_string);
    assert_eq!(
        uris,
        ["a%5CxFF.json", "a%C3%A9.json", "a%FE.json", "a%FF.json"]
    );
    let gitlab = folder.run(&["lint", "--format", "gitlab", "."]).out;
    let gitlab: Vec<Value> = serde_json::from_str(&gitlab).expect("JSON");
    for member in ["/fingerprint", "/location/path"] {
        let mut told: Vec<_> = gitlab
            .iter()
            .filter_map(|one| one.pointer(member))
            .collect();
        told.sort_by_key(ToString::to_string);
        told.dedup();
        assert_eq!(told.len(), 4, "{gitlab:?}");
    }
    // As known, each is known by itself.
    folder.run(&["lint", "--write-baseline", "known.json", "."]);
    let known = [
        "lint",
        "--baseline",
        "known.json",
        "--format",
        "concise",
        ".",
    ];
    folder.run(&known).expect(0, "", "");
    fs::remove_file(folder.0.path().join(OsStr::from_bytes(names[1]))).expect("a file");
    let answer = folder.run(&known);
    assert!(
        answer.err.contains("1 known finding is gone"),
        "{}",
        answer.err
    );
}

#[test]
fn each_folder_is_entered_once_however_many_links_lead_to_it() {
    let folder = Folder::with(&[("real/a.json", UNTITLED), ("other/b.json", UNTITLED)]);
    let root = folder.0.path();
    // Each of 22 folders has two links to the next, and the last one back to the first.
    for number in 0..22 {
        fs::create_dir(root.join(format!("real/{number}"))).expect("a folder");
        for link in ["x", "y"] {
            let next = format!("../{}", (number + 1) % 22);
            symlink(next, root.join(format!("real/{number}/{link}"))).expect("a link");
        }
    }
    symlink("..", root.join("real/up")).expect("a link");
    symlink("real", root.join("another")).expect("a link");
    symlink("../other/b.json", root.join("real/b.json")).expect("a link");
    let answer = folder.run(&["lint", "--format", "concise", "real"]);
    assert_eq!(
        paths(&answer.out),
        ["real/a.json", "real/b.json", "real/up/other/b.json"]
    );
    assert_eq!((answer.code, &*answer.err), (Some(1), ""));
    let answer = folder.run(&["lint", "--format", "concise", "another"]);
    assert_eq!(paths(&answer.out)[0], "another/a.json");
    let answer = folder.run(&["lint", "--format", "concise", "."]);
    // By the path without a link, where there is one.
    assert_eq!(
        paths(&answer.out),
        ["./other/b.json", "./real/a.json", "./real/b.json"]
    );
}

#[test]
fn what_is_no_file_is_skipped_in_a_folder_and_said() {
    let folder = Folder::with(&[("a.json", JOB)]);
    let root = folder.0.path();
    let made = Command::new("mkfifo").arg(root.join("pipe.json")).status();
    assert!(made.expect("mkfifo").success());
    symlink("pipe.json", root.join("link.jsonl")).expect("a link");
    symlink("/dev/null", root.join("null.har")).expect("a link");
    symlink("/dev/null", root.join("null.txt")).expect("a link");
    let _socket = UnixListener::bind(root.join("socket.json.gz")).expect("a socket");
    let skipped = |name| format!("./{name}: skipped: a pipe, a socket or a device, not a file\n");
    let names = ["link.jsonl", "null.har", "pipe.json", "socket.json.gz"];
    for mode in [&["--quiet"][..], &["--fix", "--quiet"], &["--diff"]] {
        let answer = folder.run(&[&["lint"], mode, &["."]].concat());
        assert_eq!(answer.code, Some(0), "{mode:?}");
        assert!(
            answer.err.starts_with(&names.map(skipped).concat()),
            "{}",
            answer.err
        );
    }
}

#[test]
fn what_a_run_writes_is_neither_written_twice_nor_read() {
    let folder = Folder::with(&[
        ("a.json", UNTITLED),
        (
            "survey.json",
            r#"{"questions":[{"title":"a","type":"Text"}]}"#,
        ),
        ("known.json", r#"{"version":1,"findings":[]}"#),
        ("set.json", ""),
        ("sub/c.json", JOB),
    ]);
    let root = folder.0.path();
    fs::hard_link(root.join("a.json"), root.join("hard.json")).expect("a link");
    symlink("a.json", root.join("soft.json")).expect("a link");
    symlink("sub", root.join("folder")).expect("a link");
    symlink("new.json", root.join("new-link.json")).expect("a link");
    let texts = || {
        let text = |name: &String| (name.clone(), fs::read(root.join(name)).ok());
        folder.names().iter().map(text).collect::<Vec<_>>()
    };
    let before = texts();
    let refused: &[&[&str]] = &[
        &[
            "--output",
            "json=new.json",
            "--output",
            "sarif=new.json",
            "a.json",
        ],
        &[
            "--output",
            "json=new.json",
            "--output",
            "sarif=./sub/../new.json",
            "a.json",
        ],
        &[
            "--output",
            "json=new.json",
            "--write-baseline",
            "new.json",
            "a.json",
        ],
        &["--output", "json=a.json", "a.json"],
        &["--output", "json=hard.json", "a.json"],
        &["--output", "json=soft.json", "a.json"],
        &["--output", "json=folder/c.json", "sub/c.json"],
        &[
            "--output",
            "json=known.json",
            "--baseline",
            "known.json",
            "a.json",
        ],
        &[
            "--output",
            "json=survey.json",
            "--survey",
            "survey.json",
            "a.json",
        ],
        &[
            "--output",
            "json=set.json",
            "--config",
            "set.json",
            "a.json",
        ],
        &["--write-baseline", "a.json", "a.json"],
        &[
            "--write-baseline",
            "survey.json",
            "--survey",
            "survey.json",
            "a.json",
        ],
        &["--fix", "--output", "json=a.json", "a.json"],
    ];
    for arguments in refused {
        let answer = folder.run(&[&["lint"], *arguments].concat());
        assert_eq!(answer.code, Some(2), "{arguments:?}: {}", answer.err);
        let told = answer.err.contains("are one file: write to another");
        assert!(
            told || answer.err.contains("given twice"),
            "{arguments:?}: {}",
            answer.err
        );
    }
    assert_eq!(texts(), before);
}

#[test]
fn redirections_are_files_of_a_run_too() {
    let folder = Folder::with(&[("a.json", UNTITLED), ("sub/c.json", JOB)]);
    for (redirected, arguments) in [
        ("< a.json", "lint --output json=a.json"),
        (">> a.json", "lint a.json"),
    ] {
        let script = format!("exec \"$0\" {arguments} {redirected}");
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &script, env!("CARGO_BIN_EXE_kaizala-actions")])
            .current_dir(folder.0.path());
        let refused = output(&mut shell, "");
        assert_eq!(refused.status.code(), Some(2), "{script}: {refused:?}");
        assert_eq!(folder.read("a.json"), UNTITLED, "{script}");
    }
    // Of what is no file there can be several, and a baseline is read before it is written.
    folder.write("known.json", br#"{"version":1,"findings":[]}"#);
    for allowed in [
        &["--output", "json=/dev/null", "--output", "sarif=/dev/null"][..],
        &["--baseline", "known.json", "--write-baseline", "known.json"],
    ] {
        let arguments = [&["lint", "--format", "concise", "sub/c.json"], allowed].concat();
        assert_eq!(folder.run(&arguments).code, Some(0), "{allowed:?}");
    }
}

#[test]
fn a_folder_is_linted_without_what_the_run_has_of_its_own() {
    let folder = Folder::with(&[
        ("bodies/casing.json", CASING),
        (
            "survey.json",
            r#"{"actionType":"Survey","actionBody":{"title":"a","questions":[{"title":"b","type":"Text"}]}}"#,
        ),
        ("set.json", "survey = \"survey.json\"\n"),
    ]);
    let run = |arguments: &[&str]| {
        folder.run(&[&["lint", "--format", "concise"], arguments, &["."]].concat())
    };
    run(&["--no-config", "--write-baseline", "known.json"]);
    for _ in 0..2 {
        let answer = run(&[
            "--config",
            "set.json",
            "--baseline",
            "known.json",
            "--output",
            "json=lint.json",
        ]);
        answer.expect(0, "", "");
    }
    let report: Value = serde_json::from_str(&folder.read("lint.json")).expect("JSON");
    assert_eq!(report["summary"]["documents"], 1, "{report}");
    // What the shell writes to is its own too.
    let mut shell = Command::new("sh");
    shell
        .args([
            "-c",
            "exec \"$0\" lint --no-config --format json . > out.json",
            env!("CARGO_BIN_EXE_kaizala-actions"),
        ])
        .current_dir(folder.0.path());
    let answer = output(&mut shell, "");
    assert_eq!(stderr(&answer), "");
    assert!(
        !folder.read("out.json").contains("out.json"),
        "{}",
        folder.read("out.json")
    );
    // Named, it is linted.
    let named = output(
        command(&["lint", "--baseline", "known.json", "known.json"]).current_dir(folder.0.path()),
        "",
    );
    assert!(stdout(&named).contains("unknown-body"), "{named:?}");
}
