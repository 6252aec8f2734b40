//! HTTP by hand: what goes over the wire is what a test says.
#![allow(dead_code, reason = "each test binary takes what it needs")]

use std::{
    io::{self, Read, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
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

/// Sends bytes as they are, and reads until the server closes.
pub fn raw(address: SocketAddr, request: &[u8]) -> io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    // The server may have answered and closed before it has all.
    let _ = stream.write_all(request);
    read(&mut stream)
}

/// Reads an answer from a connection that closes after it.
pub fn read(stream: &mut impl Read) -> io::Result<Answer> {
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
    let mut answer = Answer {
        status,
        head,
        body: bytes[end + 4..].to_vec(),
    };
    if answer.header("transfer-encoding") == Some("chunked") {
        answer.body = of_chunks(&answer.body).ok_or(io::ErrorKind::UnexpectedEof)?;
    }
    Ok(answer)
}

/// A body that came in chunks; none if the last is missing.
fn of_chunks(mut text: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = text.windows(2).position(|end| end == b"\r\n")?;
        let length = std::str::from_utf8(&text[..end]).ok()?;
        let length = usize::from_str_radix(length, 16).ok()?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(text.get(end + 2..end + 2 + length)?);
        text = text.get(end + 2 + length + 2..)?;
    }
}

/// A request with the headers that all calls need.
pub fn request(method: &str, path: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\naccessToken: token-of-a-test\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

pub fn send(address: SocketAddr, method: &str, path: &str, body: &str) -> Answer {
    raw(address, request(method, path, body).as_bytes()).expect("an answer")
}
