use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

use kaizala_actions_proxy::{Mode, Proxy};

use super::wire::{JOB, PATH, POSTED, Started, Upstream, fields, ok, request, split, start};

const OWN: [&str; 3] = ["host", "connection", "date"];

fn connect(proxy: &Started) -> TcpStream {
    TcpStream::connect(proxy.proxy.address()).unwrap()
}

/// Reads until the text is there.
fn read_to(stream: &mut TcpStream, end: &str) -> String {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    while !String::from_utf8_lossy(&bytes).ends_with(end) {
        let count = stream.read(&mut part).unwrap();
        assert!(
            count > 0,
            "closed after {:?}",
            String::from_utf8_lossy(&bytes)
        );
        bytes.extend_from_slice(&part[..count]);
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn fields_for_one_connection_stay_behind_in_both_directions() {
    let upstream = Upstream::saying(
        "HTTP/1.1 200 OK\r\nConnection: X-Theirs\r\nX-Theirs: 1\r\nKeep-Alive: timeout=5\r\n\
         X-Stays: 2\r\nProxy-Connection: keep-alive\r\nContent-Length: 2\r\n\r\n{}",
    );
    let proxy = start(Proxy::builder(&upstream.url()));
    let more = "Connection: close, X-Ours\r\nX-Ours: 1\r\nKeep-Alive: 5\r\nX-Stays: 2\r\nTE: trailers\r\n\
                Proxy-Connection: a";
    let text = request("POST", PATH, JOB).replace("connection: close", more);
    let answer = proxy.raw(&text);
    let expected = ["Content-Length: 2", "X-Stays: 2"];
    assert_eq!(fields(&answer.head, &OWN), expected);
    let came = split(upstream.only().as_bytes());
    let length = format!("content-length: {}", JOB.len());
    let expected = [
        "X-Stays: 2",
        "accessToken: token-of-a-test",
        &length,
        "content-type: application/json",
    ];
    assert_eq!(fields(&came.head, &OWN), expected);
    assert!(
        came.head.contains(&format!("host: {}", upstream.address)),
        "{}",
        came.head
    );
}

#[test]
fn the_host_and_the_way_are_told_if_they_are_to() {
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()).preserve_host().forwarded());
    let text = request("POST", PATH, JOB).replace(
        "connection: close",
        "connection: close\r\nX-Forwarded-For: 10.0.0.1",
    );
    proxy.raw(&text);
    let came = upstream.only();
    for field in [
        "host: localhost",
        "X-Forwarded-For: 10.0.0.1",
        "x-forwarded-for: 127.0.0.1",
        "x-forwarded-host: localhost",
        "x-forwarded-proto: http",
        "via: 1.1 kaizala-actions",
    ] {
        let field = field.to_lowercase();
        assert!(
            came.to_lowercase().contains(&format!("\r\n{field}\r\n")),
            "{field}: {came}"
        );
    }
}

#[test]
fn a_client_that_waits_is_told_to_go_on_unless_it_is_refused() {
    let upstream = Upstream::saying(ok(POSTED));
    for mode in [Mode::Observe, Mode::Enforce] {
        let proxy = start(Proxy::builder(&upstream.url()).requests(mode));
        let text = request("POST", PATH, JOB).replace(
            "connection: close",
            "connection: close\r\nexpect: 100-continue",
        );
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut stream = connect(&proxy);
        stream
            .write_all(format!("{head}\r\n\r\n").as_bytes())
            .unwrap();
        assert_eq!(
            read_to(&mut stream, "\r\n\r\n"),
            "HTTP/1.1 100 Continue\r\n\r\n"
        );
        stream.write_all(body.as_bytes()).unwrap();
        assert!(read_to(&mut stream, POSTED).starts_with("HTTP/1.1 200 "));
    }
    let proxy = start(Proxy::builder(&upstream.url()).enforce().body_limit(50));
    for (from, to, status) in [
        ("accessToken: token-of-a-test\r\n", "", 401),
        ("none", "none", 413),
    ] {
        let text = request("POST", PATH, JOB).replace(from, to);
        let text = text.replace("connection: close", "expect: 100-continue");
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let mut stream = connect(&proxy);
        stream
            .write_all(format!("{head}\r\n\r\n").as_bytes())
            .unwrap();
        let got = read_to(&mut stream, "}");
        assert!(got.starts_with(&format!("HTTP/1.1 {status} ")), "{got}");
    }
    assert_eq!(upstream.received().len(), 2);
}

