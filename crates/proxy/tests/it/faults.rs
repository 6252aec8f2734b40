use std::{
    io::{Read as _, Write as _},
    iter,
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use kaizala_actions_proxy::{Mode, Outcome, Proxy, Unjudged};

use super::{
    upstream::read,
    wire::{JOB, PATH, POSTED, Upstream, ok, request, runtime, start, until},
};

const SHORT: Duration = Duration::from_millis(150);

#[test]
fn an_upstream_that_is_not_there_is_502() {
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let proxy = start(Proxy::builder(&format!("http://127.0.0.1:{port}")));
    let answer = proxy.send("POST", PATH, JOB);
    assert_eq!(
        (answer.status, &answer.json()["errorCode"]),
        (502, &"BadGateway".into())
    );
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    let told = &proxy.told(1)[0];
    assert_eq!(
        (told.outcome, told.status),
        (Outcome::UpstreamFailed, Some(502))
    );
    assert_eq!(told.upstream.map(|_| ()), Some(()));
}

#[test]
fn an_upstream_that_is_silent_is_504() {
    let upstream = Upstream::doing(|_| thread::sleep(Duration::from_secs(3)));
    for builder in [
        Proxy::builder(&upstream.url()).upstream_timeout(SHORT),
        Proxy::builder(&upstream.url()).total_timeout(SHORT),
    ] {
        let proxy = start(builder);
        let begun = Instant::now();
        let answer = proxy.send("POST", PATH, JOB);
        assert_eq!(
            (answer.status, &answer.json()["errorCode"]),
            (504, &"GatewayTimeout".into())
        );
        assert!(begun.elapsed() < Duration::from_secs(2));
    }
}

#[test]
fn an_upstream_that_sends_garbage_or_nothing_is_502() {
    for text in [
        "",
        "garbage\r\n\r\n",
        "HTTP/1.1 xyz\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno field\r\n\r\n",
    ] {
        for mode in [Mode::Observe, Mode::Enforce] {
            let upstream = Upstream::doing(move |stream| {
                read(stream, &mut Vec::new()).unwrap();
                let _ = stream.write_all(text.as_bytes());
            });
            let proxy = start(Proxy::builder(&upstream.url()).responses(mode));
            assert_eq!(proxy.send("POST", PATH, JOB).status, 502, "{text}");
        }
    }
}

#[test]
fn a_response_that_is_cut_is_cut_or_replaced() {
    for text in [
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"ref",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"ref",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"ref\r\nx",
    ] {
        let upstream = Upstream::doing(move |stream| {
            read(stream, &mut Vec::new()).unwrap();
            let _ = stream.write_all(text.as_bytes());
        });
        let proxy = start(Proxy::builder(&upstream.url()));
        let mut stream = TcpStream::connect(proxy.proxy.address()).unwrap();
        stream
            .write_all(request("POST", PATH, JOB).as_bytes())
            .unwrap();
        let mut got = Vec::new();
        let _ = stream.read_to_end(&mut got);
        let got = String::from_utf8_lossy(&got);
        assert!(!got.contains("0\r\n\r\n") && got.len() < 300, "{got}");
        let told = &proxy.told(1)[0];
        assert_eq!(
            (told.outcome, &*told.unjudged),
            (Outcome::Cut, &[Unjudged::Incomplete][..])
        );

        let proxy = start(Proxy::builder(&upstream.url()).responses(Mode::Enforce));
        assert_eq!(proxy.send("POST", PATH, JOB).status, 502);
    }
}

#[test]
fn a_response_that_stops_is_cut_or_replaced() {
    let upstream = Upstream::doing(move |stream| {
        read(stream, &mut Vec::new()).unwrap();
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{")
            .unwrap();
        thread::sleep(Duration::from_secs(3));
    });
    for (mode, status) in [(Mode::Observe, 200), (Mode::Enforce, 504)] {
        let proxy = start(
            Proxy::builder(&upstream.url())
                .responses(mode)
                .idle_timeout(SHORT),
        );
        let begun = Instant::now();
        assert_eq!(proxy.send("POST", PATH, JOB).status, status);
        assert!(begun.elapsed() < Duration::from_secs(2));
    }
}

#[test]
fn a_response_that_drips_is_cut_or_replaced() {
    let upstream = Upstream::doing(move |stream| {
        read(stream, &mut Vec::new()).unwrap();
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n";
        stream.write_all(head).unwrap();
        while stream.write_all(b" ").is_ok() {
            thread::sleep(SHORT / 5);
        }
    });
    for (mode, status) in [(Mode::Observe, 200), (Mode::Enforce, 504)] {
        let builder = Proxy::builder(&upstream.url()).responses(mode);
        let proxy = start(builder.total_timeout(2 * SHORT));
        let begun = Instant::now();
        assert_eq!(proxy.send("POST", PATH, JOB).status, status);
        assert!(begun.elapsed() < Duration::from_secs(2));
    }
}

#[test]
fn a_client_that_is_slow_is_408() {
    let upstream = Upstream::saying(ok(POSTED));
    for mode in [Mode::Observe, Mode::Enforce] {
        let proxy = start(
            Proxy::builder(&upstream.url())
                .requests(mode)
                .idle_timeout(SHORT),
        );
        let text = request("POST", PATH, JOB);
        let mut stream = TcpStream::connect(proxy.proxy.address()).unwrap();
        stream
            .write_all(&text.as_bytes()[..text.len() - 5])
            .unwrap();
        let answer = super::wire::read(&mut stream).unwrap();
        assert_eq!(
            (answer.status, &answer.json()["errorCode"]),
            (408, &"RequestTimeout".into())
        );
    }
    // A byte now and then, for ever.
    for mode in [Mode::Observe, Mode::Enforce] {
        let builder = Proxy::builder(&upstream.url()).requests(mode);
        let proxy = start(builder.total_timeout(2 * SHORT));
        let text = request("POST", PATH, "").replace("length: 0", "length: 1000");
        let mut stream = TcpStream::connect(proxy.proxy.address()).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        let mut sender = stream.try_clone().unwrap();
        let sending = thread::spawn(move || {
            while sender.write_all(b" ").is_ok() {
                thread::sleep(SHORT / 5);
            }
        });
        assert_eq!(super::wire::read(&mut stream).unwrap().status, 408);
        drop(stream);
        sending.join().unwrap();
    }
    let proxy = start(Proxy::builder(&upstream.url()).header_timeout(SHORT));
    let mut stream = TcpStream::connect(proxy.proxy.address()).unwrap();
    stream.write_all(b"POST /v1").unwrap();
    let mut got = Vec::new();
    let _ = stream.read_to_end(&mut got);
    assert_eq!(upstream.received(), [""; 0]);
}

#[test]
fn a_client_that_goes_away_is_noted() {
    let upstream = Upstream::doing(|stream| {
        let mut part = [0; 4096];
        while stream.read(&mut part).is_ok_and(|count| count > 0) {}
    });
    for mode in [Mode::Observe, Mode::Enforce] {
        let proxy = start(Proxy::builder(&upstream.url()).requests(mode));
        let text = request("POST", PATH, JOB);
        let mut stream = TcpStream::connect(proxy.proxy.address()).unwrap();
        stream
            .write_all(&text.as_bytes()[..text.len() - 5])
            .unwrap();
        drop(stream);
        let told = &proxy.told(1)[0];
        assert_eq!(
            (told.outcome, told.status),
            (Outcome::Cut, None),
            "{mode:?}"
        );
        until("nothing is held", || proxy.metric("buffered_bytes") == 0);
    }
}

/// The upstream closes connections that are not used; a request on one is sent again only if
/// nothing of it was sent.
#[test]
fn a_connection_that_was_closed_is_replaced() {
    let count = Arc::new(AtomicUsize::new(0));
    let own = count.clone();
    let upstream = Upstream::doing(move |stream| {
        if read(stream, &mut Vec::new()).is_some() {
            own.fetch_add(1, Ordering::Relaxed);
            stream.write_all(&ok(POSTED)).unwrap();
        }
    });
    let proxy = start(Proxy::builder(&upstream.url()));
    for _ in 0..20 {
        assert_eq!(proxy.send("POST", PATH, JOB).status, 200);
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(count.load(Ordering::Relaxed), 20);
}

#[test]
fn many_slow_clients_do_not_keep_others_out() {
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(
        Proxy::builder(&upstream.url())
            .enforce()
            .connection_limit(300),
    );
    let slow: Vec<_> = (0..400)
        .map(|_| {
            let mut stream = TcpStream::connect(proxy.proxy.address()).unwrap();
            stream
                .write_all(b"POST /v1/groups/g/actions HTTP/1.1\r\nhost: a\r\n")
                .unwrap();
            stream
        })
        .collect();
    for _ in 0..10 {
        assert_eq!(proxy.send("POST", PATH, JOB).status, 200);
    }
    drop(slow);
}

#[test]
#[cfg(target_os = "linux")]
fn an_upstream_that_accepts_no_connection_is_not_waited_for() {
    let socket = runtime().block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        socket.listen(1).unwrap()
    });
    let address = socket.local_addr().unwrap();
    // Connections that nobody accepts, until there is no room for more.
    let patience = Duration::from_millis(300);
    let held: Vec<_> =
        iter::from_fn(|| TcpStream::connect_timeout(&address, patience).ok()).collect();
    assert!(held.len() < 10, "{held:?}");
    let builder = Proxy::builder(&format!("http://{address}"));
    let proxy = start(builder.connect_timeout(patience));
    let begun = Instant::now();
    let answer = proxy.send("POST", PATH, JOB);
    assert_eq!(answer.status, 502);
    assert!(begun.elapsed() < Duration::from_secs(5), "{begun:?}");
}
