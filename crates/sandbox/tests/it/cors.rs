//! Pages of other origins: by origin, path and method, who gets what.

use kaizala_actions_sandbox::{Fault, FaultKind, Sandbox, SandboxBuilder};

use serde_json::json;

use super::wire::{Answer, CONTROL, get, post, request, sent, start, with_host};

const ALLOWED: &str = "http://app.example:3000";
const PATH: &str = "/v1/groups/g/actions";
const IMAGE: &str = r#"{"actionType": "Image", "actionBody": {"mediaResource": "m"}}"#;

/// What a request is let in as.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sender {
    /// Whoever sends no origin, or the sandbox's own.
    Near,
    Allowed,
    Foreign,
}

/// Who may send a request to a path.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Area {
    /// Near ones and allowed pages.
    Open,
    /// Near ones.
    Control,
    /// Everybody; nobody's page can read it.
    Page,
}

/// The lines of the head, and what they make of the sender.
const SENDERS: &[(&str, Sender)] = &[
    ("host: localhost\r\n", Sender::Near),
    (
        "host: localhost:4010\r\norigin: http://localhost:4010\r\nsec-fetch-site: same-origin\r\n",
        Sender::Near,
    ),
    (
        "host: localhost\r\norigin: http://app.example:3000\r\nsec-fetch-site: cross-site\r\n",
        Sender::Allowed,
    ),
    (
        "host: 127.0.0.1:4010\r\norigin: http://app.example:3000\r\n",
        Sender::Allowed,
    ),
    (
        "host: localhost\r\norigin: http://evil.example\r\nsec-fetch-site: cross-site\r\n",
        Sender::Foreign,
    ),
    ("host: localhost\r\norigin: null\r\n", Sender::Foreign),
    ("host: localhost\r\norigin: *\r\n", Sender::Foreign),
    ("host: localhost\r\norigin:\r\n", Sender::Foreign),
    (
        "host: localhost\r\norigin: http://app.example\r\n",
        Sender::Foreign,
    ),
    (
        "host: localhost\r\norigin: https://app.example:3000\r\n",
        Sender::Foreign,
    ),
    (
        "host: localhost\r\norigin: http://app.example:30000\r\n",
        Sender::Foreign,
    ),
    (
        "host: localhost\r\norigin: http://app.example:3000.evil.example\r\n",
        Sender::Foreign,
    ),
    (
        "host: localhost\r\norigin: http://evil.app.example:3000\r\n",
        Sender::Foreign,
    ),
    (
        "host: localhost\r\norigin: http://app.example:3000 http://evil.example\r\n",
        Sender::Foreign,
    ),
    (
        "host: localhost\r\norigin: http://app.example:3000\r\norigin: http://evil.example\r\n",
        Sender::Foreign,
    ),
    (
        "host: localhost\r\norigin: http://app.example:3000\r\norigin: http://app.example:3000\r\n",
        Sender::Foreign,
    ),
    // By an image or a script, an allowed page sends no origin, and could not read the answer either.
    (
        "host: localhost\r\nsec-fetch-site: cross-site\r\n",
        Sender::Foreign,
    ),
    // Under a name that has been made to lead here, even one that sends the allowed origin.
    ("host: evil.example\r\n", Sender::Foreign),
    (
        "host: app.example:3000\r\norigin: http://app.example:3000\r\nsec-fetch-site: same-origin\r\n",
        Sender::Foreign,
    ),
    (
        "host: evil.example\r\norigin: http://app.example:3000\r\n",
        Sender::Foreign,
    ),
];

/// Paths that are near those of the sandbox's own endpoints, and are none.
const LOOKALIKES: [&str; 7] = [
    "//_sandbox/reset",
    "/_SANDBOX/reset",
    "/%5fsandbox/reset",
    "/%5Fsandbox/snapshot",
    "/v1/../_sandbox/reset",
    "/./_sandbox/snapshot",
    "/_sandbox%2Fsnapshot",
];

