//! Collections of Postman, and the environments that they are filled in from.

use serde_json::{Value, json};

use crate::helpers::{Folder, JOB, stderr, stdout, tool};

/// Checks what `--format concise` says of a text: the file's format is detected.
fn assert_findings(text: &str, expected: &[&str]) {
    let output = tool(&["lint", "--no-config", "--format", "concise", "-"], text);
    assert_lines(&stdout(&output).replace("<stdin>:", ""), expected);
}

/// Checks how lines begin.
fn assert_lines(found: &str, expected: &[&str]) {
    let found: Vec<_> = found.lines().collect();
    let is_as_expected = found.len() == expected.len()
        && (found.iter().zip(expected)).all(|(line, start)| line.starts_with(start));
    assert!(is_as_expected, "{found:#?}");
}

/// A collection with these items; its variables are `host` and `url`, and its token is there.
fn collection(items: &str) -> String {
    format!(
        r#"{{"info": {{"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}},
"variable": [{{"key": "host", "value": "https://api.kaiza.la"}}, {{"key": "url", "value": "{{{{host}}}}/v1/groups/ours"}}],
"auth": {{"type": "apikey", "apikey": [{{"key": "key", "value": "accessToken"}}, {{"key": "value", "value": "a secret token"}}]}},
"item": [
{items}
]}}"#
    )
}

/// A request that posts a body, as an item.
fn post(name: &str, url: &str, body: &str) -> Value {
    json!({"name": name, "request": {
        "method": "POST",
        "url": {"raw": url},
        "header": [{"key": "accessToken", "value": "{{token}}"}],
        "body": {"mode": "raw", "raw": body, "options": {"raw": {"language": "json"}}},
    }})
}

/// A folder with a collection of one request, which posts a job for `{{whom}}`, and with an
/// environment of these values.
fn with_environment(values: &Value) -> Folder {
    let body =
        r#"{"actionType": "Job", "actionBody": {"title": "{{title}}", "dueDate": {{hours}}}}"#;
    let item = post("Send", "{{url}}/v1/groups/{{group}}/actions", body);
    let variables = json!([{"key": "group", "value": "ours"}, {"key": "hours", "value": "12"}]);
    let collection =
        json!({"info": {"_postman_id": "1", "name": "c"}, "variable": variables, "item": [item]});
    let environment = json!({
        "id": "2", "name": "Test", "values": values,
        "_postman_variable_scope": "environment", "_postman_exported_using": "Postman/11.2.3",
    });
    Folder::with(&[
        ("c.json", &collection.to_string()),
        ("e.json", &environment.to_string()),
    ])
}

#[test]
fn requests_of_collections_are_judged() {
    let untitled = r#""body": {"mode": "raw", "raw": "{\"actionType\": \"Job\", \"actionBody\": {\"title\": \"{{$guid}}\"}}", "options": {"raw": {"language": "json"}}}"#;
    let table: &[(&str, &[&str])] = &[
        // Variables of the collection are filled in, others are noted; the collection has the token.
        (
            &format!(
                r#"{{"name": "a", "request": {{"method": "POST", "url": "{{{{url}}}}/actions", {untitled}}}}}"#
            ),
            &[
                "5:102: id a request.body 1:37: error[KZ301]",
                "5:102: id a request.body 1:48: note[KZ614]",
            ],
        ),
        // What is disabled is not sent.
        (
            r#"{"item": [{"request": {"url": {"raw": "{{url}}/actions?actionType=audio&count=x",
"query": [{"key": "actionType", "value": "audio"}, {"key": "count", "value": "x", "disabled": true}]}}},
{"request": {"url": "{{url}}/none", "disabled": true}}]}"#,
            &["5:31: request.line 1:60: error[KZ201]"],
        ),
        // A parameter of the path that is not set, a folder's own token, a form, a file.
        (
            r#"{"request": {"url": {"raw": "{{host}}/v1/groups/:group/actions/:action", "variable": [{"key": "group", "value": "ours"}]}}},
{"auth": {"type": "bearer", "bearer": [{"key": "token", "value": "opaque-0001"}]}, "item": [{"request": {"url": "{{url}}/actions?actionType=job"}}]},
{"request": {"method": "POST", "url": "{{url}}/actions", "body": {"mode": "urlencoded", "urlencoded": [{"key": "a", "value": "b"}]}}},
{"request": {"method": "POST", "url": "{{url}}/actions", "header": "content-type: application/json", "body": {"mode": "file", "file": {"src": "a.json"}}}}"#,
            &[
                "5:21: request.line 1:49: error[KZ603]",
                "6:105: request.headers 1:1: error[KZ608]",
                "7:13: request.headers 2:15: error[KZ609]",
                "8:135: request.body 1:1: note[KZ010]",
            ],
        ),
        // A saved response, to a request that is clean.
        (
            r#"{"request": {"url": "{{url}}/actions?actionType=job"}, "response": [{"name": "jobs", "code": 200, "header": [{"key": "content-type", "value": "application/json"}], "body": "{\"actions\": {}}"}]}"#,
            &["5:173: id jobs response.body 1:13: error[KZ302]"],
        ),
    ];
    for (items, expected) in table {
        assert_findings(&collection(items), expected);
    }
}

