//! The presets of `--map`, with lines in the shape that each logger documents.

use serde_json::{Value, json};

use crate::helpers::{stderr, stdout, tool};

const PATH: &str = "/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions";
const LATE: &str = r#"{"actionType": "Job", "actionBody": {"title": "a", "assignedTo": ["b"], "dueDate": "soon"}}"#;

/// Checks how the findings in a line begin, without their place in it.
fn assert_findings(map: &str, line: &Value, expected: &[&str]) {
    let arguments = [
        "lint",
        "--no-config",
        "--format",
        "concise",
        "--map",
        map,
        "-",
    ];
    let output = tool(&arguments, format!("{line}\n"));
    let lines = stdout(&output).lines();
    let lines: Vec<_> = lines
        .filter_map(|line| line.split_once(' '))
        .map(|(_, rest)| rest)
        .collect();
    let is_as_expected = lines.len() == expected.len()
        && (lines.iter().zip(expected)).all(|(line, start)| line.starts_with(start));
    assert!(is_as_expected, "{map}: {lines:#?} {}", stderr(&output));
}

/// What a body whose date is a text gets, where the log has the request only.
const REQUEST: &[&str] = &[
    "request.body 1:84: error[KZ302]",
    "response.body 1:1: note[KZ010]",
];

#[test]
fn lines_of_nginx_are_read() {
    let access = json!({
        "timestamp": 1_700_000_000.123, "request_id": "7f", "hostname": "gateway", "http_x_forwarded_for": "",
        "remote_addr": "192.0.2.7", "remote_port": 50214, "request_method": "POST", "http_host": "api.kaiza.la",
        "request_uri": PATH, "request_body": LATE, "body_bytes_sent": 55, "status": "200",
        "request_time": 0.087, "upstream_addr": "192.0.2.8:443", "upstream_status": "200", "http_user_agent": "a/1",
    });
    assert_findings("nginx", &access, REQUEST);
    let combined = json!({
        "time_local": "27/Nov/2026:16:43:06 +0000", "remote_user": "-", "request": format!("POST {PATH} HTTP/1.1"),
        "status": 200, "bytes": 55, "agent": "a/1", "request_body": LATE, "up_addr": "192.0.2.8:443",
    });
    assert_findings("nginx", &combined, REQUEST);
    // nginx writes nothing, too, for a body that it did not keep in memory.
    for absent in ["", "-"] {
        let mut line = access.clone();
        line["request_body"] = absent.into();
        let absent = ["request.body 1:1: note[KZ010]", REQUEST[1]];
        assert_findings("nginx", &line, &absent);
    }
}

#[test]
fn lines_of_kong_and_apisix_are_read() {
    let headers = json!({"content-type": "application/json", "accesstoken": "opaque-0001", "host": "localhost:8000"});
    let kong = json!({
        "latencies": {"proxy": 171, "kong": 1, "request": 172, "receive": 0}, "client_ip": "192.0.2.7", "tries": [],
        "request": {
            "size": 1235, "uri": PATH, "url": format!("http://localhost:8000{PATH}"), "method": "POST",
            "querystring": {}, "id": "7f", "headers": headers, "body": LATE,
        },
        "response": {"size": 9982, "status": 200, "headers": {"content-type": "application/json"}, "body": "{\"referenceId\": \"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117\"}"},
        "service": {"host": "api.kaiza.la", "protocol": "https"}, "started_at": 1_700_000_000_123_u64,
    });
    assert_findings("kong", &kong, &["request.body 1:84: error[KZ302]"]);
    // An old one, whose `uri` is without the query.
    let old = json!({
        "response": {"status": 200, "size": "434", "headers": {"Content-Type": "application/json", "via": "kong/0.3.0"}},
        "request": {
            "method": "GET", "uri": PATH, "size": "75", "querystring": {"actionType": "audio"},
            "request_uri": format!("http://api.kaiza.la:8000{PATH}?actionType=audio"), "headers": headers,
        },
        "started_at": 1_433_209_822_425_u64, "client_ip": "192.0.2.7",
    });
    assert_findings(
        "kong",
        &old,
        &[
            "request.line 1:98: error[KZ201]",
            "response.body 1:1: note[KZ010]",
        ],
    );
    let apisix = json!({
        "route_id": "r", "response": {"status": 200, "headers": {"content-type": "application/json"}, "size": 619},
        "upstream": "192.0.2.8:443", "latency": 671.5,
        "request": {
            "headers": headers, "size": 85, "method": "POST", "url": format!("http://127.0.0.1:9080{PATH}"),
            "querystring": {}, "uri": PATH, "body": LATE,
        },
    });
    assert_findings("kong", &apisix, REQUEST);
}

#[test]
fn lines_of_api_management_are_read() {
    let url = format!("https://apim-hello-world.azure-api.net{PATH}");
    let log = json!({
        "Level": 4, "isRequestSuccess": true, "time": "2020-10-14T17:00:00.00", "operationName": "Microsoft.ApiManagement/GatewayLogs",
        "category": "GatewayLogs", "durationMs": 152, "callerIpAddress": "192.0.2.7", "correlationId": "7f", "location": "East US",
        "properties": {
            "method": "POST", "url": url, "backendResponseCode": 200, "responseCode": 200, "responseSize": 41583, "cache": "none",
            "apiId": "kaizala", "operationId": "PostAction", "clientProtocol": "HTTP/1.1", "backendMethod": "POST",
            "backendUrl": format!("https://api.kaiza.la{PATH}"), "requestBody": LATE,
        },
        "resourceId": "/SUBSCRIPTIONS/7F",
    });
    assert_findings("apim", &log, REQUEST);
    // Log Analytics; only the body of the backend is logged.
    let analytics = json!({
        "TimeGenerated": "2026-11-27T16:43:06Z", "Method": "POST", "Url": url, "ResponseCode": 200, "BackendMethod": "POST",
        "BackendResponseCode": 200, "RequestBody": "", "BackendRequestBody": LATE, "IsRequestSuccess": true,
        "RequestHeaders": "", "BackendRequestHeaders": {"accessToken": "opaque-0001", "Content-Type": "application/json"},
    });
    assert_findings("apim", &analytics, REQUEST);
    // A client that went away.
    let mut gone = analytics.clone();
    gone["ResponseCode"] = 0.into();
    assert_findings(
        "apim",
        &gone,
        &[
            "request.body 1:84: error[KZ302]",
            "response.status 1:1: note[KZ010]",
        ],
    );
    // Application Insights, as a query and as an export writes it.
    let query = json!({
        "timestamp": "2026-11-27T16:43:06Z", "name": format!("POST {PATH}"), "url": url, "success": "True", "resultCode": "200",
        "customDimensions": {"HTTP Method": "POST", "API Name": "kaizala", "Request-Body": LATE},
    });
    assert_findings("apim", &query, REQUEST);
    let export = json!({
        "time": "2026-11-27T16:43:06Z", "Name": format!("POST {PATH}"), "Url": url, "Success": true, "ResultCode": "200",
        "Properties": {"API Name": "kaizala", "Request-Body": LATE},
    });
    assert_findings("apim", &export, REQUEST);
}
