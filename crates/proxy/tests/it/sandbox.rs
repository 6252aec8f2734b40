use kaizala_actions_proxy::Proxy;
use kaizala_actions_sandbox::{Fault, FaultKind, Sandbox};

use super::wire::{JOB, PATH, UNTITLED, runtime, send, start};

/// One scenario, at the sandbox and through the proxy: statuses and bodies are the same.
#[test]
fn the_sandbox_answers_the_same_behind_the_proxy() {
    let sandbox = || Sandbox::builder().deterministic(7);
    let direct = runtime().block_on(sandbox().start()).unwrap();
    let observed = runtime().block_on(sandbox().start()).unwrap();
    let enforced = runtime().block_on(sandbox().start()).unwrap();
    let observing = start(Proxy::builder(observed.url()));
    let enforcing = start(Proxy::builder(enforced.url()).enforce());
    let casing = JOB.replace("\"Job\"", "\"job\"");
    let response =
        r#"{"actionType":"Job","actionResponseBody":{"responses":{"isCompleted":true}}}"#;
    let list = |query: &str| format!("{PATH}?{query}");
    let steps: Vec<(&str, String, &str)> = vec![
        ("POST", PATH.into(), JOB),
        ("POST", PATH.into(), &casing),
        ("POST", PATH.into(), UNTITLED),
        ("POST", PATH.into(), "{"),
        ("POST", PATH.into(), ""),
        ("GET", list("actionType=job"), ""),
        ("GET", list("actionType=audio"), ""),
        ("GET", list("actionType=job&count=1"), ""),
        ("GET", list("actionType=job&count=-1"), ""),
        ("GET", PATH.into(), ""),
        ("PUT", PATH.into(), JOB),
        ("GET", format!("{PATH}/none"), ""),
        ("POST", format!("{PATH}/none/responses"), response),
        ("GET", "/openapi.json".into(), ""),
    ];
    let mut refused = 0;
    for (method, path, body) in &steps {
        let expected = send(direct.address(), method, path, body);
        let answer = observing.send(method, path, body);
        assert_eq!(answer.status, expected.status, "{method} {path}");
        // It names its own address.
        if path != "/openapi.json" {
            assert_eq!(answer.body, expected.body, "{method} {path}");
        }
        let answer = enforcing.send(method, path, body);
        assert_eq!(answer.status, expected.status, "{method} {path} {body}");
        if expected.status >= 400 {
            let (own, theirs) = (answer.json(), expected.json());
            for member in ["errorCode", "errorCategoryKey", "message"] {
                assert_eq!(own[member], theirs[member], "{method} {path} {body}");
            }
            refused +=
                usize::from(answer.header("content-type") == Some("application/problem+json"));
        } else if path != "/openapi.json" {
            assert_eq!(answer.body, expected.body, "{method} {path}");
        }
    }
    assert!(refused > 5);
    // What was refused did not get there.
    let recorded = enforced.exchanges();
    assert!(
        recorded
            .iter()
            .all(|exchange| exchange.findings == 0 || exchange.status.unwrap().is_success())
    );
    assert_eq!(recorded.len(), observed.exchanges().len() - refused);
}

#[test]
fn faults_of_the_sandbox_are_found_or_refused() {
    let fault = Fault::new(FaultKind::Truncated);
    let sandbox = runtime()
        .block_on(Sandbox::builder().fault(fault).start())
        .unwrap();
    let proxy = start(Proxy::builder(sandbox.url()));
    assert_eq!(proxy.send("POST", PATH, JOB).status, 200);
    assert!(proxy.rules().iter().any(|rule| rule.starts_with("KZ0")));
    let proxy = start(Proxy::builder(sandbox.url()).enforce());
    assert_eq!(proxy.send("POST", PATH, JOB).status, 502);

    let fault = Fault::new(FaultKind::Cut);
    let sandbox = runtime()
        .block_on(Sandbox::builder().fault(fault).start())
        .unwrap();
    let proxy = start(Proxy::builder(sandbox.url()));
    assert_eq!(proxy.send("POST", PATH, JOB).status, 502);
}
