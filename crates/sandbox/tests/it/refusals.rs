//! What the sandbox refuses, and how.

use std::{
    io::Write as _,
    net::TcpStream,
    time::{Duration, Instant},
};

use kaizala_actions::{body::BodyKind, lint::Linter, operation::OperationId};
use kaizala_actions_sandbox::Sandbox;

use super::wire::{Answer, assert_lawful, get, post, raw, read, request, start};

const PATH: &str = "/v1/groups/g/actions";
const IMAGE: &str = r#"{"actionType": "Image", "actionBody": {"mediaResource": "m"}}"#;

/// Status, code, and what the message holds.
fn assert_refused(answer: &Answer, status: u16, code: &str, message: &str) {
    let body = answer.json();
    assert_eq!(
        (answer.status, body["errorCode"].as_str()),
        (status, Some(code)),
        "{body}"
    );
    assert!(
        body["message"].as_str().unwrap().contains(message),
        "{body}"
    );
    assert!(body["errorCategoryKey"].is_string(), "{body}");
}

#[allow(clippy::too_many_lines, reason = "a table")]
#[test]
fn requests_that_are_not_in_order_say_what_is_wrong() {
    let sandbox = start(Sandbox::builder().token("token-of-a-test").body_limit(1000));
    let head = |lines: &str, body: &str| {
        format!(
            "{lines}\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let with_token = |line: &str, more: &str, body: &str| {
        head(
            &format!("{line} HTTP/1.1\r\naccessToken: token-of-a-test{more}"),
            body,
        )
    };
    let post_line = format!("POST {PATH}");
    let get = |target: &str| with_token(&format!("GET {target}"), "", "");
    let list = format!("{PATH}?actionType=job");
    let json = "\r\ncontent-type: application/json; charset=UTF-8";
    let long = "x".repeat(1001);
    for (request, status, code, message) in [
        (
            head(&format!("GET {list} HTTP/1.1"), ""),
            401,
            "InvalidToken",
            "KZ607 missing-token at /header/accessToken: the header `accessToken` is missing",
        ),
        (
            head(&format!("GET {list} HTTP/1.1\r\naccessToken:"), ""),
            401,
            "InvalidToken",
            "`accessToken` is empty",
        ),
        (
            head(&format!("GET {list} HTTP/1.1\r\naccessToken: other"), ""),
            401,
            "InvalidToken",
            "not one",
        ),
        (
            head(
                &format!("GET {list} HTTP/1.1\r\nauthorization: Bearer token-of-a-test"),
                "",
            ),
            401,
            "InvalidToken",
            "KZ608 bearer-token",
        ),
        (
            get("/groups/g/actions"),
            400,
            "InvalidParameters",
            "KZ603 missing-parameter",
        ),
        (
            get("/v1/groups/g"),
            404,
            "NotFound",
            "/v1/groups/{groupId}/actions",
        ),
        (get("/nothing"), 404, "NotFound", "no such path"),
        (get("/_sandbox/nothing"), 404, "NotFound", "health, reset"),
        (get("/_sandbox/reset"), 405, "MethodNotAllowed", "POST"),
        (
            with_token(&format!("DELETE {PATH}"), "", ""),
            405,
            "MethodNotAllowed",
            "the path has no DELETE; there is GET",
        ),
        (
            with_token(&format!("PUT {PATH}/a/responses"), "", ""),
            405,
            "MethodNotAllowed",
            "the path has no PUT; there is POST",
        ),
        (
            with_token(&post_line, "", IMAGE),
            415,
            "UnsupportedMediaType",
            "KZ609 wrong-content-type",
        ),
        (
            with_token(&post_line, "\r\ncontent-type: text/plain", IMAGE),
            415,
            "UnsupportedMediaType",
            "send the header `content-type: application/json`",
        ),
        (
            with_token(&post_line, json, &long),
            413,
            "RequestTooLarge",
            "1000 bytes",
        ),
        // The token and the path go before what is wrong with the body.
        (
            head(&format!("{post_line} HTTP/1.1{json}"), &long),
            401,
            "InvalidToken",
            "KZ607 missing-token",
        ),
        (
            with_token("POST /v1/groups/undefined/actions", json, &long),
            400,
            "InvalidParameters",
            "KZ603 missing-parameter",
        ),
        (
            with_token(&post_line, json, ""),
            400,
            "InvalidParameters",
            "KZ611 missing-body",
        ),
        (
            with_token(&post_line, json, "{'actionType': 'Image'}"),
            400,
            "InvalidParameters",
            "KZ001 invalid-json",
        ),
        (
            get(PATH),
            400,
            "InvalidParameters",
            "`actionType` is missing",
        ),
        (
            get(&format!("{PATH}?actionType=audio")),
            400,
            "InvalidParameters",
            "KZ201 unsupported-method at /query/actionType: GET of Audio",
        ),
        (
            get(&format!("{PATH}?actionType=album")),
            400,
            "InvalidParameters",
            "KZ202 unknown-action-type",
        ),
        (
            get(&format!("{PATH}?actionType=Umfrage")),
            400,
            "InvalidParameters",
            "KZ202 unknown-action-type",
        ),
        (
            get(&format!("{list}&actionType=job")),
            400,
            "InvalidParameters",
            "KZ605 repeated-parameter",
        ),
        (
            get(&format!("{list}&count=0")),
            400,
            "InvalidParameters",
            "KZ304 out-of-range at /query/count",
        ),
        (
            get(&format!("{list}&count=ten")),
            400,
            "InvalidParameters",
            "KZ302 wrong-type at /query/count",
        ),
        (
            get(&format!("{list}&fromDate=-1")),
            400,
            "InvalidParameters",
            "KZ304 out-of-range at /query/fromDate",
        ),
        (
            get(&format!("{list}&fromDate=9223372036854775808")),
            400,
            "InvalidParameters",
            "KZ006 number-range",
        ),
        (
            get(&format!("{PATH}/a?getDetails=1")),
            400,
            "InvalidParameters",
            "KZ302 wrong-type at /query/getDetails",
        ),
        (get(&format!("{PATH}/a")), 404, "NotFound", "has no action"),
    ] {
        let answer = raw(sandbox.address(), request.as_bytes()).unwrap();
        assert_refused(&answer, status, code, message);
        assert_eq!(answer.header("allow").is_some(), status == 405, "{request}");
        let report = Linter::new().lint(BodyKind::ErrorResponse, &answer.body);
        assert!(report.is_clean(), "{:?} {request}", report.findings);
        let latest = sandbox.exchanges().pop();
        if status == 413 {
            let latest = latest.expect("an exchange");
            assert_eq!(
                (latest.operation, latest.findings),
                (Some(OperationId::PostAction), 0)
            );
        }
    }
    assert_eq!(
        sandbox.snapshot()["groups"],
        serde_json::json!({}),
        "nothing is stored"
    );
    assert_lawful(&sandbox);
}

#[test]
fn a_body_that_the_contract_refuses_comes_back_with_its_findings() {
    let sandbox = start(Sandbox::builder());
    let body = "{\"actionType\": \"Job\",\n \"actionBody\": {\"assignedTo\": \"+911234500001\", \"dueDate\": -1}}";
    let answer = post(&sandbox, PATH, body);
    assert_refused(
        &answer,
        400,
        "InvalidParameters",
        "KZ301 missing-member at /actionBody: `title` is missing",
    );
    let report = Linter::new().lint(BodyKind::ErrorResponse, &answer.body);
    assert!(report.is_clean(), "{:?}", report.findings);
    let body = answer.json();
    assert!(
        body["message"].as_str().unwrap().ends_with("(and 2 more)"),
        "{body}"
    );
    let findings = body["findings"].as_array().unwrap();
    let places: Vec<_> = findings
        .iter()
        .map(|row| {
            (
                row["rule"].as_str().unwrap(),
                row["pointer"].as_str().unwrap(),
                row["line"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            ("KZ301", "/actionBody", 2),
            ("KZ302", "/actionBody/assignedTo", 2),
            ("KZ304", "/actionBody/dueDate", 2)
        ]
    );
    assert_lawful(&sandbox);
}

#[test]
fn every_type_that_cannot_be_posted_is_refused_by_the_matrix() {
    use kaizala_actions::support::{Method, rows};
    let sandbox = start(Sandbox::builder());
    for row in rows()
        .iter()
        .filter(|row| !row.action_type.supports(Method::Post))
    {
        let answer = post(
            &sandbox,
            PATH,
            &format!(
                r#"{{"actionType": "{}", "actionBody": {{}}}}"#,
                row.body_value
            ),
        );
        assert_refused(
            &answer,
            400,
            "InvalidParameters",
            "KZ201 unsupported-method at /actionType",
        );
    }
    for row in rows()
        .iter()
        .filter(|row| !row.action_type.supports(Method::Get))
    {
        let answer = get(
            &sandbox,
            &format!("{PATH}?actionType={}", row.id.unwrap_or(row.body_value)),
        );
        assert_refused(
            &answer,
            400,
            "InvalidParameters",
            "KZ201 unsupported-method",
        );
    }
}

#[test]
fn calls_beyond_the_throttle_are_told_how_long_to_wait() {
    let sandbox = start(Sandbox::builder().throttle(3));
    let statuses: Vec<_> = (0..5)
        .map(|_| get(&sandbox, &format!("{PATH}?actionType=job")).status)
        .collect();
    assert_eq!(statuses, [200, 200, 200, 429, 429]);
    let answer = get(&sandbox, &format!("{PATH}?actionType=job"));
    assert_refused(&answer, 429, "TooManyRequests", "wait");
    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_lawful(&sandbox);
}

#[test]
fn a_moved_sandbox_names_the_new_endpoint_and_sends_no_body() {
    let sandbox = start(Sandbox::builder().moved_to("https://kms2.example.com"));
    let answer = post(&sandbox, PATH, IMAGE);
    assert_eq!(
        (answer.status, answer.header("location"), answer.body.len()),
        (308, Some("https://kms2.example.com"), 0)
    );
    assert_lawful(&sandbox);
}

#[test]
fn a_body_that_never_comes_is_given_up_on_and_stores_nothing() {
    let sandbox = start(Sandbox::builder().timeout(Duration::from_millis(200)));
    let whole = request("POST", PATH, IMAGE);
    let begun = Instant::now();
    let mut stream = TcpStream::connect(sandbox.address()).unwrap();
    stream
        .write_all(&whole.as_bytes()[..whole.len() - 5])
        .unwrap();
    assert_refused(
        &read(&mut stream).unwrap(),
        408,
        "RequestTimeout",
        "within 0.2 s",
    );
    // A head that never ends has no request to answer: the connection is closed.
    let mut stream = TcpStream::connect(sandbox.address()).unwrap();
    stream.write_all(&whole.as_bytes()[..20]).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    assert!(read(&mut stream).is_err());
    assert!(
        begun.elapsed() < Duration::from_secs(3),
        "{:?}",
        begun.elapsed()
    );
    // A body that breaks off.
    let mut stream = TcpStream::connect(sandbox.address()).unwrap();
    stream
        .write_all(&whole.as_bytes()[..whole.len() - 5])
        .unwrap();
    drop(stream);
    assert_eq!(post(&sandbox, PATH, IMAGE).status, 200);
    assert_eq!(get(&sandbox, "/_sandbox/health").json()["actions"], 1);
    assert_lawful(&sandbox);
}
