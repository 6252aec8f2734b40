//! Collections, files of requests and definitions of flows: every call in them is judged.

use crate::helpers::{Folder, stdout, tool};

/// Checks what `--format concise` says of a text: the file's format is detected.
fn assert_findings(text: &str, expected: &[&str]) {
    let output = tool(&["lint", "--no-config", "--format", "concise", "-"], text);
    let found = stdout(&output).replace("<stdin>:", "");
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
                "5:102: request.body 1:37: error[KZ301]",
                "5:102: request.body 1:48: note[KZ614]",
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
            &["5:173: response.body 1:13: error[KZ302]"],
        ),
    ];
    for (items, expected) in table {
        assert_findings(&collection(items), expected);
    }
}

#[test]
fn requests_between_marks_are_judged() {
    let variables = "@host = https://api.kaiza.la\n@url={{host}}/v1/groups/ours\n";
    let head = "accessToken: {{token}}\nContent-Type: application/json\n";
    let table: &[(&str, &[&str])] = &[
        (
            &format!(
                "### a job\n# @name job\nPOST {{{{url}}}}/actions HTTP/1.1\n{head}\n{{\"actionType\": \"Job\",\n\"actionBody\": {{\"title\": \"t\", \"dueDate\": {{{{hours}}}}}}}}\n\n> {{%\n  client.log(1);\n%}}\n"
            ),
            &[
                "10:15: request.body: error[KZ301]",
                "10:41: request.body: note[KZ614]",
            ],
        ),
        (
            &format!(
                "{{{{url}}}}/actions\n  ?actionType=audio\n  &count=2\n{head}### \n// no request\n"
            ),
            &["3:1: request.line 1:60: error[KZ201]"],
        ),
        (
            &format!("POST {{{{url}}}}/actions\n{head}\n< ./job.json\n"),
            &["7:1: request.body 1:1: note[KZ010]"],
        ),
    ];
    for (requests, expected) in table {
        for text in [
            format!("{variables}{requests}"),
            format!("\u{feff}{variables}{requests}").replace('\n', "\r\n"),
        ] {
            assert_findings(&text, expected);
        }
    }
}

#[test]
fn calls_of_flows_are_judged_in_scopes_and_conditions() {
    let call = r#"{"type": "Http", "inputs": {"method": "GET", "uri": "https://api.kaiza.la/v1/groups/@{variables('group')}/actions", "queries": {"actionType": "audio"}, "headers": {"accessToken": "@{variables('token')}"}}}"#;
    let send = r#"{"type": "ApiConnection", "inputs": {"method": "post", "path": "/groups/@{encodeURIComponent('ours')}/actions",
"body": {"actionType": "Job", "actionBody": {"title": "@{triggerBody()}", "dueDate": "tomorrow"}}}}"#;
    let flow = format!(
        r#"{{"definition": {{"$schema": "https://schema.management.azure.com/", "actions": {{
"Scope": {{"type": "Scope", "actions": {{"Ask":
{call}}}}},
"If": {{"type": "If", "actions": {{}}, "else": {{"actions": {{"Send":
{send}}}}}}},
"Wait": {{"type": "Wait", "inputs": {{}}}}}}}}}}"#
    );
    let expected = [
        "3:53: request.line 1:67: error[KZ201]",
        "6:45: request.body: error[KZ301]",
        "6:55: request.body: note[KZ614]",
        "6:86: request.body: error[KZ302]",
    ];
    assert_findings(&flow, &expected);
    assert_findings(&format!(r#"{{"properties": {flow}}}"#), &expected);
}

#[test]
fn a_file_without_a_call_has_nothing_to_judge() {
    let folder = Folder::empty();
    for (name, text) in [
        ("a.json", collection("")),
        ("b.http", "@a = b\n### GET\n".to_owned()),
        (
            "c.json",
            r#"{"definition": {"actions": {"Wait": {"type": "Wait"}}}}"#.to_owned(),
        ),
    ] {
        folder.write(name, text.as_bytes());
        let input = match name {
            "a.json" => "postman",
            "b.http" => "http",
            _ => "flow",
        };
        let answer = folder.run(&["lint", "--no-config", "--input", input, name]);
        assert!(
            answer.code == Some(2) && answer.err.contains("nothing to judge"),
            "{name}: {}",
            answer.err
        );
    }
}
