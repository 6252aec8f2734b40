//! Inputs as they are found: literals, broken text, archives of recorders that leave something out,
//! URLs that are nearly right. Each with what comes out, and nothing else.

use serde_json::{Value, json};

use crate::helpers::{Folder, stderr, stdout, tool};

const URL: &str = "https://api.kaiza.la/v1/groups/g/actions";

/// The findings of a text, each as its place and its rule, in its order.
fn found(arguments: &[&str], text: impl AsRef<[u8]>) -> Vec<String> {
    let arguments = [&["lint", "--no-config", "--format", "concise"], arguments].concat();
    let output = tool(&arguments, text);
    let finding = |line: &str| {
        let line = line.strip_prefix("<stdin>:").unwrap_or(line);
        let (place, rest) = line.split_once(": ").unwrap_or((line, ""));
        let rule = rest.split(['[', ']']).nth(1).unwrap_or_default();
        format!("{place} {rule}")
    };
    stdout(&output).lines().map(finding).collect()
}

/// What is said of a text, in the concise format or another.
fn said(arguments: &[&str], text: impl AsRef<[u8]>) -> String {
    let format: &[&str] = match arguments {
        ["--format", ..] => &[],
        _ => &["--format", "concise"],
    };
    let arguments = [&["lint", "--no-config"], format, arguments].concat();
    stdout(&tool(&arguments, text)).to_owned()
}

#[test]
fn a_literal_is_judged_as_what_it_means() {
    let bodies = [
        "{actionType:'Job', actionBody:{title:'t', dueDate:'tomorrow'}}",
        "{'actionType': 'Job', 'actionBody': {'title': 't', 'dueDate': 'tomorrow'}}",
        "{u'actionType': u'Job', u'actionBody': {u'title': u't', u'dueDate': u'soon'}}",
        "{\"actionType\": \"Job\", \"actionBody\": {\"title\": \"t\", \"dueDate\": \"\\x41\",},}",
        "{\"actionType\": \"Job\", \"actionBody\": {\"title\": \"it\\'s\", \"dueDate\": \"a\"}}",
        "{\u{a0}\"actionType\":\u{2028}\"Job\", \"actionBody\": {\"title\": \"t\", \"dueDate\": \"a\"}\u{feff}}",
        "// a job\n{\"actionType\": \"Job\", \"actionBody\": {\"title\": \"t\", \"dueDate\": \"a\"}}",
    ];
    for body in bodies {
        let at = |what: &str| {
            let start = body.find(what).expect("it is there");
            let line = body[..start].matches('\n').count() + 1;
            let begins = body[..start].rfind('\n').map_or(0, |at| at + 1);
            format!("{line}:{}", body[begins..start].chars().count() + 1)
        };
        let value = body.find("dueDate").expect("there") + "dueDate".len();
        let value = &body[value..];
        let value = value[value.find(':').expect("a colon") + 1..].trim_start();
        let inner = body.match_indices('{').nth(1).expect("two").0;
        let expected = [
            format!("{} KZ301", at(&body[inner..])),
            format!("{} KZ302", at(value)),
        ];
        let mut findings = found(&[], body);
        findings.retain(|finding| !finding.ends_with("KZ001"));
        assert_eq!(findings, expected, "{body}");
        assert_eq!(
            found(&["--ignore", "invalid-json"], body),
            expected,
            "{body}"
        );
        assert!(said(&[], body).contains("error[KZ001]"), "{body}");

        // In exchanges, archives and calls of curl too.
        let record = json!({"request": {"method": "POST", "url": URL, "headers": {"accessToken": "t", "content-type": "application/json"}, "body": "BODY"}});
        let texts = [
            record.to_string().replace("\"BODY\"", body).replace('\n', "\r"),
            record.to_string().replace("\"BODY\"", &json!(body).to_string()),
            json!({"log": {"entries": [{"request": {"method": "POST", "url": URL, "headers": [{"name": "accessToken", "value": "t"}, {"name": "content-type", "value": "application/json"}], "postData": {"text": body}}, "response": {"status": 200, "headers": [{"name": "content-type", "value": "application/json"}], "content": {"text": "{\"referenceId\":\"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117\"}"}}}]}}).to_string(),
            format!("curl {URL} -H 'accessToken: t' -H 'content-type: application/json' -d '{}'", body.replace('\'', "'\\''")),
        ];
        for text in texts {
            let mut rules: Vec<_> = found(&[], &text)
                .iter()
                .map(|line| line.rsplit(' ').next().unwrap_or_default().to_owned())
                .collect();
            rules.sort();
            if !body.starts_with("//") {
                assert_eq!(rules, ["KZ001", "KZ301", "KZ302"], "{text}");
            }
        }
    }
}

