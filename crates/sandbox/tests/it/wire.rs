//! What all these tests share.

use kaizala_actions::{
    body::BodyKind,
    client::{AccessToken, Checks, Client, ClientBuilder},
    lint::Linter,
};
use kaizala_actions_sandbox::{RecordedExchange, Sandbox, SandboxBuilder};
use serde_json::Value;

pub use crate::http::{Answer, raw, read, request, send};

/// All that the sandbox has for itself, with what it does when it is let in.
pub const CONTROL: [(&str, &str, &str); 8] = [
    ("GET", "/_sandbox/health", ""),
    ("GET", "/_sandbox/snapshot", ""),
    ("GET", "/_sandbox/exchanges", ""),
    ("DELETE", "/_sandbox/exchanges", ""),
    ("GET", "/_sandbox/faults", ""),
    ("PUT", "/_sandbox/faults", r#"[{"kind": "failure"}]"#),
    ("POST", "/_sandbox/restore", r#"{"groups": {}}"#),
    ("POST", "/_sandbox/reset", ""),
];

/// Starts a sandbox; it has a thread of its own, so that a test needs no runtime.
pub fn start(builder: SandboxBuilder) -> Sandbox {
    runtime().block_on(builder.start()).expect("it starts")
}

pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

/// A client that holds every answer to the contract.
pub fn client(sandbox: &Sandbox) -> Client {
    connect(sandbox, Client::builder())
}

pub fn connect(sandbox: &Sandbox, options: ClientBuilder) -> Client {
    options
        .checks(Checks::Strict)
        .connect(sandbox.url(), AccessToken::new("token-of-a-test").unwrap())
        .unwrap()
}

pub fn get(sandbox: &Sandbox, path: &str) -> Answer {
    send(sandbox.address(), "GET", path, "")
}

pub fn post(sandbox: &Sandbox, path: &str, body: &str) -> Answer {
    send(sandbox.address(), "POST", path, body)
}

/// A request whose head has these lines in the place of the host.
pub fn with_host(method: &str, path: &str, lines: &str, body: &str) -> String {
    request(method, path, body).replace("host: localhost\r\n", lines)
}

pub fn sent(sandbox: &Sandbox, text: &str) -> Answer {
    raw(sandbox.address(), text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Posts what must be taken.
pub fn posted(sandbox: &Sandbox, path: &str, body: &str) -> Value {
    let answer = post(sandbox, path, body);
    assert_eq!(
        answer.status,
        200,
        "{}",
        String::from_utf8_lossy(&answer.body)
    );
    answer.json()
}

/// Holds every answer of a sandbox to the contract.
pub fn assert_lawful(sandbox: &Sandbox) {
    for exchange in sandbox.exchanges() {
        assert_lawful_exchange(&exchange);
    }
}

pub fn assert_lawful_exchange(exchange: &RecordedExchange) {
    let Some(status) = exchange.status else {
        return;
    };
    let kind = if status.is_success() {
        let answers = |kind: &&BodyKind| {
            !kind.is_request()
                && kind.operation().is_some()
                && kind.operation() == exchange.operation
        };
        *BodyKind::ALL.iter().find(answers).expect("an operation")
    } else {
        BodyKind::ALL
            .iter()
            .copied()
            .find(|kind| kind.operation().is_none())
            .expect("the error")
    };
    if exchange.response_body.is_empty() {
        assert_eq!(status, 308, "only a move has no body: {exchange:?}");
        return;
    }
    let report = Linter::new().lint(kind, &exchange.response_body);
    let body = String::from_utf8_lossy(&exchange.response_body);
    // The member `findings` is the sandbox's own, and the contract allows undeclared members
    // (D-31).
    let is_own = |finding: &kaizala_actions::lint::Finding| {
        finding.rule.name == "unknown-member" && finding.pointer == "/findings"
    };
    let found: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| !is_own(finding))
        .map(ToString::to_string)
        .collect();
    assert!(
        found.is_empty(),
        "{} {}: {found:?}\n{body}",
        exchange.method,
        exchange.target
    );
}
