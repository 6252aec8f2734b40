//! An upstream that does what a test says, and keeps what it was sent.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use crate::http::Answer;

pub struct Upstream {
    pub address: SocketAddr,
    received: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Upstream {
    /// Answers each request with this text.
    pub fn saying(text: impl Into<Vec<u8>>) -> Self {
        let text = text.into();
        Self::answering(move |_| text.clone())
    }

    /// Answers each request.
    pub fn answering(answer: impl Fn(&Answer) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::start(move |stream, received| {
            let mut bytes = Vec::new();
            while let Some(request) = read(stream, &mut bytes) {
                let said = answer(&split(&request));
                received.lock().unwrap().push(request);
                if stream.write_all(&said).is_err() || said.is_empty() {
                    return;
                }
            }
        })
    }

    /// Does with each connection what a test says.
    pub fn doing(act: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> Self {
        Self::start(move |stream, _| act(stream))
    }

    fn start(serve: impl Fn(&mut TcpStream, &Mutex<Vec<Vec<u8>>>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let received: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
        let (own, serve) = (received.clone(), Arc::new(serve));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (own, serve) = (own.clone(), serve.clone());
                thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    stream
                        .set_read_timeout(Some(Duration::from_secs(10)))
                        .unwrap();
                    serve(&mut stream, &own);
                });
            }
        });
        Self { address, received }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far.
    pub fn received(&self) -> Vec<String> {
        let received = self.received.lock().unwrap();
        let texts = received.iter().map(|text| String::from_utf8_lossy(text));
        texts.map(std::borrow::Cow::into_owned).collect()
    }

    pub fn only(&self) -> String {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received.into_iter().next().unwrap()
    }
}

/// A response with this body.
pub fn ok(body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into()
}

/// The next request of a connection; `bytes` are those that were read beyond the last one.
pub fn read(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<Vec<u8>> {
    loop {
        if let Some(length) = length(bytes) {
            return Some(bytes.drain(..length).collect());
        }
        let mut part = [0; 16 << 10];
        match stream.read(&mut part) {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&part[..count]),
        }
    }
}

/// The length of the request at the start, if all of it is there.
fn length(bytes: &[u8]) -> Option<usize> {
    let body = bytes.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..body]).to_lowercase();
    if head.contains("\r\ntransfer-encoding: chunked") {
        let mut at = body;
        loop {
            let rest = &bytes[at..];
            let line = rest.windows(2).position(|end| end == b"\r\n")?;
            let size = usize::from_str_radix(std::str::from_utf8(&rest[..line]).ok()?, 16).ok()?;
            at += line + 2;
            if size == 0 {
                // Trailers, and an empty line.
                let tail = &bytes[at - 2..];
                return Some(at + tail.windows(4).position(|end| end == b"\r\n\r\n")? + 2);
            }
            at += size + 2;
            bytes.get(at..)?;
        }
    }
    let announced = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length = body + announced.map_or(0, |length| length.parse().unwrap());
    (bytes.len() >= length).then_some(length)
}

/// The head and the body of a message.
pub fn split(message: &[u8]) -> Answer {
    let end = message
        .windows(4)
        .position(|end| end == b"\r\n\r\n")
        .unwrap();
    Answer {
        status: 0,
        head: String::from_utf8_lossy(&message[..end]).into_owned(),
        body: message[end + 4..].to_vec(),
    }
}
