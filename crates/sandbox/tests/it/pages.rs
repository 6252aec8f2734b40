//! The reference of the contract, as the sandbox serves it with the feature `pages`.

use kaizala_actions_sandbox::Sandbox;
#[cfg(feature = "pages")]
use {
    kaizala_actions_reference as reference,
    kaizala_actions_sandbox::{Fault, FaultKind},
};

use super::wire::{Answer, raw, start};

fn ask(sandbox: &Sandbox, method: &str, path: &str) -> Answer {
    let request =
        format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    raw(sandbox.address(), request.as_bytes()).unwrap()
}

#[cfg(not(feature = "pages"))]
#[test]
fn without_the_pages_there_is_nothing_at_their_paths() {
    let sandbox = start(Sandbox::builder());
    for path in ["/", "/index.html", "/rules.html"] {
        let answer = ask(&sandbox, "GET", path);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.json()["errorCode"], "NotFound", "{path}");
    }
}

#[cfg(feature = "pages")]
#[test]
fn the_reference_is_served_as_it_is_written_and_leaves_no_trace() {
    let version = env!("CARGO_PKG_VERSION");
    let engine = format!("// The linter as WebAssembly, made by kaizala-actions {version}\n");
    let engine = reference::Engine::new(engine).unwrap();
    let plain = start(Sandbox::builder());
    assert_eq!(ask(&plain, "GET", "/playground.html").status, 404);
    let sandbox = start(
        Sandbox::builder()
            .token("token-of-a-test")
            .throttle(1)
            .playground(engine.clone()),
    );
    sandbox
        .set_faults(vec![Fault::new(FaultKind::Failure)])
        .unwrap();
    let files = reference::served_files_with(Some(&engine));
    let first = files.first().map(|file| ("/".to_owned(), file));
    for (path, file) in first
        .into_iter()
        .chain(files.iter().map(|file| (format!("/{}", file.name), file)))
    {
        let answer = ask(&sandbox, "GET", &path);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(file.media_type)),
            "{path}"
        );
        assert_eq!(String::from_utf8_lossy(&answer.body), file.text, "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with(file.policy) && policy.ends_with("frame-ancestors 'none'"),
            "{policy}"
        );

        let head = ask(&sandbox, "HEAD", &format!("{path}?a=query"));
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(
            head.header("content-length"),
            Some(&*file.text.len().to_string()),
            "{path}"
        );
    }
    for method in ["POST", "DELETE", "OPTIONS"] {
        let answer = ask(&sandbox, method, "/rules.html");
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
    }
    assert!(sandbox.exchanges().is_empty());
    // What is no page is a call, which is refused and recorded.
    for path in [
        "/no-page.html",
        "/v1/index.html",
        "/v1/groups/g/actions/index.html",
        "*",
    ] {
        assert_ne!(ask(&sandbox, "GET", path).status, 200, "{path}");
    }
    assert!(!sandbox.exchanges().is_empty());
}