#[test]
fn a_text_that_cannot_be_rewritten_is_reported_where_it_stops_that() {
    let table = [
        (
            "{actiontype:\"Announcement\", actionBody:{title:\"Problem: \"disk\" full\"}}",
            "1:57",
            "a quote that ends the string here",
        ),
        (
            "{\"a\": \"it is \"so\".\"}",
            "1:14",
            "a quote that ends the string here",
        ),
        ("{'a': 'it's'}", "1:10", "a quote that ends the string here"),
        ("{'a': 'b', 'c': {'d'}}", "1:17", "a set of Python"),
        ("{'a': {1, 2}}", "1:7", "a set of Python"),
        ("{a, b: 1}", "1:2", "a name without a value"),
        ("{\"a\": 24 * 60}", "1:7", "an expression"),
        ("{\"a\": \"b\" + c}", "1:7", "an expression"),
        ("{\"a\": Date.now()}", "1:7", "an expression"),
        ("{\"a\": new Date()}", "1:7", "an expression"),
        ("{\"a\": ObjectId('b')}", "1:7", "an expression"),
        ("{\"a\": datetime.date(2018, 1, 1)}", "1:7", "an expression"),
        ("{\"a\": b'c'}", "1:7", "a letter before a string"),
        ("{\"a\": `b`}", "1:7", "a template literal"),
        (
            "{\"a\": \"\\q\"}",
            "1:8",
            "an escape that JSON does not have",
        ),
        ("{\"a\": \"b\" \"c\"}", "1:11", "no comma here"),
        ("{\"a\": \"b\"\n\"c\": 1}", "2:1", "no comma here"),
        (
            "{\"a\": undefined}",
            "1:7",
            "`undefined` is not a JSON value",
        ),
    ];
    for (text, place, problem) in table {
        let line = said(&[], text);
        assert!(
            line.starts_with(&format!(
                "<stdin>:{place}: error[KZ001] invalid-json: {problem}"
            )) && line.lines().count() == 1,
            "{text}: {line}"
        );
    }
}

#[test]
fn escapes_and_spaces_that_json_lacks_can_be_rewritten() {
    let folder = Folder::empty();
    let table = [
        (
            r#"{'a': 'a\xa0b \u200b\U000e0020 it\'s "x" \\ \t\x07 é 🏳\0\v\u{1f600}'}"#,
            "{\"a\": \"a\u{a0}b \u{200b}\u{e0020} it's \\\"x\\\" \\\\ \\t\\u0007 é 🏳\\u0000\\u000b😀\"}",
        ),
        (
            "{\"a\":\u{a0}1,\u{3000}\"b\":\u{feff}2\u{2029}}",
            "{\"a\": 1, \"b\":2 }",
        ),
        ("{u'a': u\"b\"}", "{\"a\": \"b\"}"),
    ];
    for (text, fixed) in table {
        folder.write("a.json", text.as_bytes());
        let answer = folder.run(&["lint", "--no-config", "--quiet", "--fix", "a.json"]);
        assert!(
            answer.err.contains("1 finding fixed in 1 file"),
            "{text}: {}",
            answer.err
        );
        assert_eq!(folder.read("a.json"), fixed, "{text}");
        let _: Value = serde_json::from_str(fixed).expect("JSON");
    }
    let line = said(&[], "{\u{a0}\"errorCode\": \"a\"}");
    assert!(
        line.contains("KZ001] invalid-json: U+00A0 outside of strings: JSON does not"),
        "{line}"
    );
}

#[test]
fn several_bodies_in_one_file_are_judged_each() {
    let job = "{\n  \"actionType\": \"Job\",\n  \"actionBody\": {\"title\": \"t\"}\n}";
    let poll = "{\"actionType\": \"Poll\", \"actionBody\": {\"question\": \"q\"}}";
    for (text, expected) in [
        (format!("{job}\n{poll}\n"), ["3:17 KZ301", "5:38 KZ301"]),
        (format!("{job}\n\n\n{job}\n"), ["3:17 KZ301", "9:17 KZ301"]),
        (format!("[{poll},\n{poll}]"), ["1:39 KZ301", "2:38 KZ301"]),
        (
            format!("[\n{job},\n{poll}\n]\n"),
            ["4:17 KZ301", "6:38 KZ301"],
        ),
        (format!("{poll} {poll}"), ["1:38 KZ301", "1:94 KZ301"]),
    ] {
        assert_eq!(found(&[], &text), expected, "{text}");
    }
}

