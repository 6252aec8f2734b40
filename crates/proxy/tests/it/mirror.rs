use std::{
    io::Write as _,
    net::TcpListener,
    time::{Duration, Instant},
};

use kaizala_actions_proxy::{Mode, Proxy};

use super::wire::{
    JOB, PATH, POSTED, Started, UNTITLED, Upstream, fields, ok, request, split, start, until,
};

impl Started {
    /// Waits for this number of copies, by what became of them.
    fn mirrored(&self, outcome: &str, count: usize) {
        let line = format!("kaizala_proxy_mirrored_total{{outcome=\"{outcome}\"}} {count}\n");
        until(&line, || self.proxy.metrics().contains(&line));
    }
}

#[test]
fn the_mirror_gets_what_the_upstream_gets() {
    for mode in [Mode::Off, Mode::Observe, Mode::Enforce] {
        let upstream = Upstream::saying(ok(POSTED));
        let mirror = Upstream::saying("HTTP/1.1 500 Of the mirror\r\ncontent-length: 2\r\n\r\nno");
        let builder = Proxy::builder(&upstream.url()).mirror(&mirror.url());
        let proxy = start(builder.requests(mode).forwarded());
        let own = "POST /v2/of/another/api HTTP/1.1\r\nhost: s\r\nconnection: close\r\nX-Case: kept\r\n\
                   transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n";
        let get = format!(
            "GET {PATH}?actionType=job HTTP/1.1\r\nhost: s\r\nconnection: close\r\naccessToken: t\r\n\r\n"
        );
        for text in [request("POST", PATH, JOB), own.to_owned(), get] {
            let answer = proxy.raw(&text);
            assert_eq!((answer.status, &*answer.body), (200, POSTED.as_bytes()));
        }
        proxy.mirrored("sent", 3);
        let (sent, copies) = (upstream.received(), mirror.received());
        for sent in &sent {
            let sent = split(sent.as_bytes());
            let line = sent.head.lines().next();
            let copy = copies.iter().map(|copy| split(copy.as_bytes()));
            let copy = copy
                .into_iter()
                .find(|copy| copy.head.lines().next() == line)
                .unwrap();
            let lengths = ["host", "content-length", "transfer-encoding"];
            assert_eq!(fields(&copy.head, &lengths), fields(&sent.head, &lengths));
            let address = mirror.address.to_string();
            assert_eq!(copy.header("host"), Some(&*address));
            let body = if line == Some("POST /v2/of/another/api HTTP/1.1") {
                // The same in one chunk.
                b"hello!"
            } else {
                &*sent.body
            };
            assert_eq!(copy.body, body);
        }
        assert_eq!(proxy.told(3).len(), 3);
    }
}

#[test]
fn the_mirror_gets_nothing_that_is_refused() {
    let upstream = Upstream::saying(ok(POSTED));
    let mirror = Upstream::saying(ok(POSTED));
    let builder = Proxy::builder(&upstream.url()).mirror(&mirror.url());
    let proxy = start(builder.enforce().only_actions());
    assert_eq!(proxy.send("POST", PATH, UNTITLED).status, 400);
    assert_eq!(proxy.send("POST", "/v2/of/another/api", "").status, 404);
    assert_eq!(proxy.send("POST", PATH, JOB).status, 200);
    proxy.mirrored("sent", 1);
    assert_eq!(mirror.received().len(), 1);
}

#[test]
fn what_cannot_be_copied_is_counted_and_passes() {
    let upstream = Upstream::saying(ok(POSTED));
    let mirror = Upstream::saying(ok(POSTED));
    let builder = Proxy::builder(&upstream.url()).mirror(&mirror.url());
    let proxy = start(builder.body_limit(100));
    assert_eq!(proxy.send("POST", PATH, &JOB.repeat(10)).status, 200);
    proxy.mirrored("dropped", 1);
    assert!(mirror.received().is_empty());

    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr();
    let closed = format!("http://{}", closed.unwrap());
    let proxy = start(Proxy::builder(&upstream.url()).mirror(&closed));
    assert_eq!(proxy.send("POST", PATH, JOB).status, 200);
    proxy.mirrored("failed", 1);
}

#[test]
fn a_slow_mirror_delays_and_keeps_nothing() {
    let upstream = Upstream::saying(ok(POSTED));
    let silent = Upstream::doing(|stream| {
        std::thread::sleep(Duration::from_secs(10));
        let _ = stream.write_all(b"late");
    });
    let builder = Proxy::builder(&upstream.url()).mirror(&silent.url());
    let proxy = start(builder.upstream_timeout(Duration::from_millis(1500)));
    let begun = Instant::now();
    for _ in 0..300 {
        assert_eq!(proxy.send("POST", PATH, JOB).status, 200);
    }
    if begun.elapsed() < Duration::from_millis(1400) {
        proxy.mirrored("dropped", 300 - 256);
    }
    until("none is in memory", || proxy.metric("buffered_bytes") == 0);
    assert_eq!(proxy.told(300).len(), 300);
}
