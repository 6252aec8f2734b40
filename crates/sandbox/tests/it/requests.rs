//! The sandbox refuses a request if and only if the linter has an error on it.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use kaizala_actions::lint::{Linter, Request, RequestReport, Severity, recorded::Recorded};
use kaizala_actions_sandbox::Sandbox;
use serde_json::{Value, json};

use super::wire::{Answer, raw, start};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/examples");

/// What the sandbox refuses although the linter has no error: files, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    // Paths of other APIs are not judged, and there is nothing at them: 404.
    ("path.ndjson", "no such path"),
];

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).expect("a file")
}

/// The files of a folder, in order.
fn files(folder: &str) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(Path::new(EXAMPLES).join(folder)).expect("a folder");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.retain(|file| {
        file.extension()
            .is_some_and(|name| name == "json" || name == "ndjson")
    });
    files.sort();
    files
}

/// The path and the query of a URL.
fn target(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let target = &rest[rest.find('/').unwrap_or(rest.len())..];
    target.split('#').next().unwrap_or_default().to_owned()
}

/// A member that is a string, by its name in any case.
fn member<'b>(body: &'b Value, name: &str) -> Option<&'b str> {
    let mut members = body.as_object()?.iter();
    let found = members.find(|(other, _)| other.eq_ignore_ascii_case(name));
    found.and_then(|(_, value)| value.as_str())
}

/// A posted action that a response with this body answers.
fn answered(body: &Value) -> Value {
    if let Some(package) = member(body, "id") {
        return json!({"id": package, "actionBody": {"title": "Round"}});
    }
    let tag = member(body, "actionType").unwrap_or("Job");
    let posts = files("valid/post-action.request");
    let mut posts = posts
        .iter()
        .filter_map(|file| serde_json::from_slice::<Value>(&read(file)).ok());
    posts
        .find(|post| post["actionType"].as_str().is_some_and(|other| other.eq_ignore_ascii_case(tag)))
        .unwrap_or_else(|| json!({"actionType": "Job", "actionBody": {"title": "t", "assignedTo": ["+911234500001"]}}))
}

/// A sandbox with the group and the action that a request names.
fn seeded(request: &Request<'_>, report: &RequestReport<'_>) -> Sandbox {
    let body = request.body.as_deref().unwrap_or_default();
    let body: Value = serde_json::from_slice(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body))
        .unwrap_or_default();
    let (group, action) = (
        report.path_parameter("groupId"),
        report.path_parameter("actionId"),
    );
    let mut actions = Vec::new();
    if !action.is_empty() {
        let mut responses = Vec::new();
        let id = member(&body, "responseId");
        if report.refusal().is_none()
            && let Some(id) = id
        {
            responses.push(json!({"responseId": id, "body": body}));
        }
        actions.push(json!({"actionId": action, "body": answered(&body), "responses": responses}));
    }
    // A request whose path names no group finds none.
    let groups = match group {
        "" => json!({}),
        group => json!({group: actions}),
    };
    let seed = json!({"open": true, "groups": groups});
    start(Sandbox::builder().seed(seed.to_string()))
}

/// Sends a request; none where HTTP cannot carry it, or where the record does not have all of it.
fn send(sandbox: &Sandbox, request: &Request<'_>) -> Option<Answer> {
    if request.has_variables || !request.unresolved.is_empty() {
        return None;
    }
    let is_carried =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_carried(&request.url) || !is_carried(&request.method) {
        return None;
    }
    let mut text = format!(
        "{} {} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n",
        request.method, request.url
    );
    for (name, value) in request.headers.iter() {
        if !is_carried(name) || value.contains(['\r', '\n']) {
            return None;
        }
        if !["host", "connection", "content-length"].contains(&name.to_lowercase().as_str()) {
            write!(text, "{name}: {value}\r\n").unwrap();
        }
    }
    let body = request.body.as_deref().unwrap_or_default();
    write!(text, "content-length: {}\r\n\r\n", body.len()).unwrap();
    raw(sandbox.address(), &[text.as_bytes(), body].concat()).ok()
}

