//! A server on a loopback socket: it keeps what it is sent, byte for byte, and gives the answers it
//! was told to give.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

pub struct Loopback {
    address: String,
    connections: Arc<Mutex<Vec<String>>>,
}

impl Loopback {
    /// Answers `200` with a JSON body.
    pub fn with_body(body: &str) -> Self {
        Self::with_answer("200 OK", "Content-Type: application/json\r\n", body)
    }

    /// Answers with a status and header lines.
    pub fn with_answer(status: &str, headers: &str, body: &str) -> Self {
        Self::with_answers(vec![answer(status, headers, body)])
    }

    /// Gives the answers one after another, the last one again and again; an empty one closes the
    /// connection.
    pub fn with_answers(answers: Vec<String>) -> Self {
        let mut given = 0;
        Self::with(move |_| {
            let answer = answers[given.min(answers.len() - 1)].clone();
            given += 1;
            answer
        })
    }

    /// Answers each request with what a function makes of it.
    pub fn with(mut respond: impl FnMut(&str) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let connections = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&connections);
        // Lives as long as the test's process: there is nothing to join, since the client waits for
        // each answer.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = read(&mut stream);
                let answer = respond(&request);
                seen.lock().unwrap().push(request);
                // A client that has seen enough may close it.
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self {
            address,
            connections,
        }
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far, one for each connection, with the server's own address left out.
    pub fn requests(&self) -> Vec<String> {
        self.connections
            .lock()
            .unwrap()
            .iter()
            .map(|request| request.replace(&self.address, "{host}"))
            .collect()
    }

    /// The one request so far.
    pub fn request(&self) -> String {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.into_iter().next().unwrap()
    }
}

/// A server that keeps its connections open, and counts them. It answers requests without a body by
/// details of an action.
pub struct KeepAlive {
    address: String,
    connections: Arc<AtomicUsize>,
}

impl KeepAlive {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let connections = Arc::new(AtomicUsize::new(0));
        let accepted = Arc::clone(&connections);
        thread::spawn(move || {
            for stream in listener.incoming() {
                accepted.fetch_add(1, Ordering::SeqCst);
                let mut stream = stream.unwrap();
                thread::spawn(move || {
                    for line in BufReader::new(stream.try_clone().unwrap()).lines() {
                        // The empty line ends a request. A client may go without a word.
                        let Ok(line) = line else { return };
                        if line.is_empty() {
                            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"actionDetails\": {}}");
                        }
                    }
                });
            }
        });
        Self {
            address,
            connections,
        }
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many connections there were so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// An answer as it goes over the wire.
pub fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}

/// `200` with a JSON body.
pub fn success(body: &str) -> String {
    answer("200 OK", "Content-Type: application/json\r\n", body)
}

fn read(stream: &mut TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end();
        head += line;
        head.push('\n');
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    head + &String::from_utf8(body).unwrap()
}