#[test]
fn clients_of_http_1_0_get_what_they_can_read() {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    let upstream = Upstream::saying(chunked);
    for mode in [Mode::Observe, Mode::Enforce] {
        let proxy = start(Proxy::builder(&upstream.url()).requests(mode));
        let text = format!(
            "POST {PATH} HTTP/1.0\r\naccessToken: t\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{JOB}",
            JOB.len()
        );
        let mut stream = connect(&proxy);
        stream.write_all(text.as_bytes()).unwrap();
        let mut got = String::new();
        stream.read_to_string(&mut got).unwrap();
        assert!(
            got.starts_with("HTTP/1.0 200 OK\r\n") && got.ends_with("\r\n\r\n{}"),
            "{got}"
        );
        assert!(!got.contains("chunked"), "{got}");
    }
    assert!(upstream.received()[0].starts_with(&format!("POST {PATH} HTTP/1.1\r\n")));
}

#[test]
fn an_upstream_of_http_1_0_may_end_its_body_by_closing() {
    let upstream = Upstream::doing(|stream| {
        let mut bytes = Vec::new();
        crate::upstream::read(stream, &mut bytes).unwrap();
        stream
            .write_all(b"HTTP/1.0 200 Fine\r\nA: b\r\n\r\n{\"referenceId\":\"r\"}")
            .unwrap();
    });
    for mode in [Mode::Observe, Mode::Off] {
        let proxy = start(Proxy::builder(&upstream.url()).responses(mode));
        let answer = proxy.send("POST", PATH, JOB);
        assert!(
            answer.head.starts_with("HTTP/1.1 200 Fine\r\n"),
            "{}",
            answer.head
        );
        assert_eq!(answer.body, br#"{"referenceId":"r"}"#);
    }
}

#[test]
fn responses_without_a_body_have_none() {
    for (method, answer, length) in [
        (
            "HEAD",
            "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n",
            Some("1234"),
        ),
        ("GET", "HTTP/1.1 204 No Content\r\n\r\n", None),
        (
            "GET",
            "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n",
            None,
        ),
    ] {
        for mode in [Mode::Off, Mode::Observe, Mode::Enforce] {
            let upstream = Upstream::saying(answer);
            let proxy = start(
                Proxy::builder(&upstream.url())
                    .responses(mode)
                    .requests(Mode::Off),
            );
            let path = if mode == Mode::Enforce {
                "/other".to_owned()
            } else {
                format!("{PATH}?actionType=job")
            };
            // Twice on one connection, which a body would spoil.
            let text = format!("{method} {path} HTTP/1.1\r\nhost: a\r\naccessToken: t\r\n\r\n");
            let mut stream = connect(&proxy);
            for _ in 0..2 {
                stream.write_all(text.as_bytes()).unwrap();
                let got = read_to(&mut stream, "\r\n\r\n");
                assert_eq!(got.lines().next(), answer.lines().next());
                let got = split(got.as_bytes());
                assert_eq!(got.header("content-length"), length, "{}", got.head);
            }
        }
    }
}

#[test]
fn a_target_may_be_absolute() {
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    let target = format!("http://api.kaiza.la{PATH}");
    let answer = proxy.send("POST", &target, JOB);
    assert_eq!(answer.status, 200);
    let came = upstream.only();
    assert!(
        came.starts_with(&format!("POST {PATH} HTTP/1.1\r\n")),
        "{came}"
    );
    assert!(
        came.contains(&format!("host: {}\r\n", upstream.address)),
        "{came}"
    );
}

#[test]
fn a_connection_is_used_again_on_both_sides() {
    let connections = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = connections.clone();
    let upstream = Upstream::doing(move |stream| {
        count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut bytes = Vec::new();
        while crate::upstream::read(stream, &mut bytes).is_some() {
            stream.write_all(&ok(POSTED)).unwrap();
        }
    });
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    let mut stream = connect(&proxy);
    let text = request("POST", PATH, JOB).replace("connection: close\r\n", "");
    for _ in 0..5 {
        stream.write_all(text.as_bytes()).unwrap();
        read_to(&mut stream, POSTED);
    }
    // Three at once.
    stream.write_all(text.repeat(3).as_bytes()).unwrap();
    for _ in 0..3 {
        let mut head = String::new();
        let mut byte = [0];
        while !head.ends_with(POSTED) {
            stream.read_exact(&mut byte).unwrap();
            head.push(byte[0].into());
        }
    }
    assert_eq!(proxy.told(8).len(), 8);
    assert_eq!(connections.load(std::sync::atomic::Ordering::Relaxed), 1);
}