#[test]
fn what_is_packed_is_named() {
    for (bytes, name) in [
        (&b"PK\x03\x04\x14\0"[..], "a ZIP archive"),
        (b"PAR1\x15\0", "a Parquet file"),
        (b"\x1F\xEF\xBF\xBD\x08\0", "gzip that was read as text"),
        (b"BZh91AY", "bzip2"),
        (b"H4sIAAAAAAAAA6tWKkpNSy1K", "gzip in base64"),
    ] {
        let output = tool(&["lint", "--no-config"], bytes);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(
            stderr(&output).contains(&format!("this is {name}: ")),
            "{}",
            stderr(&output)
        );
        // Beside others, it is a finding.
        let record = json!({"request": {"method": "POST", "url": URL, "headers": {"accessToken": "t", "content-type": "application/json"}, "body": String::from_utf8_lossy(bytes)}});
        let line = said(&[], record.to_string());
        assert!(
            line.contains(&format!("KZ001] invalid-json: this is {name}, not text")),
            "{line}"
        );
    }
}

#[test]
fn urls_that_are_nearly_right_are_reported_with_the_path_meant() {
    let id = "7d1c2f3e-1111-4a2b-9c3d-0a1b2c3d4e5f@2";
    let meant = format!("/v1/groups/{id}/actions");
    let warned = [
        format!("https://api.kaiza.la/V1/groups/{id}/actions"),
        format!("https://api.kaiza.la/v1/Groups/{id}/Actions"),
        format!("https://kms.example.com//v1/groups/{id}/actions"),
        format!("https://kms.example.com/v1//groups/{id}/actions"),
        format!("https://kms.example.com/v1/groups/{id}/actions/"),
        format!("https://kms.example.com/v1/groups/{id}/actions "),
        format!("https://kms.example.com/v1/groups/{id}/actions%20"),
        format!(" https://kms.example.com/v1/groups/{id}/actions"),
        format!("https://kms.example.com/v1/v1/groups/{id}/actions"),
        format!("https://kms.kaiza.lav1/groups/{id}/actions"),
        format!("/groups/{id}/actions"),
        format!("groups/{id}/actions"),
        format!("v1/groups/{id}/actions"),
        format!("//v1/groups/{id}/actions"),
    ];
    for url in warned {
        let record = json!({"request": {"method": "GET", "url": format!("{url}?actionType=job"), "headers": {"accessToken": "t"}}});
        let text = said(&["--format", "full"], record.to_string());
        assert!(
            text.contains("warning[KZ602]") && text.contains(&format!("write {meant}\n")),
            "{url}: {text}"
        );
        assert!(!text.contains("error["), "{url}: {text}");
    }
    let connector =
        format!("https://a.azure-apim.net/apim/kaizala/b/groups/{id}/actions?actionType=job");
    let record =
        json!({"request": {"method": "GET", "url": connector, "headers": {"accessToken": "t"}}});
    let text = said(&["--format", "full"], record.to_string());
    assert!(
        text.contains(&format!("write /apim/kaizala/b{meant}\n")),
        "{text}"
    );
    let refused = [
        format!("https://kms.kaiza.la/v1/groups{id}/actions"),
        format!("https://kms.kaiza.la/v1/groups/{id}/action"),
        format!("https://kms.example.com/v1/group/{id}/actions"),
        format!("/v1/groups/{id}actions"),
    ];
    for url in refused {
        for method in ["GET", "POST"] {
            let record =
                json!({"request": {"method": method, "url": url, "headers": {"accessToken": "t"}}});
            let text = said(&["--format", "full"], record.to_string());
            assert!(
                text.contains("error[KZ601]") && text.contains(&format!("did you mean {meant}?")),
                "{url}: {text}"
            );
        }
    }
    // Right, and of other APIs.
    for (url, code) in [
        (format!("https://api.kaiza.la:443{meant}?actionType=job"), 0),
        (format!("//api.kaiza.la{meant}?actionType=job"), 0),
        (format!("api.kaiza.la{meant}?actionType=job"), 0),
        (
            format!("https://a.example.com/gateway{meant}?actionType=job"),
            0,
        ),
        (format!("https://a.example.com/v1/groups/{id}/messages"), 2),
        (
            format!("https://a.example.com/api/v4/groups/{id}/actions"),
            2,
        ),
    ] {
        let record =
            json!({"request": {"method": "GET", "url": url, "headers": {"accessToken": "t"}}});
        let output = tool(
            &["lint", "--no-config", "--format", "concise"],
            record.to_string(),
        );
        assert_eq!(
            (output.status.code(), stdout(&output)),
            (Some(code), ""),
            "{url}"
        );
    }
}

