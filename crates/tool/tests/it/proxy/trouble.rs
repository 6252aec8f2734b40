//! What the log says if something does not work.

use std::{net::TcpListener, thread::sleep, time::Duration};

use super::PATH;
use crate::{
    helpers::{JOB, tool},
    http::send,
    server::Server,
};

/// What it logged until it was ended.
fn log(mut proxy: Server) -> String {
    proxy.signal("-TERM");
    assert!(proxy.child.wait().unwrap().success());
    proxy.log()
}

#[test]
fn an_upstream_that_fails_is_said_with_the_cause() {
    for (upstream, expected) in [
        (
            "http://127.0.0.1:1",
            "upstream failed: the upstream cannot be reached: Connection refused",
        ),
        (
            "http://name.invalid",
            "upstream failed: the upstream cannot be reached: failed to lookup address",
        ),
    ] {
        let proxy = Server::proxy(upstream, &[]);
        let answer = send(proxy.address, "POST", PATH, JOB);
        assert_eq!(answer.status, 502);
        // Clients need not know more.
        assert_eq!(answer.json()["detail"], "the upstream cannot be reached");
        let log = log(proxy);
        assert!(log.contains(expected), "{log}");
    }
    // Not TLS.
    let server = Server::start(&[]);
    let upstream = server.url().replace("http:", "https:");
    let proxy = Server::proxy(&upstream, &["--log", "json"]);
    assert_eq!(send(proxy.address, "POST", PATH, JOB).status, 502);
    let log = log(proxy);
    let expected = r#""problem":"the upstream cannot be reached: received corrupt message"#;
    assert!(log.contains(expected), "{log}");
}

#[test]
fn a_request_that_is_refused_without_a_finding_is_said_with_the_reason() {
    let server = Server::start(&[]);
    let proxy = Server::proxy(&server.url(), &["--enforce", "--body-limit", "10"]);
    assert_eq!(send(proxy.address, "POST", PATH, JOB).status, 413);
    let log = log(proxy);
    let expected = ", request refused: the body is larger than 10 bytes";
    assert!(log.contains(expected), "{log}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_record_that_cannot_be_written_is_said_once() {
    let server = Server::start(&[]);
    let proxy = Server::proxy(&server.url(), &["--record", "/dev/full"]);
    for _ in 0..3 {
        assert_eq!(send(proxy.address, "POST", PATH, JOB).status, 200);
    }
    sleep(Duration::from_millis(2500));
    let log = log(proxy);
    let expected = "kaizala-actions: /dev/full: No space left on device (os error 28); exchanges are not recorded\n";
    assert_eq!(log.matches(expected).count(), 1, "{log}");
}

#[test]
fn a_proxy_is_neither_its_own_upstream_nor_its_own_mirror() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let (own, other) = (format!("http://{address}"), "http://127.0.0.1:9");
    for listen in [address.to_string(), format!("0.0.0.0:{}", address.port())] {
        for (option, upstream, mirror) in [("upstream", &*own, other), ("mirror", other, &*own)] {
            let servers = ["--upstream", upstream, "--mirror", mirror];
            let output = tool(
                &[&["proxy", "--listen", &listen], &servers[..]].concat(),
                "",
            );
            let error = String::from_utf8_lossy(&output.stderr);
            let expected = format!("the {option} is refused: the proxy itself listens there");
            assert!(error.contains(&expected), "{error}");
        }
    }
}