#[test]
fn all_that_the_schema_of_collections_knows_is_read() {
    let table: &[(&str, &[&str])] = &[
        // A URL alone, which inherits the token; one in parts, without `raw`.
        (
            r#"{"name": "a", "request": "{{url}}/actions?actionType=audio"},
{"name": "b", "request": {"url": {"protocol": "https", "host": ["api", "kaiza", "la"], "port": "443", "path": ["v1", {"type": "string", "value": "groups"}, "ours", "actions"], "query": [{"key": "actionType", "value": "audio"}]}}},
{"name": "c", "request": {"url": {"host": "{{host}}", "path": "/v1/groups/ours/actions", "query": [{"key": "actionType", "value": "audio"}]}}}"#,
            &[
                "5:26: id a request.line 1:60: error[KZ201]",
                "6:34: id b request.line 1:64: error[KZ201]",
                "7:34: id c request.line 1:60: error[KZ201]",
            ],
        ),
        // `noauth` takes the token away; null and an item without it leave it.
        (
            r#"{"name": "none", "request": {"auth": {"type": "noauth"}, "url": "{{url}}/actions?actionType=job"}},
{"name": "left", "auth": null, "item": [{"name": "a", "request": {"auth": null, "url": "{{url}}/actions?actionType=job"}}]}"#,
            &["5:29: id none request.headers 1:1: error[KZ607]"],
        ),
        // A token in the query, and one of OAuth 2.0.
        (
            r#"{"name": "a", "request": {"auth": {"type": "apikey", "apikey": {"key": "accessToken", "value": "opaque-0001", "in": "query"}}, "url": "{{url}}/actions?actionType=job"}},
{"name": "b", "request": {"auth": {"type": "oauth2", "oauth2": [{"key": "accessToken", "value": "opaque-0001"}]}, "url": "{{url}}/actions?actionType=job"}}"#,
            &[
                "5:135: id a request.line 1:64: warning[KZ604]",
                "5:26: id a request.headers 1:1: error[KZ607]",
                "6:26: id b request.headers 1:1: error[KZ608]",
            ],
        ),
        // A body that a GET has is not sent, unless that is set.
        (
            r#"{"name": "a", "request": {"url": "{{url}}/actions?actionType=job", "body": {"mode": "raw", "raw": "left over"}}},
{"name": "b", "protocolProfileBehavior": {"disableBodyPruning": true}, "request": {"method": "POST", "url": "{{url}}/actions", "body": {"mode": "raw", "raw": "off", "disabled": true}}}"#,
            &["6:83: id b request.body 1:1: error[KZ611]"],
        ),
        // Forms of parts and queries are said to be that; a field that is disabled is not sent.
        (
            r#"{"name": "a", "request": {"method": "POST", "url": "{{url}}/actions", "body": {"mode": "formdata", "formdata": [{"key": "a", "value": "b", "type": "text"}, {"key": "f", "type": "file", "src": "a.png"}]}}},
{"name": "b", "request": {"method": "POST", "url": "{{url}}/actions", "header": [{"key": "content-type", "value": "text/xml", "disabled": true}], "body": {"mode": "graphql", "graphql": {"query": "{ a }", "variables": "{}"}}}}"#,
            &[
                "5:26: id a request.headers 2:15: error[KZ609]",
                "5:112: id a request.body 1:1: note[KZ010]",
                "6:186: id b request.body 1:1: error[KZ102]",
                "6:186: id b request.body 1:1: error[KZ301]",
                "6:186: id b request.body 1:2: warning[KZ108]",
                "6:186: id b request.body 1:18: warning[KZ108]",
            ],
        ),
        // What was sent for a response that is saved, whose header fields can be lines.
        (
            r#"{"name": "a", "request": {"url": "{{url}}/actions?actionType=job"}, "response": [
{"name": "r", "code": 200, "header": "content-type: text/plain\n", "body": "{\"actions\": []}", "originalRequest": {"url": "{{url}}/actions?actionType=audio"}},
{"name": "s", "code": 200, "header": null, "body": "{\"actions\": {}}"}]}"#,
            &[
                "6:124: id \"a / r\" request.line 1:60: error[KZ201]",
                "6:38: id \"a / r\" response.headers 1:15: warning[KZ609]",
                "7:52: id \"a / s\" response.body 1:13: error[KZ302]",
            ],
        ),
    ];
    for (items, expected) in table {
        assert_findings(&collection(items), expected);
    }
}

