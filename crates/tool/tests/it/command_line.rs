//! The command line tool, through its real binary.

use std::{fs, path::Path, process::Output};

use serde_json::{Value, json};

use crate::helpers::{CASING, Folder, JOB, ROOT, UNTITLED, command, stderr, stdout, tool};

const ANNOUNCEMENT: &str = r#"{"actionType":"Announcement","actionBody":{"title":"Holiday"}}"#;

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[test]
fn exit_codes_tell_clean_from_wrong_from_not_run() {
    let table: &[(&[&str], &str, i32)] = &[
        (&["lint"], JOB, 0),
        (&["lint", "-"], CASING, 0),
        (&["lint", "--deny-warnings"], CASING, 1),
        (
            &["lint", "--deny-warnings", "--ignore", "value-casing"],
            CASING,
            0,
        ),
        (&["lint"], UNTITLED, 1),
        (&["lint", "--ignore", "KZ301"], UNTITLED, 0),
        (&["lint"], ANNOUNCEMENT, 1),
        (&["lint", "--allow", "announcement:post"], ANNOUNCEMENT, 0),
        (&["lint", "--allow", "Announcement:GET"], ANNOUNCEMENT, 1),
        (&["lint", "--as", "post-action.response"], JOB, 1),
        (&["lint"], "", 1),
        (&["lint", "no/such/file.json"], "", 2),
        (&["lint", "--as", "post-action"], JOB, 2),
        (&["lint", "--allow", "announcement"], JOB, 2),
        (&["lint", "--allow", "announcement:put"], JOB, 2),
        (&["lint", "--ignore", "no-such-rule"], JOB, 2),
        (&["explain", "no-such-rule"], "", 2),
        (&["frobnicate"], "", 2),
        (&[], "", 2),
        (&["--version"], "", 0),
        (&["--help"], "", 0),
    ];
    let wrong: Vec<_> = table
        .iter()
        .map(|(arguments, stdin, expected)| (arguments, *expected, tool(arguments, stdin)))
        .filter(|(_, expected, output)| code(output) != Some(*expected))
        .map(|(arguments, expected, output)| {
            format!("{arguments:?}: expected {expected}, got {output:?}")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_unreadable_file_does_not_stop_the_others_and_2_wins() {
    let folder = Folder::with(&[("b.json", UNTITLED)]);
    let output = tool(
        &[
            "lint",
            "--format",
            "concise",
            &folder.path("a.json"),
            &folder.path("b.json"),
        ],
        "",
    );
    assert_eq!(code(&output), Some(2));
    assert_eq!(
        stdout(&output),
        format!(
            "{}:1:34: error[KZ301] missing-member: `title` is missing (/actionBody)\n",
            folder.path("b.json")
        )
    );
    assert!(
        stderr(&output).contains("a.json: No such file"),
        "{output:?}"
    );
}

#[test]
fn folders_stand_for_the_json_files_below_in_order() {
    let files: [(&str, &str); 4] = [
        ("b/2.json", "{}"),
        ("a.json", "{}"),
        ("b/1.json", "{}"),
        ("b/notes.txt", "{"),
    ];
    let folder = Folder::with(&files);
    let output = tool(&["lint", "--format", "concise", &folder.path("")], "");
    let places: Vec<_> = stdout(&output)
        .lines()
        .map(|line| {
            line.split(".json")
                .next()
                .expect("a path")
                .rsplit('/')
                .next()
        })
        .collect();
    assert_eq!(places, [Some("a"), Some("1"), Some("2")]);
    assert_eq!(
        code(&tool(
            &["lint", &Folder::with(&[("x.txt", "")]).path("")],
            ""
        )),
        Some(2),
        "a folder without *.json"
    );
}

#[test]
fn json_has_every_key_always() {
    let output = tool(&["lint", "--format", "json"], format!("{UNTITLED}\n"));
    let report: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    let finding = &report["files"][0]["findings"][0];
    assert_eq!(
        finding
            .as_object()
            .expect("an object")
            .keys()
            .collect::<Vec<_>>(),
        [
            "rule",
            "name",
            "severity",
            "message",
            "pointer",
            "line",
            "column",
            "endLine",
            "endColumn",
            "offset",
            "length",
            "expected",
            "found",
            "help",
            "fix"
        ]
    );
    assert_eq!(finding["found"], Value::Null);
    assert_eq!(report["files"][0]["path"], "<stdin>");
    assert_eq!(report["files"][0]["as"], "post-action.request");
    assert_eq!(
        report["summary"],
        json!({"documents": 1, "clean": 0, "errors": 1, "warnings": 0, "notes": 0})
    );
    assert_eq!(report["version"], 1);
    let unknown = tool(&["lint", "--format", "json"], "{}");
    let report: Value = serde_json::from_slice(&unknown.stdout).expect("one JSON document");
    assert_eq!(report["files"][0]["as"], Value::Null);
}

#[test]
fn fixes_in_json_are_edits_of_bytes() {
    let output = tool(&["lint", "--format", "json"], CASING);
    let report: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    let fix = &report["files"][0]["findings"][0]["fix"];
    assert_eq!(
        *fix,
        json!({"description": "spell it `Job`", "edits": [{"offset": 14, "length": 5, "replacement": "\"Job\""}]})
    );
}

#[test]
fn control_characters_of_the_input_never_reach_the_terminal() {
    let body = "{\"actionType\":\"\u{202e}\\u001b[2JJob\",\"\u{7}\u{1b}]0;x\":\r\u{1b}[31m 1}";
    for format in ["full", "concise", "json"] {
        let output = tool(&["lint", "--format", format, "--color", "never"], body);
        let printed = stdout(&output);
        assert!(
            !printed.contains(|letter: char| letter.is_control() && letter != '\n'),
            "{format}: {printed:?}"
        );
    }
    let output = tool(&["lint", "\u{1b}[31mno-such-file"], "");
    assert!(!stderr(&output).contains('\u{1b}'), "{output:?}");
}

#[test]
fn colour_follows_the_switch_and_a_pipe_has_none() {
    let escapes = |arguments: &[&str]| stdout(&tool(arguments, UNTITLED)).contains('\u{1b}');
    assert!(escapes(&["lint", "--color", "always"]));
    assert!(!escapes(&["lint", "--color", "never"]));
    assert!(!escapes(&["lint", "--color", "auto"]));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = command(&["spec"]).spawn().expect("the binary starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((code(&output), stderr(&output)), (Some(0), ""));
}

#[test]
fn findings_go_to_stdout_and_the_rest_to_stderr() {
    let output = tool(&["lint"], UNTITLED);
    assert!(
        stdout(&output).starts_with("error[KZ301] missing-member: `title` is missing\n"),
        "{output:?}"
    );
    assert_eq!(
        stderr(&output),
        "1 document: 0 clean, 1 error, 0 warnings, 0 notes\n"
    );
    assert_eq!(
        stderr(&tool(&["lint", "--format", "concise"], UNTITLED)),
        ""
    );
}

#[test]
fn what_is_quiet_says_nothing_and_answers_and_reports_into_files_all_the_same() {
    let folder = Folder::empty();
    let file = folder.path("report.txt");
    let output = tool(
        &["lint", "--quiet", "--output", &format!("concise={file}")],
        UNTITLED,
    );
    assert_eq!(
        (code(&output), stdout(&output), stderr(&output)),
        (Some(1), "", "")
    );
    assert!(fs::read_to_string(file).unwrap().contains("error[KZ301]"));
    assert_eq!(code(&tool(&["lint", "--quiet"], JOB)), Some(0));
    assert!(
        stderr(&tool(&["lint", "--quiet", "no/such/file.json"], "")).contains("no/such/file.json")
    );
    assert_eq!(
        code(&tool(&["lint", "--quiet", "--format", "json"], JOB)),
        Some(2)
    );
}

#[test]
fn the_document_is_printed_as_it_is_written_and_as_json() {
    let yaml = tool(&["spec"], "");
    assert_eq!(
        yaml.stdout,
        fs::read(Path::new(ROOT).join("openapi/kaizala-actions.yaml")).expect("the document")
    );
    let json: Value =
        serde_json::from_slice(&tool(&["spec", "--format", "json"], "").stdout).expect("JSON");
    assert_eq!(json["openapi"], "3.0.3");
}

#[test]
fn completions_know_the_commands_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = tool(&["completions", shell], "");
        assert!(
            code(&output) == Some(0) && stdout(&output).contains("deny-warnings"),
            "{shell}"
        );
    }
}

#[test]
fn every_rule_can_be_explained_by_id_and_by_name() {
    let rules: Value =
        serde_json::from_slice(&tool(&["rules", "--format", "json"], "").stdout).expect("JSON");
    for rule in rules.as_array().expect("a list") {
        let [id, name] = ["id", "name"].map(|member| rule[member].as_str().expect("a string"));
        let explained = tool(&["explain", name], "");
        assert!(
            stdout(&explained).starts_with(&format!("{name} ({id}), ")),
            "{name}: {explained:?}"
        );
        assert_eq!(
            explained.stdout,
            tool(&["explain", &id.to_lowercase()], "").stdout
        );
    }
}

#[test]
fn a_misspelt_rule_gets_a_suggestion() {
    let output = tool(&["explain", "unsuported-method"], "");
    assert!(
        stderr(&output).contains("did you mean unsupported-method (KZ201)?"),
        "{output:?}"
    );
}

#[test]
fn a_type_that_is_allowed_and_nobody_knows_is_told_with_the_near_one() {
    let note = |name: &str, near: &str| {
        format!("allow {name}: not a type of the support matrix; did you mean {near}?\n")
    };
    let table = [
        (
            "announcment:post",
            note("announcment:post", "announcement:post"),
        ),
        ("Surveys:get", note("Surveys:get", "survey:get")),
        (
            "photoWithLocatoin:post",
            note("photoWithLocatoin:post", "photowithlocation:post"),
        ),
        // Known from elsewhere, or like nothing that is known.
        ("announcement:post", String::new()),
        ("Quick Poll:get", String::new()),
        ("album:post", String::new()),
        ("video:post", String::new()),
        ("com.example:post", String::new()),
    ];
    for (allowed, expected) in table {
        let folder = Folder::with(&[
            ("a.json", ANNOUNCEMENT),
            (
                "kaizala-actions.toml",
                &format!("allow = [\"{allowed}\"]\n"),
            ),
        ]);
        let ignored = [
            "lint",
            "--quiet",
            "--ignore",
            "unsupported-method",
            "a.json",
        ];
        let given = [&ignored[..], &["--no-config", "--allow", allowed]].concat();
        for arguments in [&ignored[..], &given] {
            folder.run(arguments).expect(0, "", &expected);
        }
    }
}

#[test]
fn what_cannot_be_started_says_what_is_meant() {
    let folder = Folder::with(&[("seed.json", "{\"groups\": 1}")]);
    let mut table = vec![];
    if cfg!(feature = "sandbox") {
        let address = |given, port| {
            let message = "write an IP address and a port, as in 127.0.0.1:";
            (
                vec!["serve", "--listen", given],
                format!("{message}{port}\n"),
            )
        };
        table.push(address("4010", 4010));
        table.push(address("localhost:8080", 8080));
        table.push(address(":80", 80));
        table.push(address("127.0.0.1", 4010));
        let seed = ["serve", "--listen", "127.0.0.1:0", "--seed", "seed.json"];
        table.push((
            seed.to_vec(),
            "kaizala-actions: seed.json: the seed is refused: ".to_owned(),
        ));
    }
    if cfg!(feature = "client") {
        for command in [
            &["list", "g", "job"][..],
            &["get", "g", "a"],
            &["post", "g", "seed.json"],
        ] {
            let message = "no endpoint: give --endpoint URL, or set the environment variable KAIZALA_ENDPOINT";
            table.push((command.to_vec(), message.to_owned()));
        }
    }
    for (arguments, message) in table {
        let answer = folder.run(&arguments);
        assert_eq!(answer.code, Some(2), "{arguments:?}");
        assert!(
            answer.err.contains(&message),
            "{arguments:?}: {}",
            answer.err
        );
    }
}
