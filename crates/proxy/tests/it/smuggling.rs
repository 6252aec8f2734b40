use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use kaizala_actions_proxy::Proxy;

use super::wire::{JOB, PATH, POSTED, Started, Upstream, ok, start};

/// What follows a request on its connection, and must not be taken for one.
const NEXT: &str = "GET /smuggled HTTP/1.1\r\nhost: a\r\n\r\n";

fn in_both_modes(upstream: &Upstream) -> [Started; 2] {
    let builder = Proxy::builder(&upstream.url());
    [start(builder.clone()), start(builder.enforce())]
}

fn head(fields: &str) -> String {
    format!(
        "POST {PATH} HTTP/1.1\r\nhost: a\r\naccessToken: t\r\ncontent-type: application/json\r\n{fields}\r\n\r\n"
    )
}

/// All that comes back on a connection until it is closed.
fn exchange(proxy: &Started, text: &str) -> String {
    let mut stream = TcpStream::connect(proxy.proxy.address()).unwrap();
    let patience = Duration::from_secs(5);
    stream.set_read_timeout(Some(patience)).unwrap();
    // The proxy may have answered and closed before it has all.
    let _ = stream.write_all(text.as_bytes());
    let mut got = Vec::new();
    let _ = stream.read_to_end(&mut got);
    String::from_utf8_lossy(&got).into_owned()
}

/// What two servers could read in two ways never reaches the upstream, nor does what follows it.
#[test]
fn an_ambiguous_request_is_refused_and_the_last_of_its_connection() {
    let chunks = format!("{:x}\r\n{JOB}\r\n0\r\n\r\n", JOB.len());
    let length = format!("content-length: {}", JOB.len());
    let next = NEXT;
    let upstream = Upstream::saying(ok(POSTED));
    for proxy in in_both_modes(&upstream) {
        for (fields, status) in [
            // Both lengths.
            (format!("{length}\r\ntransfer-encoding: chunked"), 400),
            (format!("transfer-encoding: chunked\r\n{length}"), 400),
            (
                "content-length: 0\r\ntransfer-encoding: chunked".to_owned(),
                400,
            ),
            // Several lengths.
            (format!("{length}\r\ncontent-length: 3"), 400),
            ("content-length: 5, 5".to_owned(), 400),
            ("content-length: +5".to_owned(), 400),
            ("content-length: -1".to_owned(), 400),
            ("content-length: 0x10".to_owned(), 400),
            ("content-length: 5 5".to_owned(), 400),
            ("content-length: 5;".to_owned(), 400),
            ("content-length:".to_owned(), 400),
            ("content-length: 99999999999999999999".to_owned(), 400),
            (format!("{length}\r\ncontent-length: +{}", JOB.len()), 400),
            (format!("x: y\ntransfer-encoding: chunked\r\n{length}"), 400),
            // Other transfer codings.
            ("transfer-encoding: gzip, chunked".to_owned(), 501),
            (
                "transfer-encoding: gzip\r\ntransfer-encoding: chunked".to_owned(),
                501,
            ),
            ("transfer-encoding: chunked, chunked".to_owned(), 501),
            ("transfer-encoding: identity".to_owned(), 400),
            ("transfer-encoding: chunked, identity".to_owned(), 400),
            ("transfer-encoding: xchunked".to_owned(), 400),
            (
                "transfer-encoding: chunked\r\ntransfer-encoding: chunked".to_owned(),
                501,
            ),
            (
                "transfer-encoding: chunked\r\ntransfer-encoding: identity".to_owned(),
                400,
            ),
            ("transfer-encoding: \"chunked\"".to_owned(), 400),
            ("transfer-encoding: chunked;a=b".to_owned(), 400),
            ("transfer-encoding: \x0bchunked".to_owned(), 400),
            ("transfer-encoding:\r\n chunked".to_owned(), 400),
            // What is no field.
            ("transfer-encoding : chunked".to_owned(), 400),
            ("x: y\r\n folded: chunked".to_owned(), 400),
            ("x\0y: z".to_owned(), 400),
            ("x: y\0z".to_owned(), 400),
            ("x: y\rz: a".to_owned(), 400),
            ("x: y\r\r\nz: a".to_owned(), 400),
            (": y".to_owned(), 400),
            ("x y: z".to_owned(), 400),
            ("x".to_owned(), 400),
            // Heads that are too long.
            (format!("x: {}", "y".repeat(70_000)), 431),
            (vec!["x: y"; 101].join("\r\n"), 431),
            // A change of the protocol, whose bytes would be passed early.
            ("connection: upgrade\r\nupgrade: websocket".to_owned(), 501),
            ("upgrade: h2c, websocket".to_owned(), 501),
            // Several hosts.
            ("host: b".to_owned(), 400),
        ] {
            let got = exchange(&proxy, &format!("{}{chunks}{next}", head(&fields)));
            let line = got.lines().next().unwrap_or_default();
            assert!(
                line.starts_with(&format!("HTTP/1.1 {status} ")),
                "{fields}: {got}"
            );
            assert_eq!(got.matches("HTTP/1.1 ").count(), 1, "{fields}: {got}");
        }
        assert_eq!(upstream.received(), [""; 0]);
    }
}