#[test]
fn variables_of_an_environment_come_before_those_of_the_collection() {
    let folder = with_environment(&json!([
        {"key": "url", "value": "https://api.kaiza.la", "type": "default", "enabled": true},
        {"key": "title", "value": "Check", "enabled": true},
        {"key": "hours", "value": "\"tomorrow\"", "enabled": true},
        {"key": "group", "value": "", "enabled": true},
        {"key": "group", "value": "disabled", "enabled": false},
    ]));
    let answer = folder.run(&["lint", "--no-config", "--format", "concise", "c.json"]);
    let line = "c.json:1:295: id Send request.body";
    assert_lines(
        &answer.out,
        &[
            &format!("{line} 1:37: error[KZ301]"),
            &format!("{line} 1:48: note[KZ614]"),
        ],
    );
    let environment = [
        "lint",
        "--no-config",
        "--format",
        "concise",
        "--environment",
        "e.json",
    ];
    let answer = folder.run(&[&environment[..], &["c.json"]].concat());
    assert_lines(
        &answer.out,
        &[
            &format!("{line} 1:37: error[KZ301]"),
            &format!("{line} 1:67: error[KZ302]"),
        ],
    );
    // The environment is not one of the files of a folder, and other files are as ever.
    folder.write("body.json", JOB.as_bytes());
    let again = folder.run(&[&environment[..], &["."]].concat());
    assert_eq!(again.out, answer.out.replace("c.json", "./c.json"));
    assert_eq!(again.code, Some(1), "{}", again.err);
}

#[test]
fn secrets_of_an_environment_are_in_no_report() {
    let folder = with_environment(&json!([
        {"key": "url", "value": "https://api.kaiza.la", "type": "default", "enabled": true},
        {"key": "title", "value": "opaque-0001/of 2", "type": "secret", "enabled": true},
        {"key": "token", "value": "opaque-0002/of 2", "type": "secret", "enabled": true},
        {"key": "hours", "value": "\"opaque-0001/of 2 opaque-0002%2Fof+2\"", "enabled": true},
    ]));
    folder.write(
        "text.json",
        br#"{"actionType": "opaque-0002/of 2", "actionBody": {}}"#,
    );
    for format in [
        "full", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "summary",
        "markdown",
    ] {
        let answer = folder.run(&[
            "lint",
            "--no-config",
            "--statistics",
            "--format",
            format,
            "--environment",
            "e.json",
            "c.json",
            "text.json",
        ]);
        assert_eq!(answer.code, Some(1), "{}", answer.err);
        let all = answer.out + &answer.err;
        let is_told = all.contains("****") || format == "summary";
        assert!(!all.contains("opaque") && is_told, "{format}: {all}");
    }
}

#[test]
fn secrets_of_an_environment_are_in_no_diff() {
    let folder = with_environment(&json!([{"key": "a", "value": "opaque-0001", "type": "secret"}]));
    let text =
        br#"{"actionType": "job", "actionBody": {"title": "opaque-0001", "assignedTo": ["a"]}}"#;
    folder.write("a.json", text);
    let answer = folder.run(&[
        "lint",
        "--no-config",
        "--diff",
        "--environment",
        "e.json",
        "a.json",
    ]);
    assert!(
        answer.out.contains("\"title\": \"***********\""),
        "{}",
        answer.out
    );
    assert!(
        answer
            .err
            .starts_with("secrets and phone numbers are shown as stars"),
        "{}",
        answer.err
    );
}

