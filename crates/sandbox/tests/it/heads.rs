//! What the head of a request decides: whom it is for, where it comes from, how long its body is.

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, TcpStream},
};

use kaizala_actions_sandbox::{Fault, FaultKind, Sandbox, StartError};

use super::wire::{
    CONTROL, assert_lawful, get, post, read, request, runtime, sent, start, with_host,
};

const PATH: &str = "/v1/groups/g/actions";
const IMAGE: &str = r#"{"actionType": "Image", "actionBody": {"mediaResource": "m"}}"#;

#[test]
fn a_request_names_one_host() {
    let sandbox = start(Sandbox::builder());
    let paths = [("POST", PATH), ("GET", "/_sandbox/health"), ("GET", "/")];
    for (method, path) in paths {
        for lines in [
            "",
            "host: localhost\r\nhost: localhost\r\n",
            "host: localhost\r\nHOST: 127.0.0.1\r\n",
            "host:\r\n",
            "host: a b\r\n",
            "host: a@localhost\r\n",
            "host: http://localhost\r\n",
            "host: localhost:port\r\n",
        ] {
            let answer = sent(&sandbox, &with_host(method, path, lines, IMAGE));
            assert_eq!(answer.status, 400, "{path} {lines:?}");
            let message = answer.json()["message"].to_string();
            assert!(message.contains("`host`"), "{message}");
        }
    }
    assert_eq!(get(&sandbox, "/_sandbox/health").json()["actions"], 0);
}

#[test]
fn no_page_of_another_origin_gets_in() {
    let sandbox = start(Sandbox::builder().host("sandbox.test"));
    post(&sandbox, PATH, IMAGE);
    let before = (sandbox.snapshot(), sandbox.exchanges().len());
    let foreign = [
        "host: evil.example\r\n",
        "host: evil.example:4010\r\norigin: http://evil.example:4010\r\nsec-fetch-site: same-origin\r\n",
        "host: localhost\r\norigin: http://evil.example\r\n",
        "host: localhost\r\norigin: null\r\n",
        "host: localhost\r\nsec-fetch-site: cross-site\r\n",
        "host: localhost\r\nsec-fetch-site: same-site\r\norigin: http://localhost:3000\r\n",
    ];
    let calls = CONTROL
        .into_iter()
        .chain([("POST", PATH, IMAGE), ("OPTIONS", PATH, "")]);
    for (method, path, body) in calls {
        for lines in foreign {
            let answer = sent(&sandbox, &with_host(method, path, lines, body));
            assert_eq!(answer.status, 403, "{method} {path} {lines:?}");
            assert_eq!(answer.json()["errorCode"], "Forbidden");
        }
        // A request to a proxy has the host in its first line.
        let line = format!("http://evil.example{path}");
        assert_eq!(sent(&sandbox, &request(method, &line, body)).status, 403);
    }
    assert_eq!(before, (sandbox.snapshot(), sandbox.exchanges().len()));
    for lines in [
        "host: sandbox.test:4010\r\n",
        "host: [::1]\r\nsec-fetch-site: none\r\n",
        "host: 127.0.0.1:4010\r\norigin: http://127.0.0.1:4010\r\nsec-fetch-site: same-origin\r\n",
    ] {
        for (method, path, body) in CONTROL {
            let answer = sent(&sandbox, &with_host(method, path, lines, body));
            assert_eq!(answer.status, 200, "{method} {path} {lines:?}");
        }
    }
}

#[test]
fn with_a_token_all_that_tells_or_changes_something_needs_it() {
    let sandbox = start(Sandbox::builder().token("token-of-a-test").token("another"));
    for (method, path, body) in CONTROL {
        let right = request(method, path, body);
        assert_eq!(sent(&sandbox, &right).status, 200, "{path}");
        let open = path.ends_with("health");
        for token in ["accessToken: other\r\n", "accessToken:\r\n", ""] {
            let text = right.replace("accessToken: token-of-a-test\r\n", token);
            let answer = sent(&sandbox, &text);
            assert_eq!(
                answer.status,
                if open { 200 } else { 401 },
                "{path} {token:?}"
            );
            if !open {
                let body = answer.json();
                assert_eq!(body["errorCode"], "InvalidToken");
                assert_eq!(body["errorCategoryKey"], "AuthException");
            }
        }
    }
}