/// A request line or a host that two servers could read in two ways.
#[test]
fn an_ambiguous_target_is_refused_and_the_last_of_its_connection() {
    let chunks = format!("{:x}\r\n{JOB}\r\n0\r\n\r\n", JOB.len());
    let next = NEXT;
    let upstream = Upstream::saying(ok(POSTED));
    for proxy in in_both_modes(&upstream) {
        for text in [
            format!("POST {PATH} HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n{chunks}{next}"),
            format!("POST {PATH} HTTP/1.1\r\n\r\n{next}"),
            format!("POST {PATH} HTTP/1.1\r\nhost: a b\r\n\r\n{next}"),
            format!("POST {PATH} HTTP/1.1 HTTP/1.1\r\nhost: a\r\n\r\n{next}"),
            format!("POST  {PATH} HTTP/1.1\r\nhost: a\r\n\r\n{next}"),
            format!("POST {PATH}\r\nhost: a\r\n\r\n{next}"),
            format!("POST {PATH} HTTP/2.0\r\nhost: a\r\n\r\n{next}"),
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
            format!("POST {PATH} HTTP/1.1\r\n host: a\r\n\r\n{next}"),
            format!(" POST {PATH} HTTP/1.1\r\nhost: a\r\n\r\n{next}"),
            format!("POST {PATH} HTTP/1.1\rhost: a\r\r{next}"),
            format!("POST {PATH}\0 HTTP/1.1\r\nhost: a\r\n\r\n{next}"),
            format!("POST {PATH}\x7f HTTP/1.1\r\nhost: a\r\n\r\n{next}"),
            format!("PO\0ST {PATH} HTTP/1.1\r\nhost: a\r\n\r\n{next}"),
            format!(
                "POST {PATH}?{} HTTP/1.1\r\nhost: a\r\n\r\n{next}",
                "a".repeat(70_000)
            ),
            format!("POST {PATH} HTTP/1.1\r\nhost: \r\n\r\n{next}"),
            format!("POST {PATH} HTTP/1.1\r\nhost: a, b\r\n\r\n{next}"),
            format!("POST {PATH} HTTP/1.1\r\nhost: a@b\r\n\r\n{next}"),
            format!("GET a:80 HTTP/1.1\r\nhost: a:80\r\n\r\n{next}"),
            format!("GET * HTTP/1.1\r\nhost: a\r\n\r\n{next}"),
            format!("GET http:{PATH} HTTP/1.1\r\nhost: a\r\n\r\n{next}"),
            format!("GET ftp://a{PATH} HTTP/1.1\r\nhost: a\r\n\r\n{next}"),
            format!("GET http://user@a{PATH} HTTP/1.1\r\nhost: a\r\n\r\n{next}"),
            format!("GET {} HTTP/1.1\r\nhost: a\r\n\r\n{next}", &PATH[1..]),
            format!("CONNECT a:443 HTTP/1.1\r\nhost: a:443\r\n\r\n{next}"),
            format!("OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n{next}"),
        ] {
            let got = exchange(&proxy, &text);
            let status: u16 = got
                .split(' ')
                .nth(1)
                .map_or(400, |status| status.parse().unwrap());
            let known = [400, 414, 431, 501, 505].contains(&status);
            let brief: String = text.chars().take(200).collect();
            assert!(known, "{brief}: {got}");
            assert!(got.matches("HTTP/1.1 ").count() <= 1, "{brief}: {got}");
        }
        assert_eq!(upstream.received(), [""; 0]);
    }
}

