use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

use kaizala_actions_proxy::{Mode, Proxy};

use super::{
    upstream::split,
    wire::{JOB, PATH, POSTED, Upstream, fields, ok, raw, send, start},
};

/// What may be written in several ways reaches the upstream in one, whose length is plain.
#[test]
fn a_request_reaches_the_upstream_in_one_spelling() {
    let length = format!("content-length: {}", JOB.len());
    let chunks = format!("{:x}\r\n{JOB}\r\n0\r\n\r\n", JOB.len());
    let token = "accessToken: t";
    let kind = "content-type: application/json";
    let common = format!("host: a\r\nconnection: close\r\n{token}\r\n{kind}");
    for mode in [Mode::Observe, Mode::Enforce] {
        for (text, expected) in [
            // The same length twice.
            (
                format!("POST {PATH} HTTP/1.1\r\n{common}\r\n{length}\r\n{length}\r\n\r\n{JOB}"),
                vec![token, kind, &length],
            ),
            // Lines that end by a line feed alone.
            (
                format!("POST {PATH} HTTP/1.1\r\n{common}\r\n{length}\r\nx: y\r\n\r\n{JOB}")
                    .replace("\r\n", "\n"),
                vec![token, kind, &length, "x: y"],
            ),
            // An empty line before a request.
            (
                format!("\r\nPOST {PATH} HTTP/1.1\r\n{common}\r\n{length}\r\n\r\n{JOB}"),
                vec![token, kind, &length],
            ),
            // White space around a value.
            (
                format!(
                    "POST {PATH} HTTP/1.1\r\n{common}\r\ncontent-length:\t {} \t\r\n\r\n{JOB}",
                    JOB.len()
                ),
                vec![token, kind, &length],
            ),
            // Fields without which the message would be another.
            (
                format!(
                    "POST {PATH} HTTP/1.1\r\n{common}\r\n{length}\r\nconnection: content-length, host\r\n\r\n{JOB}"
                ),
                vec![token, kind, &length],
            ),
            (
                format!(
                    "POST {PATH} HTTP/1.1\r\n{common}\r\nTransfer-Encoding: Chunked\r\nconnection: transfer-encoding\r\n\r\n{chunks}"
                ),
                vec![token, kind],
            ),
            // HTTP/1.0, which needs no host.
            (
                format!("POST {PATH} HTTP/1.0\r\n{token}\r\n{kind}\r\n{length}\r\n\r\n{JOB}"),
                vec![token, kind, &length],
            ),
        ] {
            let upstream = Upstream::saying(ok(POSTED));
            let proxy = start(Proxy::builder(&upstream.url()).requests(mode));
            let answer = proxy.raw(&text);
            assert_eq!(answer.status, 200, "{text}: {answer:?}");
            let came = upstream.only();
            assert!(!came.replace("\r\n", "").contains(['\r', '\n']), "{came:?}");
            let came = split(came.as_bytes());
            let start = came.head.lines().next();
            assert_eq!(start, Some(&*format!("POST {PATH} HTTP/1.1")));
            assert_eq!(came.header("host"), Some(&*upstream.address.to_string()));
            let mut expected = expected;
            if text.contains("Chunked") {
                // What was read to its end has a length.
                let framed = ["transfer-encoding: chunked", &length];
                expected.push(framed[usize::from(mode == Mode::Enforce)]);
            }
            expected.sort_unstable();
            let head = came.head.replace("Transfer-Encoding", "transfer-encoding");
            assert_eq!(fields(&head, &["host"]), expected, "{text}");
            let body = String::from_utf8_lossy(&came.body).into_owned();
            assert!(body == JOB || body == chunks, "{body}");
        }
    }
}

/// A field that `Connection` names does not pass, and is not judged as if it did.
#[test]
fn a_token_that_connection_names_is_missing() {
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    let text = crate::http::request("POST", PATH, JOB)
        .replace("connection: close", "connection: close, accessToken");
    assert_eq!(proxy.raw(&text).status, 401);
    assert_eq!(upstream.received(), [""; 0]);
}

/// The host of an absolute target is that of the request (RFC 9112, 3.2.2).
#[test]
fn the_host_of_an_absolute_target_takes_precedence() {
    for (builds, expected) in [(false, None), (true, Some("b.example:81"))] {
        let upstream = Upstream::saying(ok(POSTED));
        let mut builder = Proxy::builder(&upstream.url()).forwarded();
        if builds {
            builder = builder.preserve_host();
        }
        let proxy = start(builder);
        let target = format!("http://b.example:81{PATH}");
        assert_eq!(proxy.send("POST", &target, JOB).status, 200);
        let came = split(upstream.only().as_bytes());
        let own = upstream.address.to_string();
        assert_eq!(came.header("host"), Some(expected.unwrap_or(&own)));
        assert_eq!(came.header("x-forwarded-host"), Some("b.example:81"));
    }
}

/// What an upstream sends beyond a response is no response to the next request.
#[test]
fn a_second_response_is_not_given_to_another_client() {
    let both = [ok(POSTED), ok(r#"{"referenceId":"of-another"}"#)].concat();
    let upstream = Upstream::saying(both);
    let proxy = start(Proxy::builder(&upstream.url()));
    for _ in 0..50 {
        let answer = proxy.send("POST", PATH, JOB);
        assert_eq!(answer.body, POSTED.as_bytes(), "{answer:?}");
    }
}

/// What of a response cannot be passed on as it is meant.
#[test]
fn a_response_that_is_badly_written_is_replaced() {
    for text in [
        "HTTP/1.1 200 OK\r\ncontent-length: +2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: 2, 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx: a\r\n b\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx: a\0b\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx : a\r\n\r\n{}",
        "HTTP/1.1 2000 OK\r\ncontent-length: 2\r\n\r\n{}",
        "HTTP/9.9 200 OK\r\ncontent-length: 2\r\n\r\n{}",
    ] {
        let upstream = Upstream::saying(text);
        let proxy = start(Proxy::builder(&upstream.url()));
        let answer = send(proxy.proxy.address(), "POST", PATH, JOB);
        assert_eq!(answer.status, 502, "{text}: {answer:?}");
    }
}

/// A length that is there twice passes once.
#[test]
fn a_length_of_a_response_passes_once() {
    for length in ["2, 2", "2\r\ncontent-length: 2"] {
        let text = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{{}}");
        let upstream = Upstream::saying(text);
        let proxy = start(Proxy::builder(&upstream.url()));
        let answer = proxy.send("POST", PATH, JOB);
        let own = ["connection", "date"];
        assert_eq!(fields(&answer.head, &own), ["content-length: 2"]);
        assert_eq!(answer.body, b"{}");
    }
}

/// Heads that no request has are counted too.
#[test]
fn what_is_no_request_is_counted() {
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()));
    for (count, text) in [
        "\x16\x03\x01\r\n\r\n",
        "GET / HTTP/1.1\r\nx\0: y\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
    ]
    .iter()
    .enumerate()
    {
        let _ = raw(proxy.proxy.address(), text.as_bytes());
        super::wire::until("it is counted", || {
            proxy.metric("malformed_requests_total") == count as u64 + 1
        });
    }
    let mut stream = TcpStream::connect(proxy.proxy.address()).unwrap();
    stream.write_all(b"GET / HT").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let _ = stream.read_to_end(&mut Vec::new());
    assert_eq!(upstream.received(), [""; 0]);
}
