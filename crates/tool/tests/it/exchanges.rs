//! Exchanges through the real binary: every format of them, what a broken record does, and that no
//! token comes out.

use std::{fs, process::Output};

use serde_json::{Value, json};

use crate::helpers::{self, ROOT, command, stdout};

const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9-a.very_secret~token";
const URL: &str = "https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions";

fn lint(arguments: &[&str], stdin: impl AsRef<[u8]>) -> Output {
    helpers::output(command(&["lint"]).args(arguments), stdin)
}

/// What it prints, of a run that nothing else is asked of.
fn printed(arguments: &[&str], stdin: impl AsRef<[u8]>) -> String {
    stdout(&lint(arguments, stdin)).to_owned()
}

fn summary(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr)
        .lines()
        .last()
        .unwrap_or_default()
        .to_owned()
}

fn concise(text: impl AsRef<[u8]>) -> Vec<String> {
    stdout(&lint(&["--format", "concise"], text))
        .lines()
        .map(|line| line.replacen("<stdin>:", "", 1))
        .collect()
}

fn job(title: &str) -> Value {
    json!({"actionType": "Job", "actionBody": {"title": title, "assignedTo": ["+911234500001"]}})
}

fn post(body: &Value) -> Value {
    json!({"request": {"method": "POST", "url": URL, "headers": {"accessToken": TOKEN, "content-type": "application/json"}, "body": body}})
}