/// Bytes of a chunked body that look like a request, or a cut one, are no request.
#[test]
fn what_is_in_a_body_stays_in_it() {
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()));
    let body = "GET /smuggled HTTP/1.1\r\nhost: a\r\n\r\n";
    let text = format!(
        "{}{:x}\r\n{body}\r\n0\r\n\r\n{body}",
        head("transfer-encoding: chunked"),
        body.len()
    );
    let got = exchange(&proxy, &text);
    assert_eq!(got.matches("HTTP/1.1 ").count(), 1, "{got}");
    assert!(got.contains("connection: close"), "{got}");
    let came = upstream.only();
    assert!(came.starts_with(&format!("POST {PATH} ")), "{came}");

    for size in ["5;a=b", "05", "00000000000000005"] {
        let upstream = Upstream::saying(ok(POSTED));
        let proxy = start(Proxy::builder(&upstream.url()));
        let text = format!(
            "{}{size}\r\nhello\r\n0\r\n\r\n",
            head("transfer-encoding: chunked")
        );
        exchange(&proxy, &text);
        let received = upstream.received();
        assert!(
            received
                .iter()
                .all(|text| text.ends_with("\r\n5\r\nhello\r\n0\r\n\r\n")),
            "{received:?}"
        );
    }
    let long = format!("5;{}", "a".repeat(70_000));
    for size in [
        "0x5",
        "+5",
        "5 5",
        "ffffffffffffffffff",
        "10000000000000005",
        "-1",
        "",
        // Lines that end in another way.
        "5\nhello\n0\n\n",
        "5;a=b\nhello",
        "5\rhello",
        &long,
    ] {
        let upstream = Upstream::saying(ok(POSTED));
        let proxy = start(Proxy::builder(&upstream.url()));
        let text = format!(
            "{}{size}\r\nhello\r\n0\r\n\r\n",
            head("transfer-encoding: chunked")
        );
        exchange(&proxy, &text);
        assert_eq!(upstream.received(), [""; 0], "{size}");
    }
}

/// An offer of HTTP/2, as Java's client makes it, is passed over.
#[test]
fn an_offer_of_http2_is_passed_over() {
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    let fields = format!(
        "connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\
         content-length: {}",
        JOB.len()
    );
    let mut stream = TcpStream::connect(proxy.proxy.address()).unwrap();
    stream
        .write_all(format!("{}{JOB}", head(&fields)).as_bytes())
        .unwrap();
    let mut part = [0; 4096];
    let count = stream.read(&mut part).unwrap();
    assert!(part[..count].starts_with(b"HTTP/1.1 200 "));
    let came = upstream.only().to_lowercase();
    assert!(
        !came.contains("upgrade") && !came.contains("http2-settings"),
        "{came}"
    );
}

/// A response that two clients could read in two ways does not pass.
#[test]
fn an_ambiguous_response_is_replaced() {
    for answer in [
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!",
        "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
        "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    ] {
        let upstream = Upstream::saying(answer);
        let proxy = start(Proxy::builder(&upstream.url()));
        let got = proxy.send("POST", PATH, JOB);
        assert_eq!(got.status, 502, "{answer}: {got:?}");
        assert_eq!(got.json()["errorCode"], "BadGateway");
    }
}
