use crate::helpers::{CASING, Folder, JOB, UNTITLED};

const ANNOUNCEMENT: &str = r#"{"actionType":"Announcement","actionBody":{"title":"Holiday"}}"#;

#[test]
fn settings_are_found_upwards_and_can_be_named_or_left() {
    let folder = Folder::with(&[
        (
            "kaizala-actions.toml",
            "format = \"concise\"\ndeny-warnings = true\n",
        ),
        ("other.toml", "[rules]\nvalue-casing = \"off\"\n"),
        ("a/b/casing.json", CASING),
    ]);
    let found = folder.run_in("a/b", &["lint", "casing.json"], b"");
    found.expect(
        1,
        "casing.json:1:15: warning[KZ106] value-casing: `job` is spelt `Job` here (/actionType)\n",
        "",
    );
    let left = folder.run_in("a/b", &["lint", "--no-config", "casing.json"], b"");
    assert!(
        left.code == Some(0) && left.out.starts_with("warning[KZ106]"),
        "{}",
        left.out
    );
    folder
        .run_in(
            "a/b",
            &["lint", "--config", "../../other.toml", "casing.json"],
            b"",
        )
        .expect(
            0,
            "",
            "1 document: 1 clean, 0 errors, 0 warnings, 0 notes\n",
        );
    folder.write("a/kaizala-actions.toml", b"");
    assert_eq!(
        folder.run_in("a/b", &["lint", "casing.json"], b"").code,
        Some(0),
        "the nearest holds alone"
    );
}

#[test]
fn rules_types_and_inputs_are_set() {
    let folder = Folder::with(&[
        (
            "kaizala-actions.toml",
            "paths = [\"recorded\"]\nformat = \"concise\"\nallow = [\"announcement:post\"]\n[rules]\nKZ301 = \"note\"\nvalue-casing = \"error\"\n",
        ),
        ("recorded/a.json", ANNOUNCEMENT),
        ("recorded/b.json", UNTITLED),
        ("recorded/c.json", CASING),
        ("elsewhere.json", "{"),
    ]);
    let answer = folder.run(&["lint"]);
    assert_eq!(answer.code, Some(1));
    let weights: Vec<_> = answer
        .out
        .lines()
        .filter_map(|line| line.split([' ', '[']).nth(1))
        .collect();
    assert_eq!(weights, ["note", "error"], "{}", answer.out);
    // From below, paths still count from the file's folder.
    assert!(
        folder
            .run_in("recorded", &["lint"], b"")
            .out
            .starts_with("../recorded/b.json:1:34: note"),
        "{answer}",
        answer = answer.out
    );
    // The command line wins.
    assert_eq!(
        folder.run(&["lint", "elsewhere.json"]).rules(),
        ["invalid-json"]
    );
    let softer = folder.run(&[
        "lint",
        "--severity",
        "value-casing=warning",
        "--severity",
        "missing-member=off",
    ]);
    assert_eq!(
        (softer.code, softer.rules()),
        (Some(0), vec!["value-casing"])
    );
    assert_eq!(
        folder
            .run(&["lint", "--ignore", "KZ106", "--format", "json"])
            .code,
        Some(0)
    );
}

