//! A server with very many connections, and with clients that mean no good.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use crate::{http::send, server::Server};

const PATH: &str = "/v1/groups/g/actions";

/// How many files this process may have open, by the system's own account.
pub fn most_files() -> usize {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits
        .lines()
        .find(|line| line.starts_with("Max open files"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(3)
        .and_then(|soft| soft.parse().ok())
        .unwrap_or(256)
}

#[test]
fn ten_thousand_idle_and_slow_connections_do_not_stop_the_others() {
    // The server has a process, and so a limit, of its own. Where that is less than 10,000, as many
    // as there can be: the server then runs out of files, which must not stop it either.
    let count = 10_000.min(most_files().saturating_sub(100));
    let server = Server::start(&[]);
    let mut connections = Vec::with_capacity(count);
    for number in 0..count {
        let mut stream = TcpStream::connect(server.address).expect("a connection");
        if number % 2 == 1 {
            // Slow: the rest of the head never comes.
            stream
                .write_all(b"POST /v1/groups/g/actions HTTP/1.1\r\nhost: localhost\r\n")
                .expect("a part");
        }
        connections.push(stream);
    }
    for _ in 0..50 {
        let begun = Instant::now();
        let body = r#"{"actionType": "Image", "actionBody": {"mediaResource": "m"}}"#;
        assert_eq!(send(server.address, "POST", PATH, body).status, 200);
        assert!(
            begun.elapsed() < Duration::from_secs(2),
            "{:?}",
            begun.elapsed()
        );
    }
    assert_eq!(server.health()["actions"], 50);
    drop(connections);
}

/// Kilobytes of memory that a process has, and that it has ever had.
fn memory(process: u32) -> (u64, u64) {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    (field("VmRSS:").unwrap_or(0), field("VmHWM:").unwrap_or(0))
}

#[test]
fn a_body_that_never_ends_takes_no_more_memory_than_the_limit() {
    let server = Server::start(&[]);
    let (before, _) = memory(server.child.id());
    let sent = thread::scope(|scope| {
        let senders: Vec<_> = (0..4).map(|_| scope.spawn(|| endless(&server))).collect();
        senders
            .into_iter()
            .map(|sender| sender.join().unwrap())
            .max()
            .unwrap()
    });
    assert!(sent < 64 << 20, "{sent} bytes were taken of a gibibyte");
    let (_, most) = memory(server.child.id());
    // Four bodies of 1 MiB, each while its buffer doubles, and what the connections hold.
    assert!(
        most < before + 24 * 1024,
        "{before} kB before, {most} kB at most"
    );
    assert_eq!(server.health()["actions"], 0);
}

/// Sends up to 1 GiB in chunks, and says how much was taken until the server gave up.
fn endless(server: &Server) -> usize {
    let mut stream = TcpStream::connect(server.address).unwrap();
    let head = format!(
        "POST {PATH} HTTP/1.1\r\nhost: localhost\r\naccessToken: t\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = [b"10000\r\n".as_slice(), &vec![b' '; 1 << 16], b"\r\n"].concat();
    let mut sent = 0;
    while sent < 1 << 30 && stream.write_all(&chunk).is_ok() {
        sent += 1 << 16;
    }
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text);
    assert!(text.starts_with("HTTP/1.1 413"), "{text}");
    sent
}