/// All calls that are tried, with the area that they are in.
fn calls() -> Vec<(Area, &'static str, String, &'static str)> {
    let mut calls = Vec::new();
    for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"] {
        calls.push((Area::Open, method, PATH.to_owned(), IMAGE));
    }
    for path in LOOKALIKES.into_iter().chain([
        "/v1/groups/g/actions?actionType=image",
        "/v1/groups/g/actions/a/responses",
        "/v1/Groups/g//actions",
        "/nothing",
        "/openapi.json",
        "/schemas/2020-12/error.response.schema.json",
    ]) {
        for method in ["GET", "OPTIONS"] {
            calls.push((Area::Open, method, path.to_owned(), ""));
        }
    }
    for (method, path, body) in CONTROL {
        for (method, path) in [
            (method, path.to_owned()),
            ("OPTIONS", path.to_owned()),
            (method, format!("{path}?a=b")),
            (method, format!("{path}/")),
        ] {
            calls.push((Area::Control, method, path, body));
        }
    }
    for path in ["/_sandbox", "/_sandbox/", "/_sandbox/page.js"] {
        for method in ["GET", "OPTIONS"] {
            calls.push((Area::Page, method, path.to_owned(), ""));
        }
    }
    calls
}

fn has_cors(answer: &Answer) -> bool {
    answer.head.to_ascii_lowercase().contains("access-control-")
}

/// A question of a browser before it lets a page send.
const ASKS: &str =
    "access-control-request-method: POST\r\naccess-control-request-headers: accesstoken\r\n";

