//! Tables with a column of bodies, logs whose parts a map finds, and ids of records.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::helpers::{Folder, stderr, stdout, tool};

const JOB: &str = r#"{"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001"], "dueDate": 17}}"#;
const LATE: &str = r#"{"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001"], "dueDate": "17"}}"#;
const URL: &str = "/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions";

/// What `--format concise` says, without the name of the input.
fn found(arguments: &[&str], text: impl AsRef<[u8]>) -> Vec<String> {
    let all = [
        &["lint", "--no-config", "--format", "concise"],
        arguments,
        &["-"],
    ]
    .concat();
    let output = tool(&all, text);
    let found = stdout(&output).replace("<stdin>:", "");
    found.lines().map(str::to_owned).collect()
}

fn assert_starts(found: &[String], expected: &[&str]) {
    let is_right = found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|(line, start)| line.starts_with(start));
    assert!(is_right, "{found:#?}\n{expected:#?}");
}

/// The summary, and the exit code.
fn ended(arguments: &[&str], text: impl AsRef<[u8]>) -> (String, Option<i32>) {
    let output = tool(
        &[&["lint", "--no-config"], arguments, &["-"]].concat(),
        text,
    );
    let last = stderr(&output)
        .lines()
        .last()
        .unwrap_or_default()
        .to_owned();
    (last, output.status.code())
}

/// A value as CSV has it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[test]
fn bodies_in_a_table_are_judged_at_their_places() {
    let (job, late) = (quoted(JOB), quoted(LATE));
    let pretty = quoted(&LATE.replace(", ", ",\n"));
    let with_id: &[&str] = &["--id-column", "id"];
    let table: &[(&[&str], String, &[&str])] = &[
        // Found out, with quotes that are doubled: the place is that of the value.
        (
            &[],
            format!("id,body\n7,{job}\n8,{late}\n"),
            &["3:3: 1:100: error[KZ302]"],
        ),
        (
            with_id,
            format!("id,body\r\n7,{job}\r\n8,{late}\r\n"),
            &["3:3: id 8 1:100: error[KZ302]"],
        ),
        // The other separators, and a byte order mark.
        (
            with_id,
            format!("\u{feff}id;body;x\n8;{late};\n"),
            &["2:3: id 8 1:100: error[KZ302]"],
        ),
        (
            with_id,
            format!("id\tbody\n8\t{late}"),
            &["2:3: id 8 1:100: error[KZ302]"],
        ),
        // Without quotes the body is there as it is.
        (
            &["--input", "csv"],
            format!("id\tbody\n8\t{LATE}\n"),
            &["2:102: error[KZ302]"],
        ),
        // Line ends in a value, and in the one before.
        (
            with_id,
            format!("note,id,body\n\"a\nb\",8,{pretty}\n"),
            &["3:6: id 8 4:12: error[KZ302]"],
        ),
        (
            &["--body-column", "Payload"],
            format!("payload\n{late}\n"),
            &["2:1: 1:100: error[KZ302]"],
        ),
        // A body in quotes without quotes in it.
        (
            &["--input", "csv"],
            "body\n\"[]\"\n".into(),
            &["2:2: error[KZ101]"],
        ),
        // A row that is too short.
        (
            with_id,
            format!("id,body\n8\n9,{job}\n"),
            &["2:1: error[KZ007]"],
        ),
        // A body without quotes that has the separator in it.
        (
            with_id,
            format!("id,body\n8,{LATE}\n9,{job}\n"),
            &["2:1: error[KZ007]"],
        ),
        // The kind of body can be set.
        (
            &["--as", "error.response", "--input", "csv"],
            "body\n\"[]\"\n".into(),
            &["2:2: error[KZ302]"],
        ),
        // A phone number as an id is masked.
        (
            with_id,
            format!("id,body\n+911234500001,{late}\n"),
            &["2:15: id +************ 1:100: "],
        ),
    ];
    for (arguments, text, expected) in table {
        assert_starts(&found(arguments, text), expected);
    }
}

#[test]
fn a_value_that_is_missing_is_counted_as_such() {
    let text = format!("id,body\n1,NULL\n2,{}\n3,\n4,\\N\n", quoted(JOB));
    let clean = "1 document: 1 clean, 0 errors, 0 warnings, 0 notes; \
                 not judged: 3 bodies not in the record";
    assert_eq!(
        ended(&["--input", "csv"], text),
        (clean.to_owned(), Some(0))
    );
    let (message, code) = ended(&["--quiet", "--input", "csv"], "body\nNULL\n");
    assert!(
        message.contains("nothing to judge in <stdin>: 1 body not in the record"),
        "{message}"
    );
    assert_eq!(code, Some(2));
}