/// Holds the answer to one request to what the linter says of it; whether it was sent.
fn judge(name: &str, request: &Request<'_>) -> bool {
    let report = Linter::new().lint_request(request);
    let sandbox = seeded(request, &report);
    let Some(answer) = send(&sandbox, request) else {
        return false;
    };
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    let context = format!(
        "{name}: {} {}: {} {body}",
        request.method, request.url, answer.status
    );
    let is_excepted = EXCEPTIONS
        .iter()
        .any(|(file, why)| *file == name && body.contains(why));
    let has_errors = report
        .findings()
        .any(|finding| finding.severity == Severity::Error);
    assert_eq!(answer.status >= 400, has_errors || is_excepted, "{context}");
    assert!(answer.status < 500, "{context}");
    if has_errors {
        assert_eq!(Some(answer.status), report.refusal(), "{context}");
        let told = answer.json()["findings"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let told: Vec<_> = told.iter().filter_map(|row| row["rule"].as_str()).collect();
        let found: Vec<_> = report.findings().map(|finding| finding.rule.id).collect();
        assert_eq!(told, found, "{context}");
    } else if answer.status == 200 {
        // Each rule once, with how often it was found.
        let named = answer.header("sandbox-findings").unwrap_or_default();
        let named = named.split(", ").filter_map(|item| {
            let (rule, parameters) = item.split_once(';')?;
            let (_, count) = parameters.rsplit_once("count=")?;
            Some((rule, count.parse().ok()?))
        });
        let mut found = BTreeMap::new();
        for finding in report.findings() {
            *found.entry(finding.rule.id).or_insert(0) += 1;
        }
        assert_eq!(named.collect::<BTreeMap<_, usize>>(), found, "{context}");
    }
    true
}

#[test]
fn exchanges_are_refused_if_and_only_if_the_linter_has_an_error_on_the_request() {
    let mut sent = 0;
    for file in files("exchanges") {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for line in read(&file).split(|byte| *byte == b'\n') {
            let Ok(recorded) = Recorded::read(line) else {
                continue;
            };
            let mut request = recorded.exchange.request;
            request.url = target(&request.url).into();
            sent += usize::from(judge(&name, &request));
        }
    }
    assert!(sent > 50, "{sent}");
}

#[test]
fn bodies_are_refused_if_and_only_if_the_linter_has_an_error_on_them() {
    let mut sent = 0;
    for (kind, path) in [
        ("post-action.request", "/v1/groups/g/actions"),
        (
            "respond-to-action.request",
            "/v1/groups/g/actions/a/responses",
        ),
    ] {
        for folder in ["valid", "invalid", "lenient"] {
            for file in files(&format!("{folder}/{kind}")) {
                let body = read(&file);
                let request = Request::new("POST", path)
                    .header("accessToken", "token-of-a-test")
                    .header("content-type", "application/json")
                    .body(&body[..]);
                sent += usize::from(judge(&file.display().to_string(), &request));
            }
        }
    }
    assert!(sent > 100, "{sent}");
}

#[test]
fn a_bearer_token_and_a_placeholder_are_refused_with_their_findings() {
    let list = "/v1/groups/g/actions?actionType=job";
    let undefined = "/v1/groups/undefined/actions?actionType=job";
    for (url, token, status, rule) in [
        (list, "Bearer abc.def", 401, "KZ608"),
        (undefined, "a-token", 400, "KZ603"),
        (list, "", 401, "KZ607"),
    ] {
        let request = Request::new("GET", url).header("accessToken", token);
        let sandbox = start(Sandbox::builder());
        let answer = send(&sandbox, &request).unwrap();
        let body = answer.json();
        assert_eq!(
            (answer.status, &body["findings"][0]["rule"]),
            (status, &json!(rule))
        );
        if status == 401 {
            assert_eq!(
                (&body["errorCode"], &body["errorCategoryKey"]),
                (&json!("InvalidToken"), &json!("AuthException"))
            );
        }
    }
}
