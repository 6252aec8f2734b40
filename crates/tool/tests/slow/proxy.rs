//! A proxy with very many slow clients, bodies without an end, and a life that ends under load.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::{
    helpers::{Folder, JOB},
    http::{raw, request, send},
    killing::kill_and_read,
    load::most_files,
    runs::{peak, wait_until},
    server::Server,
};

const PATH: &str = "/v1/groups/g/actions";

/// What a body has that does not end, in bytes.
const GIGANTIC: usize = 400 << 20;

#[test]
fn two_thousand_slow_clients_are_closed_and_keep_nobody_out() {
    thread::scope(|scope| {
        for mode in ["--observe", "--enforce"] {
            scope.spawn(move || outlasts_slow_clients(mode));
        }
    });
}

fn outlasts_slow_clients(mode: &str) {
    // Each has a socket at both ends, and may take a connection to the upstream, too.
    let count = 2000.min(most_files() / 4 - 50);
    let server = Server::start(&[]);
    let times = ["--header-timeout", "10", "--total-timeout", "12", "--quiet"];
    let proxy = Server::proxy(&server.url(), &[&[mode], &times[..]].concat());
    send(proxy.address, "POST", PATH, JOB);
    let before = peak(proxy.child.id());
    let begun = Instant::now();
    let mut slow: Vec<_> = (0..count).map(|at| Some(slow(proxy.address, at))).collect();
    let mut fastest = Duration::MAX;
    while slow.iter().any(Option::is_some) {
        assert!(begun.elapsed() < Duration::from_mins(1), "some stay open");
        for stream in slow.iter_mut().flatten() {
            // Another byte of the head or the body; it may be closed.
            let _ = stream.write_all(b"x");
        }
        for _ in 0..5 {
            let asked = Instant::now();
            assert_eq!(send(proxy.address, "POST", PATH, JOB).status, 200);
            fastest = fastest.min(asked.elapsed());
            assert!(asked.elapsed() < Duration::from_secs(5));
        }
        let is_early = begun.elapsed() < Duration::from_secs(9);
        for entry in &mut slow {
            if entry.as_mut().is_some_and(is_closed) {
                assert!(!is_early, "one is closed before its time");
                *entry = None;
            }
        }
        thread::sleep(Duration::from_millis(200));
    }
    assert!(fastest < Duration::from_millis(500), "{fastest:?}");
    let after = peak(proxy.child.id());
    assert!(after < before + (80 << 10), "{before} kB, {after} kB");
}

/// A client whose head or body never ends.
fn slow(address: SocketAddr, number: usize) -> TcpStream {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let head = format!(
        "POST {PATH} HTTP/1.1\r\nhost: localhost\r\naccessToken: t\r\ncontent-type: application/json\r\n"
    );
    let rest = ["x: ", "content-length: 1000\r\n\r\n"];
    stream.write_all(head.as_bytes()).expect("a part");
    let rest = rest[number % 2].as_bytes();
    stream.write_all(rest).expect("a part");
    stream.set_nonblocking(true).expect("it can be looked at");
    stream
}

fn is_closed(stream: &mut TcpStream) -> bool {
    let mut part = [0; 4096];
    loop {
        match stream.read(&mut part) {
            Ok(0) => return true,
            // It is told why.
            Ok(count) => {
                let text = String::from_utf8_lossy(&part[..count]).into_owned();
                assert!(text.starts_with("HTTP/1.1 408 "), "{text}");
            }
            Err(error) => return error.kind() != std::io::ErrorKind::WouldBlock,
        }
    }
}

#[test]
fn a_gigantic_response_passes_or_is_refused_and_takes_no_memory() {
    let sent = Arc::new(AtomicUsize::new(0));
    let upstream = gigantic(sent.clone());
    for (mode, status) in [("--observe", 200), ("--enforce", 502)] {
        let proxy = Server::proxy(&upstream, &[mode, "--quiet"]);
        raw(proxy.address, b"GET / HTTP/1.1\r\n\r\n").expect("a refusal");
        let before = peak(proxy.child.id());
        sent.store(0, Ordering::Relaxed);
        let mut stream = TcpStream::connect(proxy.address).unwrap();
        stream
            .write_all(request("POST", PATH, JOB).as_bytes())
            .unwrap();
        let (mut part, mut count) = (vec![0; 64 << 10], 0);
        let mut start = Vec::new();
        loop {
            match stream.read(&mut part).expect("an answer") {
                0 => break,
                length => count += length,
            }
            if start.is_empty() {
                start.extend_from_slice(&part[..12]);
            }
        }
        assert_eq!(start, format!("HTTP/1.1 {status}").as_bytes());
        if status == 200 {
            assert!(count > GIGANTIC, "{count}");
        } else {
            let sent = sent.load(Ordering::Relaxed);
            assert!(sent < 64 << 20, "{sent} bytes were read in vain");
        }
        let after = peak(proxy.child.id());
        // A copy of at most 8 MiB, while it grows.
        assert!(after < before + (40 << 10), "{before} kB, {after} kB");
    }
}

/// An upstream whose response is gigantic; `sent` is how much of it was taken.
fn gigantic(sent: Arc<AtomicUsize>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, sent) = (stream.unwrap(), sent.clone());
            thread::spawn(move || {
                // The request is in one part.
                let _ = stream.read(&mut [0; 4096]);
                let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
                let _ = stream.write_all(head.as_bytes());
                let chunk = [b"10000\r\n".as_slice(), &vec![b' '; 1 << 16], b"\r\n"].concat();
                let mut left = GIGANTIC;
                while left > 0 && stream.write_all(&chunk).is_ok() {
                    left -= 1 << 16;
                    sent.fetch_add(1 << 16, Ordering::Relaxed);
                }
                if left == 0 {
                    let _ = stream.write_all(b"0\r\n\r\n");
                }
            });
        }
    });
    url
}

#[test]
fn a_record_that_is_killed_a_hundred_times_has_whole_lines() {
    kill_and_read(100, 8, 50);
}

/// Whoever gets an answer gets all of it, and it is recorded.
#[test]
fn a_proxy_that_ends_under_load_finishes_what_it_began() {
    let server = Server::start(&[]);
    let folder = Folder::empty();
    for round in 0..5 {
        let file = folder.path(&format!("{round}.ndjson"));
        let mut proxy = Server::proxy(&server.url(), &["--record", &file, "--quiet"]);
        let done = Arc::new(AtomicBool::new(false));
        let clients: Vec<_> = (0..8)
            .map(|_| {
                let (done, address) = (done.clone(), proxy.address);
                thread::spawn(move || {
                    let (mut answered, text) = (0, request("POST", PATH, JOB));
                    while !done.load(Ordering::Relaxed) {
                        if let Ok(answer) = raw(address, text.as_bytes()) {
                            assert_eq!(answer.status, 200, "{answer:?}");
                            assert!(answer.json()["actionId"].is_string());
                            answered += 1;
                        }
                    }
                    answered
                })
            })
            .collect();
        let count = || fs::read_to_string(&file).unwrap().lines().count();
        wait_until("it records", || count() > 50);
        proxy.signal("-TERM");
        assert!(proxy.child.wait().unwrap().success());
        done.store(true, Ordering::Relaxed);
        let answered: usize = clients.into_iter().map(|it| it.join().unwrap()).sum();
        assert_eq!(count(), answered, "round {round}");
    }
}