#[test]
fn columns_that_are_not_there_and_options_that_do_not_fit_are_errors() {
    let table: &[(&[&str], &str, &str)] = &[
        (
            &["--input", "csv"],
            "id,payload\n1,{}\n",
            "name the column of bodies with --body-column; there are id, payload",
        ),
        (
            &["--body-column", "paylod"],
            "id,payload\n1,{}\n",
            "no column `paylod`, which --body-column names; did you mean `payload`?",
        ),
        (
            &["--id-column", "key"],
            "body\n{}\n",
            "no column `key`, which --id-column names; there are body",
        ),
        (
            &["--id-column", "accessToken"],
            "accessToken,body\nx,{}\n",
            "the values of `accessToken` are secrets",
        ),
        (
            &["--input", "har", "--body-column", "a"],
            "",
            "--body-column and --id-column are for --input csv",
        ),
        (
            &["--input", "ndjson", "--map", "nginx"],
            "",
            "--map is for --input log",
        ),
        (&["--input", "log"], "", "--input log needs --map"),
        (
            &["--map", "body"],
            "",
            "write FIELD=POINTER, as in body=/request_body, or one of nginx, kong, apim",
        ),
        (
            &["--map", "boddy=/a"],
            "",
            "no field boddy; did you mean body?",
        ),
        (
            &["--map", "body=a"],
            "",
            "a JSON Pointer begins with a slash: write /a",
        ),
        (
            &["--map", "body=/a,status=/b"],
            "",
            "an exchange needs url or line",
        ),
        (
            &["--map", "nginx", "--as", "error.response"],
            "",
            "--as is for bodies",
        ),
        (&["--id-pointer", "id"], "", "write /id"),
        (
            &[],
            "{\"request_uri\":\"/v1\",\"status\":200}\n",
            "--map nginx",
        ),
    ];
    for (arguments, text, expected) in table {
        let output = tool(
            &[&["lint", "--no-config"], *arguments, &["-"]].concat(),
            text,
        );
        let said = stderr(&output);
        assert!(said.contains(expected), "{arguments:?}: {said}");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    }
}

fn nginx(body: &str) -> Value {
    json!({"request_method": "POST", "request_uri": URL, "status": 200, "request_id": "r1", "request_body": body})
}

#[test]
fn lines_of_logs_are_judged_by_a_map() {
    let nginx_line = format!("{}\n", nginx(LATE));
    let kong = json!({
        "request": {"id": "k1", "method": "POST", "uri": URL, "headers": {"accesstoken": "opaque-0001", "content-type": "application/json"}, "body": LATE},
        "response": {"status": 200, "headers": {"content-type": "application/json"}, "body": "{}"},
    });
    let apim = json!({
        "Method": "POST", "Url": format!("https://api.kaiza.la{URL}"), "ResponseCode": 200,
        "RequestHeaders": r#"{"accessToken": "opaque-0001", "Content-Type": "text/plain"}"#, "RequestBody": JOB,
    });
    let own =
        json!({"r": format!("GET {URL}?actionType=audio HTTP/1.1"), "s": "200", "m": {"id": 5}});
    let table: &[(&[&str], String, &[&str])] = &[
        (
            &["--map", "nginx"],
            nginx_line.clone(),
            &[
                "1:146: request.body 1:100: error[KZ302]",
                "1:1: response.body 1:1: note[KZ010]",
            ],
        ),
        (
            &["--map", "nginx", "--id-pointer", "/request_id"],
            nginx_line,
            &[
                "1:146: id r1 request.body 1:100: error[KZ302]",
                "1:1: id r1 response.body 1:1: note[KZ010]",
            ],
        ),
        (
            &["--map", "kong"],
            format!("{kong}\n"),
            &[
                "1:186: request.body 1:100: error[KZ302]",
                "1:391: response.body 1:1: error[KZ301]",
            ],
        ),
        (
            &["--map", "apim"],
            format!("{apim}\n"),
            &[
                "1:140: request.headers 2:15: error[KZ609]",
                "1:1: response.body 1:1: note[KZ010]",
            ],
        ),
        (
            &["--map", "line=/r,status=/s", "--id-pointer", "/m/id"],
            format!("{own}\n"),
            &[
                "1:6: id 5 request.line 1:74: error[KZ201]",
                "1:1: id 5 response.body 1:1: note[KZ010]",
            ],
        ),
        // Bodies alone, as text and as JSON.
        (
            &["--map", "body=/a/b"],
            format!(
                "{}\n{{\"a\": {{\"b\": {LATE}}}}}\n",
                json!({"a": {"b": LATE}})
            ),
            &["1:11: 1:100: error[KZ302]", "2:112: error[KZ302]"],
        ),
        (
            &["--map", "nginx"],
            "{\"request_method\":\"GET\"}\n".into(),
            &["1:1: error[KZ007]"],
        ),
    ];
    for (arguments, text, expected) in table {
        assert_starts(&found(arguments, text), expected);
    }
}

