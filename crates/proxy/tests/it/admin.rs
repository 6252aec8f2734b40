use std::{
    io::{Read as _, Write as _},
    net::{Ipv4Addr, TcpStream},
    sync::{Mutex, mpsc},
};

use kaizala_actions_proxy::Proxy;

use super::{
    upstream::read,
    wire::{JOB, PATH, POSTED, UNTITLED, Upstream, ok, request, runtime, send, start, until},
};

#[test]
fn health_and_metrics_are_told_at_their_own_address() {
    let upstream = Upstream::saying(ok(POSTED));
    let free = (Ipv4Addr::LOCALHOST, 0).into();
    let proxy = start(Proxy::builder(&upstream.url()).enforce().admin(free));
    let admin = proxy.proxy.admin_address().unwrap();
    for (path, expected) in [("/health", "ok\n"), ("/ready", "ready\n")] {
        let answer = send(admin, "GET", path, "");
        assert_eq!(
            (answer.status, &*answer.body),
            (200, expected.as_bytes()),
            "{path}"
        );
    }
    assert_eq!(send(admin, "GET", "/none", "").status, 404);
    assert_eq!(send(admin, "POST", "/metrics", "").status, 405);
    proxy.send("POST", PATH, JOB);
    proxy.send("POST", PATH, UNTITLED);
    proxy.told(2);
    let answer = send(admin, "GET", "/metrics", "");
    let media_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    assert_eq!(answer.header("content-type"), Some(media_type));
    let text = String::from_utf8(answer.body).unwrap();
    for line in [
        "# TYPE kaizala_proxy_exchanges counter",
        r#"kaizala_proxy_exchanges_total{operation="postAction",outcome="passed"} 1"#,
        r#"kaizala_proxy_exchanges_total{operation="postAction",outcome="request-refused"} 1"#,
        r#"kaizala_proxy_findings_total{operation="postAction",rule="KZ301",severity="error"} 1"#,
        "kaizala_proxy_upstream_seconds_count 1",
        r#"kaizala_proxy_judging_seconds_bucket{le="+Inf"} 2"#,
        "kaizala_proxy_in_flight 0",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}: {text}");
    }
    assert!(text.ends_with("# EOF\n"));
    // A family is there once, and all its samples follow it.
    let families: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("# TYPE"))
        .collect();
    assert!(families.len() > 8);
    let mut distinct = families.clone();
    distinct.dedup();
    assert_eq!(distinct, families);
    // They are not calls.
    assert_eq!(upstream.received().len(), 1);
}

#[test]
fn a_proxy_that_stops_ends_what_is_running() {
    let (answer, asked) = mpsc::channel();
    let asked = Mutex::new(asked);
    let upstream = Upstream::doing(move |stream| {
        read(stream, &mut Vec::new()).unwrap();
        asked.lock().unwrap().recv().unwrap();
        stream.write_all(&ok(POSTED)).unwrap();
    });
    // An address of its own: at that of others, another test may take the port once it is free.
    let last = if cfg!(target_os = "linux") { 2 } else { 1 };
    let free = (Ipv4Addr::new(127, 0, 0, last), 0).into();
    let proxy = start(Proxy::builder(&upstream.url()).listen(free).admin(free));
    let (address, admin) = (proxy.proxy.address(), proxy.proxy.admin_address().unwrap());
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .write_all(request("POST", PATH, JOB).as_bytes())
        .unwrap();
    until("it is on its way", || proxy.metric("in_flight") > 0);
    let stopping = std::thread::spawn(move || runtime().block_on(proxy.proxy.stop()));
    until("it drains", || {
        send(admin, "GET", "/ready", "").status == 503
    });
    until("it takes no more connections", || {
        TcpStream::connect(address).is_err()
    });
    answer.send(()).unwrap();
    let mut got = String::new();
    stream.read_to_string(&mut got).unwrap();
    assert!(got.ends_with(POSTED), "{got}");
    stopping.join().unwrap();
    assert!(TcpStream::connect(admin).is_err());
}