#[test]
fn a_whole_exchange_is_judged_and_findings_in_bodies_have_places_in_the_file() {
    let good = post(&job("Check the doors")).to_string();
    let bad = good.replace(r#""title":"Check the doors","#, "");
    let listed = json!({
        "request": {"method": "GET", "url": format!("{URL}?actionType=audio"), "headers": {"accessToken": TOKEN}},
        "response": {"status": 429, "headers": {"content-type": "application/json"}, "body": "{\"message\": 1}"},
    });
    let text = format!("{good}\n{bad}\n{listed}\n");
    let column = bad.find("{\"assignedTo\"").unwrap() + 1;
    let lines = concise(text.clone());
    assert_eq!(lines.len(), 4, "{lines:#?}");
    assert!(
        lines[0].contains("KZ301")
            && lines[1].contains("KZ201")
            && lines[1].contains("(/query/actionType)"),
        "{lines:#?}"
    );
    assert!(
        lines[2].contains("KZ610") && lines[3].contains("KZ302"),
        "{lines:#?}"
    );
    assert!(column > 0);
    let output = lint(&[], text);
    assert_eq!(
        summary(&output),
        "3 documents: 1 clean, 3 errors, 1 warning, 0 notes"
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_formatted_exchange_is_one_record() {
    let text = serde_json::to_string_pretty(&post(&job("Check the doors"))).unwrap();
    let output = lint(&[], text);
    assert_eq!(
        summary(&output),
        "1 document: 1 clean, 0 errors, 0 warnings, 0 notes"
    );
}

#[test]
fn a_broken_record_is_a_finding_and_the_run_goes_on() {
    let good = post(&job("Check the doors")).to_string();
    let cut = &good[..good.len() / 2];
    let bad = good.replace("Job", "Jbo");
    let lines = concise(format!("{good}\n{cut}\nnothing\n{bad}\n"));
    let rules: Vec<_> = lines
        .iter()
        .filter_map(|line| line.split(['[', ']']).nth(1))
        .collect();
    assert_eq!(rules, ["KZ007", "KZ007", "KZ202"], "{lines:#?}");
}

#[test]
fn what_is_wrong_with_the_text_of_a_body_is_told_as_of_the_body_alone() {
    let deep = |levels: usize| {
        format!(
            "{{\"actionBody\":{{}},\"x\":{}}}",
            "[".repeat(levels) + &"]".repeat(levels)
        )
    };
    let table = [
        ("KZ001", r#"{"actionType":undefined}"#.to_owned()),
        (
            "KZ001",
            r#"{"actionType":"Job","actionBody":{"title":"]" "b"}}"#.to_owned(),
        ),
        (
            "KZ001",
            r#"{"actionType":'Job',actionBody:{"x":[1,]}}"#.to_owned(),
        ),
        (
            "KZ002",
            r#"{"actionType":"Job","actionType":"Job"}"#.to_owned(),
        ),
        ("KZ003", r#"{"actionType":"Job","x":"\ud800"}"#.to_owned()),
        ("KZ004", deep(128)),
        ("KZ004", deep(3_000)),
        ("KZ006", r#"{"actionType":"Job","x":1e400}"#.to_owned()),
        // As deep as a body can be, which is deeper in the record.
        ("KZ102", deep(127)),
    ];
    for (rule, body) in table {
        let alone = printed(
            &["--format", "concise", "--as", "post-action.request"],
            body.clone(),
        );
        assert!(alone.contains(rule), "{body}: {alone}");
        let record = post(&json!("BODY")).to_string().replace("\"BODY\"", &body);
        let offset = record.find(&body).unwrap();
        let moved = |line: &str| {
            let [name, row, column, rest] =
                line.splitn(4, ':').collect::<Vec<_>>().try_into().unwrap();
            assert_eq!((name, row), ("<stdin>", "1"));
            format!(
                "{name}:{row}:{}: request.body:{rest}\n",
                column.parse::<usize>().unwrap() + offset
            )
        };
        let within = printed(&["--format", "concise", "--input", "exchanges"], record);
        assert_eq!(
            within,
            alone.lines().map(moved).collect::<String>(),
            "{body}"
        );
    }
}

#[test]
fn what_is_deep_outside_of_bodies_does_not_hide_an_exchange() {
    let deep = "[".repeat(3_000) + &"]".repeat(3_000);
    let headers = json!([{"name": "accessToken", "value": TOKEN}]);
    let request = json!({"method": "GET", "url": format!("{URL}?actionType=audio"), "headers": headers, "bodySize": 0});
    let text = archive(&[entry(&request, &json!({"status": 0}))]).replace(
        "\"bodySize\"",
        &format!("\"_initiator\":{deep},\"bodySize\""),
    );
    assert!(text.contains("_initiator"));
    let output = lint(&["--format", "concise", "--input", "har"], text);
    let lines = stdout(&output);
    assert!(
        lines.lines().count() == 2 && lines.contains("KZ201") && lines.contains("KZ010"),
        "{lines}"
    );
}

#[test]
fn a_record_that_is_too_long_is_a_finding_and_the_run_goes_on() {
    let good = post(&job("Check the doors")).to_string();
    let long = post(&job(&"x".repeat(30 << 20))).to_string();
    let output = lint(
        &["--format", "concise"],
        format!("{good}\n{long}\n{good}\n"),
    );
    let text = stdout(&output);
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(
        text.contains("error[KZ008] record-too-long: a record of more than 8 MiB"),
        "{text}"
    );
}

#[test]
fn what_a_browser_loads_may_be_of_any_length() {
    let request = json!({"method": "GET", "url": "https://example.com/script.js", "headers": [], "bodySize": 0});
    let script = entry(
        &request,
        &json!({"status": 200, "headers": [], "content": {"size": 1, "text": "x".repeat(30 << 20)}}),
    );
    let output = lint(&["--input", "har"], archive(&[script]));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        summary(&output),
        "0 documents: 0 clean, 0 errors, 0 warnings, 0 notes; not judged: 1 exchange of other APIs"
    );
}

#[test]
fn other_apis_are_counted_and_not_judged() {
    let other = json!({"request": {"method": "GET", "url": "https://example.com/v2/users"}, "response": {"status": 299}});
    let preflight = json!({"request": {"method": "OPTIONS", "url": URL}});
    let output = lint(&[], format!("{other}\n{preflight}\n{}\n", post(&job("a"))));
    assert_eq!(
        summary(&output),
        "1 document: 1 clean, 0 errors, 0 warnings, 0 notes; not judged: 2 exchanges of other APIs"
    );
    let report: Value =
        serde_json::from_slice(&lint(&["--format", "json"], other.to_string()).stdout).unwrap();
    assert_eq!(report["summary"]["foreign"], 1);
}

#[test]
fn commands_of_curl_are_judged() {
    let script = format!(
        "#!/bin/sh\nset -e\ncurl -sS -H 'accessToken: {TOKEN}' '{URL}?actionType=travail' | jq .\n\
         curl {URL} \\\n  -H 'accessToken: {TOKEN}' -H 'content-type: application/json' \\\n  -d '{{\"actionType\": \"Job\", \"actionBody\": {{\"title\": 1}}}}'\n\
         curl -d @job.json {URL}\n\
         curl -d '{{}}' -H 'accessToken: {TOKEN}' -H 'content-type: application/json' {URL} --next '{URL}?actionType=audio'\n"
    );
    let lines = concise(script);
    let found: Vec<_> = lines
        .iter()
        .filter_map(|line| line.split(['[', ']']).nth(1))
        .collect();
    // Past --next nothing of what was before it holds, the token included.
    assert_eq!(
        found,
        [
            "KZ202", "KZ301", "KZ302", "KZ609", "KZ607", "KZ010", "KZ102", "KZ301", "KZ201",
            "KZ607"
        ],
        "{lines:#?}"
    );
}

#[test]
fn curl_calls_data_a_form_unless_told_otherwise() {
    let lines = concise(format!(
        "curl -H 'accessToken: {TOKEN}' -d '{}' {URL}\n",
        job("a")
    ));
    assert!(
        lines.len() == 1
            && lines[0].contains("KZ609")
            && lines[0].contains("application/x-www-form-urlencoded"),
        "{lines:#?}"
    );
}

fn entry(request: &Value, response: &Value) -> Value {
    json!({"startedDateTime": "2020-11-04T20:59:59Z", "time": 1, "request": request, "response": response, "cache": {}, "timings": {}})
}

fn archive(entries: &[Value]) -> String {
    json!({"log": {"version": "1.2", "creator": {"name": "a test", "version": "1"}, "entries": entries}}).to_string()
}

#[test]
fn an_archive_is_judged_and_its_bodies_are_decoded() {
    let headers = json!([{"name": "accessToken", "value": TOKEN}]);
    let request = json!({"method": "GET", "url": format!("{URL}?actionType=job"), "headers": headers, "bodySize": 0});
    let response = |text: &str, encoding: &str| {
        let headers = json!([{"name": "Content-Type", "value": "application/json"}]);
        json!({"status": 200, "headers": headers, "content": {"size": 14, "text": text, "encoding": encoding}})
    };
    let entries = [
        entry(&request, &response(r#"{"actions":[]}"#, "")),
        entry(&request, &response("eyJhY3Rpb25zIjp7fX0=", "base64")),
        entry(&request, &response("!", "base64")),
    ];
    let lines = concise(archive(&entries));
    let rules: Vec<_> = lines
        .iter()
        .filter_map(|line| line.split(['[', ']']).nth(1))
        .collect();
    assert_eq!(rules, ["KZ302", "KZ010"], "{lines:#?}");
    let text = archive(&entries[..1]);
    let cut = concise(&text[..text.len() - 4]);
    assert!(cut.len() == 1 && cut[0].contains("KZ007"), "{cut:#?}");
}

#[test]
fn a_token_comes_out_in_no_format() {
    let long = format!("{TOKEN}{}", "0123456789".repeat(20));
    let listed = json!({"status": 200, "headers": {"content-type": "application/json"}, "body": {"errorCode": long}});
    let echo = json!({"status": 401, "headers": {"content-type": "application/json", "set-cookie": TOKEN}, "body": {"message": format!("{TOKEN} is no token"), "errorCode": 1}});
    let request = |url: &str, headers: Value| json!({"request": {"method": "GET", "url": url, "headers": headers}, "response": echo});
    let texts = [
        request(&format!("{URL}?accessToken={TOKEN}&actionType=audio"), json!({"accessToken": TOKEN})).to_string(),
        request(URL, json!({"accessToken": format!("Bearer {TOKEN}"), "Cookie": TOKEN})).to_string(),
        request(URL, json!({"Authorization": format!("Bearer {TOKEN}")})).to_string(),
        json!({"request": {"method": "GET", "url": URL, "headers": {"accessToken": long}}, "response": listed}).to_string(),
        // No exchanges, for one reason or another.
        request(URL, json!({"accessToken": TOKEN})).to_string().replace("\"GET\"", "1"),
        request(URL, json!({"accessToken": [[TOKEN]]})).to_string(),
        request(URL, json!({"accessToken": TOKEN})).to_string().replace(&format!("\"{TOKEN}\""), TOKEN),
        format!("{{\"request\":{{\"method\":\"GET\",\"url\":\"/\",\"headers\":{{\"accessToken\":\"{TOKEN}"),
        format!("curl -H 'accessToken: {TOKEN}' -d @a {URL}"),
        format!("curl -H 'accessToken: Bearer {TOKEN}' -u me:{TOKEN} '{URL}'"),
        format!("curl -H \"accessToken: {TOKEN} {URL}"),
        archive(&[entry(&json!({"method": "GET", "url": URL, "headers": [{"name": "accessToken", "value": TOKEN}, {}]}), &json!({}))]),
        // Nor where nobody expects one.
        json!({"actionType": "Job", "accessToken": TOKEN, "actionBody": {}}).to_string(),
    ];
    for text in texts {
        for format in ["full", "concise", "json"] {
            let output = lint(&["--format", format], text.clone());
            let all = format!(
                "{}{}",
                stdout(&output),
                String::from_utf8_lossy(&output.stderr)
            );
            assert!(
                output.status.code() == Some(1) && !all.is_empty(),
                "{text}\n{all}"
            );
            for part in [TOKEN, "very_secret", "eyJhbGciOiJSUzI1NiJ9"] {
                assert!(!all.contains(part), "{format}\n{text}\n{all}");
            }
        }
    }
}

#[test]
fn phone_numbers_come_out_in_full_alone() {
    let text = r#"{"actionType":"Job","actionBody":{"title":"a","assignedTo":"+911234500001","subscribers":["+911234500001"]}}"#;
    for (format, shown) in [("full", true), ("concise", false), ("json", false)] {
        let all = printed(&["--format", format], text);
        assert_eq!(all.contains("911234500001"), shown, "{format}: {all}");
    }
}

#[test]
fn what_a_file_holds_can_be_said() {
    let good = post(&job("a")).to_string();
    assert_eq!(
        lint(&["--input", "exchanges"], good.clone()).status.code(),
        Some(0)
    );
    let forced = lint(&["--input", "json", "--format", "concise"], good.clone());
    assert!(stdout(&forced).contains("KZ101"), "{forced:?}");
    assert!(
        stdout(&lint(&["--input", "har", "--format", "concise"], good))
            .contains("the archive has no `log`")
    );
}

#[test]
fn every_example_of_the_contract_gives_its_findings_through_the_tool() {
    let folder = std::path::Path::new(ROOT).join("openapi/examples/exchanges");
    let mut judged = 0;
    for entry in fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("a file").path();
        if path
            .extension()
            .is_some_and(|extension| extension == "ndjson")
        {
            let expected = fs::read_to_string(path.with_extension("findings")).unwrap_or_default();
            let expected: Vec<_> = expected
                .lines()
                .filter_map(|line| line.split('\t').next())
                .collect();
            let lines = concise(fs::read(&path).expect("a file"));
            let found: Vec<_> = lines
                .iter()
                .filter_map(|line| line.split(['[', ']']).nth(1))
                .collect();
            assert_eq!(found, expected, "{}", path.display());
            judged += 1;
        }
    }
    assert!(judged > 20, "{judged}");
}

#[cfg(all(feature = "client", feature = "sandbox"))]
#[test]
fn what_the_sandbox_recorded_is_clean() {
    use kaizala_actions::{
        client::{AccessToken, Client},
        operation::OperationId,
        types::ListableActionType,
    };
    use kaizala_actions_sandbox::Sandbox;
    let har = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(async {
            let sandbox = Sandbox::builder().start().await.expect("it starts");
            let client = Client::connect(sandbox.url(), AccessToken::new(TOKEN).unwrap()).unwrap();
            for _ in 0..3 {
                client
                    .send_raw(
                        OperationId::PostAction,
                        &["ours"],
                        job("a").to_string().into_bytes(),
                    )
                    .await
                    .expect("posted");
                client
                    .list_actions()
                    .group_id("ours")
                    .action_type(ListableActionType::Job)
                    .send()
                    .await
                    .expect("a list");
            }
            // The sandbox has a thread of its own.
            let answer = crate::http::send(sandbox.address(), "GET", "/_sandbox/exchanges", "");
            answer.body
        });
    let output = lint(&[], har);
    assert!(
        summary(&output).contains(" documents: ") && output.status.code() == Some(0),
        "{output:?}"
    );
    assert!(
        summary(&output).contains("0 errors, 0 warnings, 0 notes"),
        "{output:?}"
    );
}