#[test]
fn a_body_that_the_logger_cut_is_noted_and_not_judged() {
    for body in [&LATE[..60], &format!("{}...", &LATE[..60])] {
        let lines = found(&["--map", "nginx"], format!("{}\n", nginx(body)));
        assert!(lines[0].contains("the logger cut the body"), "{lines:?}");
    }
    let (summary, code) = ended(&["--map", "nginx"], format!("{}\n", nginx("-")));
    assert!(
        summary.ends_with(
            "not judged: 2 bodies not in the record, 1 exchange without header fields in the record"
        ),
        "{summary}"
    );
    assert_eq!(code, Some(0));
}

#[test]
fn ids_are_in_every_format_that_lists_findings() {
    let line = format!("{{\"id\": \"first/1\", {}\n", &LATE[1..]);
    for format in [
        "full", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "summary",
        "markdown", "html",
    ] {
        let arguments = [
            "lint",
            "--no-config",
            "--format",
            format,
            "--input",
            "ndjson",
            "--id-pointer",
            "/id",
            "-",
        ];
        let output = tool(&arguments, &line);
        let report = stdout(&output);
        assert!(report.contains("first/1"), "{format}: {report}");
    }
    let arguments = [
        "lint",
        "--no-config",
        "--format",
        "jsonl",
        "--input",
        "ndjson",
        "--id-pointer",
        "/id",
        "-",
    ];
    let output = tool(&arguments, &line);
    let report = stdout(&output);
    let first: Value =
        serde_json::from_str(report.lines().next().unwrap_or_default()).expect("JSON");
    assert_eq!(first["id"], "first/1");
}

#[test]
fn settings_say_how_files_are_read() {
    let settings = "[[overrides]]\npaths = [\"*.txt\"]\nid-column = \"key\"\nbody-column = \"payload\"\n\
         [[overrides]]\npaths = [\"access.txt\"]\nmap = \"nginx\"\nid-pointer = \"/request_id\"\n";
    let folder = Folder::with(&[
        ("export.txt", &format!("key,payload\n8,{}\n", quoted(LATE))),
        ("access.txt", &format!("{}\n", nginx(LATE))),
        ("kaizala-actions.toml", settings),
    ]);
    let answer = folder.run(&["lint", "--format", "concise", "export.txt", "access.txt"]);
    let found: Vec<_> = answer.out.lines().map(str::to_owned).collect();
    assert_starts(
        &found,
        &[
            "export.txt:2:3: id 8 1:100: error[KZ302]",
            "access.txt:1:146: id r1 request.body 1:100: ",
            "access.txt:1:1: id r1 response.body",
        ],
    );
    // An override that does not say enough is an error of the file that it is for.
    folder.write(
        "kaizala-actions.toml",
        b"[[overrides]]\npaths = [\"access.txt\"]\ninput = \"log\"\n",
    );
    let answer = folder.run(&["lint", "access.txt"]);
    assert_eq!(answer.code, Some(2), "{}", answer.err);
    assert!(
        answer.err.contains("access.txt: --input log needs --map"),
        "{}",
        answer.err
    );
}

#[test]
fn a_table_of_many_rows_is_read_whole() {
    let mut text = "id,body\n".to_owned();
    for id in 0..5_000 {
        let _ = writeln!(text, "{id},{}", quoted(JOB));
    }
    let (summary, code) = ended(&[], text);
    assert_eq!(
        summary,
        "5000 documents: 5000 clean, 0 errors, 0 warnings, 0 notes"
    );
    assert_eq!(code, Some(0));
}