#[test]
fn placeholders_are_reported_in_the_path_and_the_query() {
    for value in [
        "NaN",
        "[object%20Object]",
        "undefined@2",
        "${group}",
        "$%7Bgroup%7D",
        "%s",
        "nil",
        "@2",
        "(null)",
        "System.String",
    ] {
        for url in [
            format!("https://api.kaiza.la/v1/groups/{value}/actions?actionType=job"),
            format!("{URL}?actionType=job&count={value}"),
        ] {
            let record =
                json!({"request": {"method": "GET", "url": url, "headers": {"accessToken": "t"}}});
            let line = said(&[], record.to_string());
            assert!(
                line.contains("error[KZ603] missing-parameter") && line.lines().count() == 1,
                "{url}: {line}"
            );
        }
    }
    // In a script, the shell puts it in.
    let script = "curl \"$BASE/v1/groups/${GROUP}/actions?actionType=$TYPE\" -H 'accessToken: t'";
    assert_eq!(said(&[], script), "");
}

#[test]
fn two_tokens_that_differ_are_an_error() {
    for (other, expected) in [("b", "KZ613"), ("t", "")] {
        let record = json!({"request": {"method": "GET", "url": format!("{URL}?actionType=job"), "headers": [{"name": "accessToken", "value": "t"}, {"name": "AccessToken", "value": other}]}});
        let line = said(&[], record.to_string());
        assert_eq!(
            line.contains("error[KZ613] conflicting-tokens"),
            !expected.is_empty(),
            "{line}"
        );
        assert_eq!(
            line.lines().count(),
            usize::from(!expected.is_empty()),
            "{line}"
        );
    }
}

#[test]
fn an_archive_is_judged_as_far_as_it_goes() {
    let body = "{\"actionType\":\"Job\",\"actionBody\":{\"title\":\"t\"}}";
    let headers = json!([{"name": "accessToken", "value": "t"}, {"name": "content-type", "value": "application/json"}]);
    let answer = json!({"status": 200, "headers": [{"name": "content-type", "value": "application/json"}], "content": {"text": "{\"referenceId\":\"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117\"}"}});
    let entry = |post_data: Value, response: Value| json!({"request": {"method": "POST", "url": URL, "headers": headers, "bodySize": -1, "postData": post_data}, "response": response});
    let content = |content: Value| {
        let mut answer = answer.clone();
        answer["content"] = content;
        answer
    };
    let text = json!({"text": body});
    let table = [
        (
            entry(text.clone(), answer.clone()),
            &["request.body 1:34 KZ301"][..],
            0,
        ),
        (
            entry(text.clone(), Value::Null),
            &["request.body 1:34 KZ301", "response.status 1:1 KZ010"],
            0,
        ),
        (
            entry(text.clone(), json!({"status": -1})),
            &["request.body 1:34 KZ301", "response.status KZ010"],
            0,
        ),
        (
            entry(text.clone(), json!({"status": 0})),
            &["request.body 1:34 KZ301", "response.status KZ010"],
            0,
        ),
        (
            entry(Value::Null, answer.clone()),
            &["request.body 1:1 KZ010"],
            1,
        ),
        (
            entry(json!({}), answer.clone()),
            &["request.body 1:1 KZ010"],
            1,
        ),
        (
            entry(json!({"_file": "a"}), content(json!({"_file": "b"}))),
            &["request.body 1:1 KZ010", "response.body 1:1 KZ010"],
            2,
        ),
        (
            entry(
                text.clone(),
                content(
                    json!({"encoding": "base64", "text": "{\"referenceId\":\"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117\"}"}),
                ),
            ),
            &["request.body 1:34 KZ301", "response.body 1:1 KZ010"],
            0,
        ),
        (
            entry(
                text.clone(),
                content(json!({"encoding": "base64", "text": "<html>"})),
            ),
            &["request.body 1:34 KZ301", "response.body 1:1 KZ010"],
            1,
        ),
        (
            entry(
                text.clone(),
                content(json!({"encoding": "base64", "text": "H4sIAAAAAAAAA6tWKkpNSy1K"})),
            ),
            &["request.body 1:34 KZ301", "response.body 1:1 KZ001"],
            0,
        ),
    ];
    for (entry, expected, absent) in table {
        let archive = json!({"log": {"entries": [entry]}}).to_string();
        let places: Vec<_> = said(&[], &archive)
            .lines()
            .map(|line| {
                let line = line.splitn(4, ':').nth(3).unwrap_or_default().trim_start();
                let (place, rest) = line.split_once(": ").unwrap_or_default();
                format!(
                    "{place} {}",
                    rest.split(['[', ']']).nth(1).unwrap_or_default()
                )
            })
            .collect();
        assert_eq!(places, expected, "{archive}");
        let output = tool(&["lint", "--no-config", "--format", "json"], &archive);
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let summary = &report["summary"];
        assert_eq!(
            summary["absentBodies"].as_u64().unwrap_or_default(),
            absent,
            "{archive}"
        );
        assert_eq!(summary["clean"], 0, "{archive}");
    }
}