/// Tries all senders with all calls; `allows` says whether the sandbox allows the origin.
fn try_all(builder: SandboxBuilder, allows: bool) {
    let sandbox = start(builder);
    post(&sandbox, PATH, IMAGE);
    let mut tried = 0;
    for (lines, sender) in SENDERS {
        let before = sandbox.exchanges().len();
        for (area, method, path, body) in calls() {
            // A near one may reset, and what is tried is what foreign ones may not.
            if *sender == Sender::Near && area == Area::Control {
                continue;
            }
            let is_allowed = *sender == Sender::Allowed && allows;
            let may_send = match area {
                Area::Page => true,
                Area::Control => false,
                Area::Open => *sender == Sender::Near || is_allowed,
            };
            let is_readable = area == Area::Open && is_allowed;
            for asks in if method == "OPTIONS" {
                &["", ASKS][..]
            } else {
                &[""]
            } {
                let case = format!("{method} {path} {lines:?} {asks:?}");
                let text = with_host(method, &path, &format!("{lines}{asks}"), body);
                let answer = sent(&sandbox, &text);
                let status = answer.status;
                assert_eq!(status != 403, may_send, "{case}: {status}");
                let allowed = answer.header("access-control-allow-origin");
                assert_eq!(allowed, is_readable.then_some(ALLOWED), "{case}");
                assert_eq!(has_cors(&answer), is_readable, "{case}");
                assert_eq!(answer.header("access-control-allow-credentials"), None);
                let vary = (area == Area::Open && may_send && allows).then_some("origin");
                assert_eq!(answer.header("vary"), vary, "{case}");
                assert_eq!(
                    status == 204,
                    is_readable && !asks.is_empty(),
                    "{case}: {status}"
                );
                tried += 1;
            }
        }
        if *sender == Sender::Foreign {
            assert_eq!(sandbox.exchanges().len(), before, "{lines}");
            let faults = get(&sandbox, "/_sandbox/faults").json();
            assert_eq!(faults, json!([]), "{lines}");
        }
    }
    let snapshot = sandbox.snapshot().to_string();
    assert!(snapshot.contains(r#""mediaResource":"m""#), "{snapshot}");
    assert!(tried > 1500, "only {tried} were tried");
}

#[test]
fn an_allowed_page_reaches_the_api_and_nothing_else() {
    let builder = Sandbox::builder().cors("https://other.example");
    try_all(builder.cors(ALLOWED), true);
}

#[test]
fn without_an_allowed_origin_no_page_of_another_origin_reaches_anything() {
    try_all(Sandbox::builder(), false);
}

/// A request of the allowed page.
fn from_allowed(method: &str, path: &str, more: &str, body: &str) -> String {
    let lines =
        format!("host: localhost\r\norigin: {ALLOWED}\r\nsec-fetch-site: cross-site\r\n{more}");
    with_host(method, path, &lines, body)
}

#[test]
fn a_preflight_is_no_call() {
    // Neither a token, nor a fault, nor the number of calls, nor a move counts for it.
    let builder = Sandbox::builder().cors(ALLOWED).token("secret").throttle(1);
    let sandbox = start(builder.moved_to("https://kms2.kaiza.la"));
    sandbox
        .set_faults(vec![Fault::new(FaultKind::Cut)])
        .unwrap();
    let asks = "access-control-request-method: POST\r\naccess-control-request-headers: accesstoken,content-type\r\n";
    for _ in 0..3 {
        let text =
            from_allowed("OPTIONS", PATH, asks, "").replace("accessToken: token-of-a-test\r\n", "");
        let answer = sent(&sandbox, &text);
        assert_eq!((answer.status, answer.body.len()), (204, 0));
        for (name, expected) in [
            ("access-control-allow-origin", ALLOWED),
            ("access-control-allow-methods", "GET, POST"),
            ("access-control-allow-headers", "accessToken, content-type"),
            ("vary", "origin"),
        ] {
            assert_eq!(answer.header(name), Some(expected), "{name}");
        }
    }
    assert!(sandbox.exchanges().is_empty());
    // Without a question, and from nobody's page, it is a call of a method that there is not.
    sandbox.set_faults(Vec::new()).unwrap();
    for text in [
        from_allowed("OPTIONS", PATH, "", ""),
        request("OPTIONS", PATH, ""),
        with_host("OPTIONS", PATH, &format!("host: localhost\r\n{asks}"), ""),
    ] {
        assert_eq!(sent(&sandbox, &text).status, 405, "{text}");
    }
}

#[test]
fn an_allowed_page_reads_every_answer_and_refusal() {
    let sandbox = start(Sandbox::builder().cors(ALLOWED).body_limit(1000));
    let large = "x".repeat(1001);
    let fault = |kind| vec![Fault::new(kind)];
    for (faults, method, path, body, expected) in [
        (Vec::new(), "POST", PATH, IMAGE, 200),
        (
            Vec::new(),
            "GET",
            "/v1/groups/g/actions?actionType=image",
            "",
            200,
        ),
        (
            Vec::new(),
            "GET",
            "/v1/groups/g/actions?actionType=audio",
            "",
            400,
        ),
        (Vec::new(), "GET", "/openapi.json", "", 200),
        (Vec::new(), "GET", "/nothing", "", 404),
        (Vec::new(), "DELETE", PATH, "", 405),
        (Vec::new(), "POST", PATH, &large, 413),
        (
            fault(FaultKind::Throttled { retry_after: 7 }),
            "POST",
            PATH,
            IMAGE,
            429,
        ),
        (
            fault(FaultKind::Moved {
                location: "https://kms2.kaiza.la".to_owned(),
            }),
            "POST",
            PATH,
            IMAGE,
            308,
        ),
        (fault(FaultKind::Failure), "POST", PATH, IMAGE, 500),
    ] {
        sandbox.set_faults(faults).unwrap();
        let answer = sent(&sandbox, &from_allowed(method, path, "", body));
        assert_eq!(answer.status, expected, "{method} {path}");
        assert_eq!(answer.header("access-control-allow-origin"), Some(ALLOWED));
        assert_eq!(
            answer.header("access-control-expose-headers"),
            Some("Retry-After, location, sandbox-findings")
        );
    }
    let text =
        from_allowed("POST", PATH, "", IMAGE).replace("accessToken: token-of-a-test\r\n", "");
    sandbox.set_faults(Vec::new()).unwrap();
    let answer = sent(&sandbox, &text);
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("access-control-allow-origin"), Some(ALLOWED));
}

#[test]
fn the_refusal_of_a_call_says_how_to_allow_the_origin() {
    let sandbox = start(Sandbox::builder());
    for (path, expected) in [
        (PATH, true),
        ("/openapi.json", true),
        ("/_sandbox/health", false),
    ] {
        let answer = sent(&sandbox, &from_allowed("GET", path, "", ""));
        let message = answer.json()["message"].to_string();
        assert_eq!(
            message.contains("--cors ORIGIN"),
            expected,
            "{path}: {message}"
        );
    }
    assert_eq!(get(&sandbox, "/_sandbox/health").status, 200);
}
