//! What is in an input and is not judged: it is counted, and an input of nothing else is an error.

use serde_json::{Value, json};

use crate::helpers::{Folder, JOB, stderr, stdout, tool};

const URL: &str = "https://api.kaiza.la/v1/groups/g/actions";

fn list() -> Value {
    json!({"request": {"method": "GET", "url": format!("{URL}?actionType=job"), "headers": {"accessToken": "t"}}})
}

fn post() -> Value {
    json!({"request": {"method": "POST", "url": URL, "headers": {"accessToken": "t", "content-type": "application/json"}}})
}

fn foreign() -> Value {
    json!({"request": {"method": "GET", "url": "https://example.com/"}})
}

fn archive(entries: &[Value]) -> Value {
    json!({"log": {"version": "1.2", "entries": entries}})
}

/// The exit code and the last line of stderr.
fn ended(arguments: &[&str], stdin: impl AsRef<[u8]>) -> (Option<i32>, String) {
    let output = tool(
        &[&["lint", "--no-config", "--quiet"], arguments].concat(),
        stdin,
    );
    let last = stderr(&output).lines().last();
    (output.status.code(), last.unwrap_or_default().to_owned())
}

#[test]
fn an_input_that_was_named_and_has_nothing_to_judge_is_an_error_unless_it_may_be_empty() {
    let table: &[(&str, String, &str)] = &[
        ("auto", archive(&[]).to_string(), "no exchange"),
        ("har", archive(&[]).to_string(), "no exchange"),
        ("auto", foreign().to_string(), "1 exchange of other APIs"),
        (
            "auto",
            format!("{}\n{}\n", foreign(), foreign()),
            "2 exchanges of other APIs",
        ),
        (
            "auto",
            archive(&[foreign()]).to_string(),
            "1 exchange of other APIs",
        ),
        (
            "curl",
            "#!/bin/sh\nset -e\necho done\n".to_owned(),
            "no call of curl or wget that is understood",
        ),
        ("ndjson", "\n\n".to_owned(), "no body"),
        ("exchanges", "\n".to_owned(), "no exchange"),
    ];
    for (input, text, found) in table {
        let (code, line) = ended(&["--input", input], text);
        let expected = format!(
            "kaizala-actions: nothing to judge in <stdin>: {found}; --allow-empty lets it pass"
        );
        assert_eq!((code, line), (Some(2), expected), "{input}: {text}");
        let (code, line) = ended(&["--input", input, "--allow-empty"], text);
        assert_eq!((code, &*line), (Some(0), ""), "{input}: {text}");
        // It is not a finding.
        let (code, _) = ended(&["--input", input, "--exit-zero"], text);
        assert_eq!(code, Some(2), "{input}: {text}");
    }
}

#[test]
fn an_empty_text_is_a_finding() {
    for text in ["", "\n", " \t\r\n"] {
        for arguments in [&[][..], &["--allow-empty"]] {
            assert_eq!(ended(arguments, text), (Some(1), String::new()), "{text:?}");
        }
        assert_eq!(ended(&["--exit-zero"], text).0, Some(0), "{text:?}");
    }
}

#[test]
fn a_file_without_anything_that_was_found_in_a_folder_is_counted() {
    let folder = Folder::with(&[("job.json", JOB)]);
    folder.write("empty.har", archive(&[foreign()]).to_string().as_bytes());
    let path = folder.0.path();
    let output = tool(&["lint", "--no-config", path.to_str().expect("UTF-8")], "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        stderr(&output),
        "1 document: 1 clean, 0 errors, 0 warnings, 0 notes; not judged: 1 exchange of other APIs, 1 file with nothing to judge\n"
    );
}

#[test]
fn the_exit_code_is_2_where_another_input_has_findings() {
    let folder = Folder::with(&[
        ("job.json", "{}"),
        ("empty.har", "{\"log\":{\"entries\":[]}}"),
    ]);
    let answer = folder.run(&["lint", "--no-config", "--quiet", "job.json", "empty.har"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer
            .err
            .contains("nothing to judge in empty.har: no exchange"),
        "{}",
        answer.err
    );
}

#[test]
fn findings_alone_can_leave_the_exit_code_0() {
    for arguments in [&[][..], &["--deny-warnings"], &["--diff"]] {
        let body = JOB.replace("\"Job\"", "'job'");
        let output = tool(&[&["lint", "--no-config"], arguments].concat(), &body);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let output = tool(
            &[&["lint", "--no-config", "--exit-zero"], arguments].concat(),
            &body,
        );
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(!stdout(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn what_is_not_judged_is_counted_beside_what_is() {
    let good = list();
    let mut absent = good.clone();
    absent["request"]["bodySize"] = 0.into();
    absent["response"] = json!({"status": 200, "headers": [{"name": "content-type", "value": "application/json"}], "content": {"size": 9}});
    let mut archive = archive(&[absent, foreign()]);
    archive["entries"] = json!([good]);
    archive["log"]["websockets"] = json!([{}]);
    archive["log"]["pages"] = json!([{}]);
    archive["log"]["_own"] = json!([{}]);
    let output = tool(
        &["lint", "--no-config", "--format", "json", "--input", "har"],
        archive.to_string(),
    );
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        report["summary"],
        json!({
            "documents": 1, "clean": 0, "errors": 0, "warnings": 0, "notes": 1,
            "foreign": 1, "absentBodies": 1, "ignoredMembers": 2,
        })
    );
    let note = report["files"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|file| file["part"] == "response.body");
    assert_eq!(
        note.expect("a note")["findings"][0]["rule"],
        "KZ010",
        "{report:#}"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_body_that_is_not_recorded_is_not_clean() {
    let script =
        format!("curl {URL} -H 'accessToken: t' -H 'content-type: application/json' -d \"$BODY\"");
    for (arguments, notes) in [(&[][..], 1), (&["--ignore", "KZ010"], 0)] {
        let output = tool(&[&["lint", "--no-config"], arguments].concat(), &script);
        assert_eq!(
            stderr(&output),
            format!(
                "1 document: 0 clean, 0 errors, 0 warnings, {}; not judged: 1 body not in the record\n",
                if notes == 1 { "1 note" } else { "0 notes" }
            )
        );
    }
    // One that was not sent is an error, and one that nobody wants is not missing.
    assert_eq!(ended(&[], post().to_string()).0, Some(1));
    assert_eq!(ended(&[], list().to_string()), (Some(0), String::new()));
}