#[test]
fn the_parameters_of_an_archive_are_a_form() {
    let answer = json!({"status": 200, "headers": [{"name": "content-type", "value": "application/json"}], "content": {"text": "{\"referenceId\":\"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117\"}"}});
    let body = "{\"actionType\":\"Job\",\"actionBody\":{\"title\":\"t\"}}";
    let entry = |post_data: Value, response: Value| json!({"request": {"method": "POST", "url": URL, "headers": [{"name": "accessToken", "value": "t"}, {"name": "content-type", "value": ""}], "bodySize": -1, "postData": post_data}, "response": response});
    // A form, with or without an empty text beside it.
    for post_data in [
        json!({"params": [{"name": body, "value": ""}]}),
        json!({"params": [{"name": "actionType", "value": "Job"}], "text": ""}),
    ] {
        let mut entry = entry(post_data, answer.clone());
        entry["request"]["headers"][1]["value"] = "application/x-www-form-urlencoded".into();
        let archive = json!({"log": {"entries": [entry]}}).to_string();
        let text = said(&[], &archive);
        assert!(
            text.contains("KZ609") && !text.contains("KZ611") && !text.contains("KZ010"),
            "{text}"
        );
    }
}

#[test]
fn small_things_are_said_as_they_are() {
    let list = |query: &str| {
        json!({"request": {"method": "GET", "url": format!("{URL}{query}"), "headers": {"accessToken": "t"}}}).to_string()
    };
    let get = |query: &str| list(&format!("/a{query}"));
    let meeting = |time: &str| {
        format!(
            "{{\"actionType\":\"LetsMeet\",\"actionBody\":{{\"title\":\"t\",\"startingTime\":\"{time}\"}}}}"
        )
    };
    let job = |due: &str| {
        format!(
            "{{\"actionType\":\"Job\",\"actionBody\":{{\"title\":\"t\",\"assignedTo\":[\"+911234500001\"],\"dueDate\":{due}}}}}"
        )
    };
    let table: &[(String, &str)] = &[
        (get("?getDetails=True"), "warning[KZ106]"),
        (get("?getDetails=FALSE"), "warning[KZ106]"),
        (get("?getDetails=yes"), "error[KZ302]"),
        (list("?actionType=job&count=99999999999999999999"), "error[KZ006]"),
        (list("?actionType=job&fromDate=99999999999999999999"), "error[KZ006]"),
        (meeting("2018-02-30T09:00:00Z"), "warning[KZ415]"),
        (meeting("2018-02-28T09:00:00+05:30"), ""),
        (job("1e-400"), "error[KZ302]"),
        (job("1.00000000000000000000001"), "error[KZ302]"),
        (job("1e1"), "warning[KZ306]"),
        (
            "{\"actionType\":\"Job\",\"actionBody\":{\"actionBody\":{\"title\":\"t\"},\"title\":\"t\",\"assignedTo\":[\"+911234500001\"]}}".to_owned(),
            "warning[KZ109] misplaced-member: `actionBody` in `actionBody` is one level too deep",
        ),
        (
            "{\"actionBody\":{\"id\":\"a.b.1\",\"actionBody\":{\"title\":\"t\"}}}".to_owned(),
            "warning[KZ109] misplaced-member: `actionBody` in `actionBody` is one level too deep",
        ),
    ];
    for (text, expected) in table {
        let line = said(&[], text);
        assert!(
            if expected.is_empty() {
                line.is_empty()
            } else {
                line.contains(expected)
            },
            "{text}: {line}"
        );
    }
    for query in ["?x=1", "?actionType=job&y=1"] {
        let response = json!({"request": {"method": "POST", "url": format!("{URL}/a/responses{query}"), "headers": {"accessToken": "t"}}});
        let text = said(&["--format", "full"], response.to_string());
        assert!(
            text.contains("KZ604")
                && !text
                    .lines()
                    .any(|line| line.trim_end().ends_with("expected")),
            "{text}"
        );
    }
}