#[test]
fn a_file_in_the_wrong_place_is_told_what_it_is() {
    let folder = with_environment(&json!([{"key": "a", "value": "b", "enabled": true}]));
    folder.write("broken.json", b"{\"values\": [\n]");
    folder.write(
        "jetbrains.json",
        br#"{"dev": {"host": "https://api.kaiza.la"}}"#,
    );
    let table: &[(&[&str], &str)] = &[
        (
            &["--environment", "c.json", "c.json"],
            "c.json: a collection, where --environment wants an environment of Postman: name the \
             collection as an input, without --environment",
        ),
        (
            &["e.json"],
            "e.json: not read, since it is an environment of Postman: lint its collection, with \
             --environment FILE",
        ),
        (
            &["--input", "postman", "e.json"],
            "e.json: not read, since it is an environment of Postman",
        ),
        (
            &["."],
            "e.json: not read, since it is an environment of Postman",
        ),
        (
            &["--environment", "broken.json", "c.json"],
            "broken.json:2:2: ",
        ),
        (&["--environment", "none.json", "c.json"], "none.json: "),
        (
            &["--environment", "jetbrains.json", "c.json"],
            "jetbrains.json: not an environment of Postman, which has a list `values`",
        ),
        (
            &["--environment", "e.json", "--input", "http", "c.json"],
            "--environment is for --input postman",
        ),
    ];
    for (arguments, expected) in table {
        let answer = folder.run(&[&["lint", "--no-config"], *arguments].concat());
        assert!(
            answer.err.contains(expected),
            "{arguments:?}: {}",
            answer.err
        );
        assert_eq!(answer.code, Some(2), "{arguments:?}");
    }
}

#[test]
fn settings_name_an_environment_for_some_files() {
    let folder = with_environment(&json!([
        {"key": "url", "value": "https://api.kaiza.la", "enabled": true},
        {"key": "title", "value": "Check", "enabled": true},
    ]));
    let settings = "[[overrides]]\npaths = [\"c.*\"]\nenvironment = \"e.json\"\n";
    folder.write("kaizala-actions.toml", settings.as_bytes());
    folder.write("bodies.ndjson", format!("{JOB}\n{JOB}\n").as_bytes());
    let answer = folder.run(&["lint", "--format", "concise", "."]);
    assert_lines(
        &answer.out,
        &["./c.json:1:295: id Send request.body 1:37: error[KZ301]"],
    );
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    let printed = folder.run(&["lint", "--print-config", "--environment", "e.json"]);
    assert!(
        printed
            .out
            .contains("environment = \"e.json\" # command line"),
        "{}",
        printed.out
    );
    // An environment does not go with what another setting says of a file.
    folder.write(
        "kaizala-actions.toml",
        b"[[overrides]]\npaths = [\"bodies.ndjson\"]\ninput = \"ndjson\"\n",
    );
    let answer = folder.run(&["lint", "--environment", "e.json", "bodies.ndjson"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
}

#[test]
fn names_of_folders_and_requests_are_in_every_report() {
    let items = json!([{"name": "Jobs", "item": [{"name": "Of\u{1b}[1m today", "item": [
        post("Send to +911234500001", "https://api.kaiza.la/v1/groups/ours/actions", "{}"),
    ]}]}]);
    let collection = json!({"info": {"_postman_id": "1"}, "item": items}).to_string();
    for format in [
        "full", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "summary",
        "markdown",
    ] {
        let output = tool(
            &["lint", "--no-config", "--format", format, "-"],
            &collection,
        );
        let report = stdout(&output);
        assert!(report.contains("Jobs / Of"), "{format}: {report}");
        assert!(report.contains("today / Send to +"), "{format}: {report}");
        assert!(
            !report.contains("9112345") && !report.contains('\u{1b}'),
            "{format}: {report}"
        );
    }
    // What is asked for comes first.
    let arguments = [
        "lint",
        "--no-config",
        "--format",
        "jsonl",
        "--id-pointer",
        "/method",
        "-",
    ];
    let output = tool(&arguments, &collection);
    let first: Value = serde_json::from_str(stdout(&output).lines().next().unwrap_or_default())
        .unwrap_or_else(|error| panic!("{error}: {}", stderr(&output)));
    assert_eq!(first["id"], "POST");
}