#[test]
fn some_files_have_settings_of_their_own() {
    let folder = Folder::with(&[
        (
            "kaizala-actions.toml",
            "format = \"concise\"\n[[overrides]]\npaths = [\"old/**\", \"*.old.json\"]\nallow = [\"album:post\"]\nrules.value-casing = \"off\"\n\
             [[overrides]]\npaths = [\"errors/*\"]\nas = \"error.response\"\n[[overrides]]\npaths = [\"lines/*\"]\ninput = \"ndjson\"\n",
        ),
        ("old/deep/a.json", CASING),
        ("b.old.json", CASING),
        ("c.json", CASING),
        ("sub/d.old.json", CASING),
        ("errors/e.json", "{}"),
        ("lines/f.json", "{'x\n{'y"),
    ]);
    let answer = folder.run(&["lint", "."]);
    let found: Vec<_> = answer
        .out
        .lines()
        .map(|line| line.split(':').next().unwrap_or_default())
        .collect();
    assert_eq!(
        found,
        [
            "./c.json",
            "./lines/f.json",
            "./lines/f.json",
            "./sub/d.old.json"
        ],
        "{}",
        answer.out
    );
    // The same files, named from elsewhere.
    let answer = folder.run_in(
        "old",
        &["lint", "deep/a.json", "../c.json", "../sub/../b.old.json"],
        b"",
    );
    assert_eq!(answer.out.lines().count(), 1, "{}", answer.out);
    assert_eq!(
        folder
            .run(&["lint", "--severity", "value-casing=error", "old"])
            .code,
        Some(1),
        "the command line wins"
    );
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_place_and_what_was_meant() {
    let table = [
        (
            "deny-warning = true",
            "1:1: unknown key `deny-warning`; did you mean `deny-warnings`?",
        ),
        (
            "\n[rules]\nvalue-casin = \"off\"",
            "3:1: value-casin: no such rule; did you mean value-casing (KZ106)?",
        ),
        (
            "[rules]\nvalue-casing = \"loud\"",
            "2:16: a severity is error, warning, note or off",
        ),
        ("format = \"concice\"", "1:10: `concice` is not one of "),
        ("format = 1", "1:10: expected a string, found integer"),
        ("paths = \"a\"", "1:9: expected a list, found string"),
        (
            "deny-warnings = \"yes\"",
            "1:17: expected true or false, found string",
        ),
        ("rules = []", "1:9: expected a table, found array"),
        ("as = \"post-action\"", "1:6: a body is one of "),
        ("allow = [\"album\"]", "1:10: write TYPE:METHOD"),
        (
            "[[overrides]]\nrules = {}",
            "1:1: an override without paths",
        ),
        ("[[overrides]]\npaths = [\"a{\"]", "2:10: "),
        (
            "[[overrides]]\npaths = [\"a\"]\nfmt = 1",
            "3:1: unknown key `fmt`; known here: paths, as, input, body-column, id-column, map, id-pointer, environment, allow, rules",
        ),
        (
            "frobnicate = 1",
            "1:1: unknown key `frobnicate`; known here: paths, format, ",
        ),
        (
            "input = \"har\"\nas = \"error.response\"",
            "2:6: `as` is for bodies, and this `input` is for exchanges: ",
        ),
        (
            "[[overrides]]\npaths = [\"a\"]\nas = \"error.response\"\ninput = \"curl\"",
            "3:6: `as` is for bodies",
        ),
        ("a = 1\na = 2", "2:1: "),
        ("= 1", "1:1: "),
    ];
    for (text, why) in table {
        let folder = Folder::with(&[("kaizala-actions.toml", text), ("a.json", JOB)]);
        let answer = folder.run(&["lint", "a.json"]);
        assert_eq!((answer.code, &*answer.out), (Some(2), ""), "{text}");
        assert!(
            answer
                .err
                .starts_with(&format!("kaizala-actions: kaizala-actions.toml:{why}")),
            "{text}: {}",
            answer.err
        );
    }
    let folder = Folder::with(&[("a.json", JOB)]);
    assert_eq!(
        folder
            .run(&["lint", "--config", "none.toml", "a.json"])
            .code,
        Some(2)
    );
    assert_eq!(
        folder
            .run(&["lint", "--severity", "value-casing", "a.json"])
            .code,
        Some(2)
    );
}

#[test]
fn a_schema_of_the_file_is_printed_for_editors() {
    let folder = Folder::empty();
    for (arguments, dialect) in [
        (
            &["schema", "config"][..],
            "https://json-schema.org/draft/2020-12/schema",
        ),
        (
            &["schema", "config", "--draft", "7"],
            "http://json-schema.org/draft-07/schema#",
        ),
    ] {
        let printed = folder.run(arguments);
        let schema: serde_json::Value = serde_json::from_str(&printed.out).unwrap();
        assert_eq!(
            (printed.code, &schema["$schema"]),
            (Some(0), &dialect.into())
        );
        let taken = |settings: serde_json::Value| jsonschema::is_valid(&schema, &settings);
        assert!(
            taken(serde_json::json!({"rules": {"null-member": "off"}}))
                && !taken(serde_json::json!({"rules": {"null-members": "off"}}))
        );
    }
}

#[test]
fn what_a_body_is_cannot_be_said_of_exchanges() {
    const EXCHANGE: &str = r#"{"request":{"method":"GET","url":"/v1/groups/g/actions?actionType=job","headers":{"accessToken":"a"}}}"#;
    const BODY: [&str; 3] = ["lint", "--as", "error.response"];
    let folder = Folder::with(&[
        ("a.ndjson", EXCHANGE),
        ("b.ndjson", EXCHANGE),
        ("c.json", "{}"),
        ("input.toml", "input = \"exchanges\""),
    ]);
    let tells = "their bodies are recognised by method and path\n";
    for input in ["exchanges", "har", "curl"] {
        let refused = folder.run(&[&BODY[..], &["--input", input, "c.json"]].concat());
        refused.expect(
            2,
            "",
            &format!(
                "kaizala-actions: --as is for bodies, and this --input is for exchanges: {tells}"
            ),
        );
    }
    folder.run(&[&BODY[..], &["--config", "input.toml", "a.ndjson"]].concat()).expect(
        2,
        "",
        &format!("kaizala-actions: --as is for bodies, and the input set in input.toml:1 is for exchanges: {tells}"),
    );
    // Found out: it is judged all the same, and told once.
    let found = folder.run(&[&BODY[..], &["a.ndjson", "b.ndjson", "c.json"]].concat());
    let counts = "3 documents: 3 clean, 0 errors, 0 warnings, 0 notes\n";
    found.expect(
        0,
        "",
        &format!("a.ndjson holds exchanges, and --as is for bodies: {tells}{counts}"),
    );
    // Of a file's settings, the command line and what is more to the point win in silence.
    folder.write(
        "kaizala-actions.toml",
        b"as = \"error.response\"\n[[overrides]]\npaths = [\"a.*\"]\ninput = \"exchanges\"",
    );
    for arguments in [
        &["lint", "--input", "exchanges", "b.ndjson"][..],
        &["lint", "a.ndjson"],
    ] {
        folder.run(arguments).expect(
            0,
            "",
            "1 document: 1 clean, 0 errors, 0 warnings, 0 notes\n",
        );
    }
    let found = folder.run(&["lint", "b.ndjson"]);
    assert!(
        found
            .err
            .starts_with("b.ndjson holds exchanges, and `as` is for bodies: "),
        "{}",
        found.err
    );
}

#[test]
fn settings_are_printed_with_where_each_comes_from_and_can_be_read_again() {
    let folder = Folder::with(&[
        (
            "kaizala-actions.toml",
            "deny-warnings = true\npaths = [\"a\\\"b\"]\nallow = [\"announcement:post\"]\n[rules]\nvalue-casing = \"off\"\nempty-list = \"error\"\n\
             [[overrides]]\npaths = [\"old/**\"]\nas = \"error.response\"\nrules.null-member = \"off\"\n",
        ),
        ("sub/a.json", JOB),
    ]);
    let arguments = [
        "lint",
        "--print-config",
        "--format",
        "concise",
        "--severity",
        "empty-list=note",
        "--allow",
        "album:post",
    ];
    let printed = folder.run(&arguments);
    printed.expect(
        0,
        "# kaizala-actions.toml
paths = [\"a\\\"b\"] # kaizala-actions.toml:2
format = \"concise\" # command line
deny-warnings = true # kaizala-actions.toml:1
allow = [
    \"announcement:post\", # kaizala-actions.toml:3
    \"album:post\", # command line
]

[rules]
value-casing = \"off\" # kaizala-actions.toml:5
empty-list = \"note\" # command line

[[overrides]] # kaizala-actions.toml:7
paths = [\"old/**\"]
as = \"error.response\"

[overrides.rules]
null-member = \"off\" # kaizala-actions.toml:10
",
        "",
    );
    folder.write("again.toml", printed.out.as_bytes());
    let again = folder.run(&["lint", "--print-config", "--config", "again.toml"]);
    let settings = |text: &str| {
        text.lines()
            .map(|line| line.split(" #").next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(settings(&again.out)[1..], settings(&printed.out)[1..]);
    let none = folder.run(&["lint", "--no-config", "--print-config"]);
    none.expect(0, "# no kaizala-actions.toml here or above\npaths = [\"-\"] # default\nformat = \"full\" # default\ndeny-warnings = false # default\n", "");
}