#[test]
fn an_option_that_can_never_work_is_refused() {
    for (builder, expected) in [
        (Sandbox::builder().token(""), "token"),
        (Sandbox::builder().token(" padded "), "token"),
        (Sandbox::builder().token("a\nb"), "token"),
        (Sandbox::builder().host(""), "host"),
        (Sandbox::builder().host("http://sandbox"), "host"),
        (Sandbox::builder().host("sandbox:4010"), "host"),
        (Sandbox::builder().cors("*"), "origin"),
        (Sandbox::builder().cors("http://localhost:3000/"), "origin"),
        (Sandbox::builder().moved_to("foo"), "endpoint to move to"),
        (
            Sandbox::builder().fault(Fault::new(FaultKind::Cut).rate(7.0)),
            "fault",
        ),
    ] {
        let error = runtime().block_on(builder.start()).err();
        let Some(StartError::Option { option, .. }) = error else {
            panic!("{error:?}");
        };
        assert_eq!(option, expected);
    }
}

#[test]
fn a_body_has_one_length() {
    let sandbox = start(Sandbox::builder().body_limit(1000));
    let chunks = format!("{:x}\r\n{IMAGE}\r\n0\r\n\r\n", IMAGE.len());
    let fields = "host: localhost\r\naccessToken: t\r\ncontent-type: application/json\r\n";
    let head = |more: &str| format!("POST {PATH} HTTP/1.1\r\n{fields}{more}\r\n\r\n");
    let chunked = "Transfer-Encoding: chunked";
    let first = head(&format!("content-length: {}", IMAGE.len())) + IMAGE;
    for more in [
        format!("content-length: 4\r\n{chunked}"),
        format!("{chunked}\r\nContent-Length: {}", chunks.len()),
        format!("content-length: 0\r\n{chunked}\r\ncontent-length: 0"),
    ] {
        let answer = sent(&sandbox, &(head(&more) + &chunks));
        assert_eq!(answer.status, 400, "{more}");
        assert!(
            answer.json()["message"].to_string().contains("twice"),
            "{more}"
        );
        // After another on the same connection too, whether it came before or at once.
        let mut stream = TcpStream::connect(sandbox.address()).unwrap();
        let text = format!("{first}{}{chunks}", head(&more));
        for part in text.as_bytes().chunks(100) {
            stream.write_all(part).unwrap();
        }
        let mut answers = String::new();
        let _ = stream.read_to_string(&mut answers);
        let rest = answers.split("HTTP/1.1 ").skip(1);
        let statuses: Vec<_> = rest.map(|rest| &rest[..3]).collect();
        assert_eq!(statuses, ["200", "400"], "{more}");
    }
    // One alone is right, and the connection ends with it.
    let answer = sent(&sandbox, &(head(chunked) + &chunks));
    assert_eq!(
        (answer.status, answer.header("connection")),
        (200, Some("close"))
    );
    for more in [
        "content-length: 5\r\ncontent-length: 6",
        "content-length: -1",
        "content-length: 1, 1",
    ] {
        assert_eq!(sent(&sandbox, &head(more)).status, 400, "{more}");
    }
    assert_lawful(&sandbox);
}

#[test]
fn a_body_that_is_too_large_is_not_asked_for() {
    let sandbox = start(Sandbox::builder().body_limit(1000));
    for (length, expected) in [(1000, 100), (1001, 413), (u64::MAX >> 1, 413)] {
        let mut stream = TcpStream::connect(sandbox.address()).unwrap();
        let head = request("POST", PATH, "").replace(
            "content-length: 0",
            &format!("content-length: {length}\r\nexpect: 100-continue"),
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut line = [0; 12];
        stream.read_exact(&mut line).unwrap();
        assert_eq!(line, format!("HTTP/1.1 {expected}").as_bytes(), "{length}");
    }
}

#[test]
fn who_shuts_down_the_writing_half_gets_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    for builder in [
        Sandbox::builder(),
        Sandbox::builder().state(folder.path().join("state")),
    ] {
        let sandbox = start(builder);
        // Small, and large enough to be judged on another thread.
        let large = IMAGE.replace("\"m\"", &format!("\"{}\"", "m".repeat(100_000)));
        for body in [IMAGE, &large] {
            for _ in 0..15 {
                let mut stream = TcpStream::connect(sandbox.address()).unwrap();
                let text = request("POST", PATH, body).replace("connection: close\r\n", "");
                stream.write_all(text.as_bytes()).unwrap();
                stream.shutdown(Shutdown::Write).unwrap();
                assert_eq!(read(&mut stream).unwrap().status, 200);
            }
        }
        assert_eq!(get(&sandbox, "/_sandbox/health").json()["actions"], 30);
        // Half a body is none.
        let mut stream = TcpStream::connect(sandbox.address()).unwrap();
        let text = request("POST", PATH, IMAGE);
        stream
            .write_all(&text.as_bytes()[..text.len() - 1])
            .unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        assert_eq!(read(&mut stream).unwrap().status, 400);
        assert_eq!(get(&sandbox, "/_sandbox/health").json()["actions"], 30);
    }
}
