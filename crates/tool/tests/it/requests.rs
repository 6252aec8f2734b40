//! Files of requests and definitions of flows: every call in them is judged.

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
        ("a.json", r#"{"info": {}, "item": []}"#.to_owned()),
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
