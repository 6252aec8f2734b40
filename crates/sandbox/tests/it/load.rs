//! Many clients at once.

use std::{
    collections::HashSet,
    io::{ErrorKind, Read as _, Write as _},
    net::TcpStream,
    thread,
    time::Duration,
};

use kaizala_actions::lint::Headers;
use kaizala_actions_sandbox::Sandbox;

use super::wire::{get, read, request, start};

const PATH: &str = "/v1/groups/g/actions";

#[test]
fn ten_thousand_posts_of_64_clients_are_each_listed_once() {
    const CLIENTS: usize = 64;
    const POSTS: usize = 10_000;
    let sandbox = start(Sandbox::builder());
    let address = sandbox.address();
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            scope.spawn(move || {
                let mut stream = TcpStream::connect(address).unwrap();
                for number in (client..POSTS).step_by(CLIENTS) {
                    let body = format!(r#"{{"actionType": "Job", "actionBody": {{"title": "{number}", "assignedTo": ["+911234500001"]}}}}"#);
                    let length = body.len();
                    let request = format!(
                        "POST {PATH} HTTP/1.1\r\nhost: localhost\r\naccessToken: {client}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
                    );
                    stream.write_all(request.as_bytes()).unwrap();
                    assert!(answer(&mut stream).starts_with("HTTP/1.1 200"));
                }
            });
        }
    });
    let list = get(&sandbox, &format!("{PATH}?actionType=job&count={POSTS}")).json();
    let titles: HashSet<_> = list["actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|job| job["actionBody"]["title"].as_str().unwrap().to_owned())
        .collect();
    let expected: HashSet<_> = (0..POSTS).map(|number| number.to_string()).collect();
    assert_eq!(list["actions"].as_array().unwrap().len(), POSTS);
    assert!(titles == expected);
    assert_eq!(list["hasMore"], false);
}

/// An answer of a connection that stays open; all are short.
fn answer(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut part = [0; 1024];
    loop {
        let length = stream.read(&mut part).unwrap();
        assert!(length > 0, "closed after {text}");
        text.push_str(&String::from_utf8_lossy(&part[..length]));
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let announced = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .unwrap();
            if body.len() >= announced.parse().unwrap() {
                return text;
            }
        }
    }
}

#[test]
fn one_connection_more_than_allowed_closes_the_longest_idle() {
    let sandbox = start(Sandbox::builder().connection_limit(10));
    let mut streams: Vec<_> = (0..10)
        .map(|_| {
            thread::sleep(Duration::from_millis(3));
            TcpStream::connect(sandbox.address()).unwrap()
        })
        .collect();
    assert_eq!(get(&sandbox, "/_sandbox/health").status, 200);
    let mut closed = streams.remove(0);
    closed
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    assert_eq!(closed.read(&mut [0; 1]).unwrap_or(0), 0);
}

#[test]
fn others_are_answered_while_a_large_body_is_judged() {
    let sandbox = start(Sandbox::builder());
    let question = r#"{"title": "Why?", "type": "SingleOption", "options": [{"title": 1}]}"#;
    let questions = vec![question; 5_000].join(",");
    let body = format!(
        r#"{{"actionType": "Survey", "actionBody": {{"title": "Long", "questions": [{questions}]}}}}"#
    );
    let connect = || TcpStream::connect(sandbox.address()).unwrap();
    let (mut large, mut small) = (connect(), connect());
    large
        .write_all(request("POST", PATH, &body).as_bytes())
        .unwrap();
    // All on one thread: if it judged the body, it would answer none of these, or one that it read
    // before the body's last byte.
    for _ in 0..20 {
        small
            .write_all(b"GET /_sandbox/health HTTP/1.1\r\nhost: localhost\r\n\r\n")
            .unwrap();
        assert!(answer(&mut small).starts_with("HTTP/1.1 200"));
    }
    large.set_nonblocking(true).unwrap();
    let early = large.peek(&mut [0]).expect_err("the large one is answered");
    assert_eq!(early.kind(), ErrorKind::WouldBlock);
    large.set_nonblocking(false).unwrap();
    assert_eq!(read(&mut large).unwrap().status, 400);
}

#[test]
fn the_record_is_bounded_whatever_a_call_is_made_of() {
    let sandbox = start(Sandbox::builder());
    let mut stream = TcpStream::connect(sandbox.address()).unwrap();
    let long = "x".repeat(50_000);
    let many = (0..90).map(|number| format!("x-{number}: y\r\n"));
    let many = many.collect::<Vec<_>>().concat();
    for round in 0..150 {
        let (path, fields) = match round % 3 {
            0 => (format!("/{long}"), String::new()),
            1 => ("/elsewhere".to_owned(), format!("x-long: {long}\r\n")),
            _ => ("/elsewhere".to_owned(), many.clone()),
        };
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{fields}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        assert!(answer(&mut stream).starts_with("HTTP/1.1 404"));
    }
    let exchanges = sandbox.exchanges();
    let size = |headers: &Headers<'_>| -> usize {
        headers
            .iter()
            .map(|(name, value)| name.len() + value.len())
            .sum()
    };
    let kept: usize = exchanges
        .iter()
        .map(|exchange| {
            exchange.target.len() + size(&exchange.request_headers) + exchange.request_body.len()
        })
        .sum();
    assert!(
        (1 << 20..5 << 20).contains(&kept),
        "{kept} bytes of {} calls",
        exchanges.len()
    );
    // A longer head is none.
    let request = format!("GET / HTTP/1.1\r\nhost: localhost\r\nx-long: {long}{long}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    assert!(answer(&mut stream).starts_with("HTTP/1.1 431"));
}
