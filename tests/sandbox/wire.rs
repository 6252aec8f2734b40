//! HTTP by hand, and what all these tests share.

use std::{
    io::{self, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use kaizala_actions::{
    body::BodyKind,
    client::{AccessToken, Checks, Client, ClientBuilder},
    lint::Linter,
    sandbox::{Builder, Exchange, Sandbox},
};
use serde_json::Value;

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

/// Starts a sandbox; it has a thread of its own, so that a test needs no runtime.
pub fn start(builder: Builder) -> Sandbox {
    runtime().block_on(builder.start()).expect("it starts")
}

pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

/// A client that holds every answer to the contract.
pub fn client(sandbox: &Sandbox) -> Client {
    connect(sandbox, Client::builder())
}

pub fn connect(sandbox: &Sandbox, options: ClientBuilder) -> Client {
    options
        .checks(Checks::Strict)
        .connect(sandbox.url(), AccessToken::new("token-of-a-test").unwrap())
        .unwrap()
}

/// Sends bytes as they are, and reads until the server closes.
pub fn raw(address: SocketAddr, request: &[u8]) -> io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    // The server may have answered and closed before it has all.
    let _ = stream.write_all(request);
    read(&mut stream)
}

/// Reads an answer from a connection that closes after it.
pub fn read(stream: &mut TcpStream) -> io::Result<Answer> {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(length) => bytes.extend_from_slice(&part[..length]),
            // What was left of the request is answered by a reset.
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset && !bytes.is_empty() => {
                break;
            }
            Err(error) => return Err(error),
        }
    }
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .ok_or(io::ErrorKind::UnexpectedEof)?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .ok_or(io::ErrorKind::InvalidData)?;
    Ok(Answer {
        status,
        head,
        body: bytes[end + 4..].to_vec(),
    })
}

/// A request with the headers that all calls need.
pub fn request(method: &str, path: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: sandbox\r\nconnection: close\r\naccessToken: token-of-a-test\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

pub fn send(address: SocketAddr, method: &str, path: &str, body: &str) -> Answer {
    raw(address, request(method, path, body).as_bytes()).expect("an answer")
}

pub fn get(sandbox: &Sandbox, path: &str) -> Answer {
    send(sandbox.address(), "GET", path, "")
}

pub fn post(sandbox: &Sandbox, path: &str, body: &str) -> Answer {
    send(sandbox.address(), "POST", path, body)
}

/// Posts what must be taken.
pub fn posted(sandbox: &Sandbox, path: &str, body: &str) -> Value {
    let answer = post(sandbox, path, body);
    assert_eq!(
        answer.status,
        200,
        "{}",
        String::from_utf8_lossy(&answer.body)
    );
    answer.json()
}

/// Holds every answer of a sandbox to the contract.
pub fn assert_lawful(sandbox: &Sandbox) {
    for exchange in sandbox.exchanges() {
        assert_lawful_exchange(&exchange);
    }
}

pub fn assert_lawful_exchange(exchange: &Exchange) {
    let Some(status) = exchange.status else {
        return;
    };
    let kind = if status.is_success() {
        let answers = |kind: &&BodyKind| {
            !kind.is_request()
                && kind.operation_id().is_some()
                && kind.operation_id() == exchange.operation
        };
        *BodyKind::ALL.iter().find(answers).expect("an operation")
    } else {
        BodyKind::ALL
            .iter()
            .copied()
            .find(|kind| kind.operation_id().is_none())
            .expect("the error")
    };
    if exchange.response_body.is_empty() {
        assert_eq!(status, 308, "only a move has no body: {exchange:?}");
        return;
    }
    let report = Linter::new().lint(kind, &exchange.response_body);
    let body = String::from_utf8_lossy(&exchange.response_body);
    // The member `findings` is the sandbox's own, and the contract allows undeclared members
    // (D-31).
    let is_own = |finding: &kaizala_actions::lint::Finding| {
        finding.rule.name == "unknown-member" && finding.pointer == "/findings"
    };
    let found: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| !is_own(finding))
        .map(ToString::to_string)
        .collect();
    assert!(
        found.is_empty(),
        "{} {}: {found:?}\n{body}",
        exchange.method,
        exchange.target
    );
}
